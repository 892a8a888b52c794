"""The portal as visitors get it: a process of its own with the settings of production, its own database, all content."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests.accounts.oidc_provider import Provider

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60  # seconds until the server must answer
PASSWORD = "een lang wachtwoord voor de browser"


class Site:
    """While it is open, it answers at `url`; `addresses` says where each state of `states.py` is."""

    def __init__(self, folder):
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        # Where people of a ministry log in.
        self.provider = Provider()
        # Nothing of the environment of the tests: their settings, database and cache are not those of this process.
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "DJANGO_SETTINGS_MODULE": "zorgpact.settings",
            "PORTAL_ENV_FILE": os.devnull,
            "PORTAL_VAR_DIR": str(folder),
            "STATIC_ROOT": str(Path(folder) / "static"),
            "PORTAL_URL": self.url,
            "PORTAL_HTTPS": "off",
            "PORTAL_DEMO": "on",
            "PORTAL_DEMO_PASSWORD": PASSWORD,
            "SECRET_KEY": "only-for-browser-tests-" + "x" * 40,
            "LOG_LEVEL": "WARNING",
            "WEB_CONCURRENCY": "1",
            **{name: value for name, value in os.environ.items() if name.startswith("OIDC_")},
            "OIDC_ISSUER": self.provider.issuer,
            # All tests come from one place, and type faster than people.
            "PORTAL_LIMITS_TIMES": "1000",
            "PORTAL_ASKING_TAKES_SECONDS": "0",
        }
        self.log = Path(folder) / "server.log"

    def __enter__(self):
        self.addresses = json.loads(self.run("-m", "tests.browser.records"))
        with self.log.open("w") as log:
            command = [sys.executable, "tools/serve.py", "--port", str(self.port)]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        self.wait()
        return self

    def __exit__(self, *_):
        self.provider.close()
        self.process.terminate()
        self.process.wait(timeout=30)

    def run(self, *arguments):
        """What a Python process of this site prints."""
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def link_in_last_mail(self, kind, to):
        """The address that the newest mail of this kind leads to; in the demo mails stay to be read."""
        code = (
            "import django; django.setup(); from outbox.models import Mail; "
            f"print(Mail.objects.filter(kind={kind!r}, to={to!r}).order_by('-pk').first().text)"
        )
        return re.search(r"http://localhost:\d+(/\S+)", self.run("-c", code))[1]

    def wait(self):
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(self.url, timeout=5):
                    return
            except OSError:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise RuntimeError(f"The server does not answer: {self.log.read_text()}") from None
                time.sleep(0.1)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]
