"""Make the settings of a portal on this machine alone: its secrets, and that it is a demo. Never overwrites."""

import secrets
import sys
from pathlib import Path

TEXT = """\
# Gemaakt door `make run`, voor deze computer alleen. Weggooien mag: dan komen er nieuwe.
SECRET_KEY={secret}
PORTAL_DEMO=on
PORTAL_DEMO_PASSWORD={password}
PORTAL_HTTPS=off
"""

target = Path(sys.argv[1])
if not target.exists():
    target.parent.mkdir(parents=True, exist_ok=True)
    # Easy to type, long enough for the rule of fifteen characters.
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    target.touch(mode=0o600)
    target.write_text(TEXT.format(secret=secrets.token_urlsafe(50), password=password), encoding="utf-8")
    print(f"== Instellingen voor deze computer staan in {target}")
