"""Run the web server and, beside it, the worker that sends mail; when one stops, both stop."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOOK_EVERY = 0.5  # seconds
PATIENCE = 30  # seconds until the server must answer


def main():
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zorgpact.settings")
    port = _arguments().port
    if _is_taken(port):
        print(
            f"Poort {port} is al in gebruik. Kies een andere, bijvoorbeeld: PORT={port + 17} make run", file=sys.stderr
        )
        return 1
    commands = [_server(port), [sys.executable, "manage.py", "work"]]
    processes = [subprocess.Popen(command) for command in commands]  # noqa: S603
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: [p.terminate() for p in processes])
    _tell(port, processes)
    while all(p.poll() is None for p in processes):
        time.sleep(LOOK_EVERY)
    for process in processes:
        process.terminate()
    codes = [p.wait() for p in processes]
    return max(0, *codes)


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    return parser.parse_args()


def _server(port):
    binds = os.environ.get("BIND", "").split() or [f"127.0.0.1:{port}", *([f"[::1]:{port}"] if _has_ipv6() else [])]
    workers = os.environ.get("WEB_CONCURRENCY", "2")
    command = [sys.executable, "-m", "gunicorn", "zorgpact.wsgi", "--workers", workers, "--threads", "4"]
    command += ["--worker-tmp-dir", "/dev/shm"] if os.path.isdir("/dev/shm") else []  # noqa: S108
    return [
        *command,
        "--log-level",
        "warning",
        "--no-control-socket",
        "--logger-class",
        "zorgpact.server_log.ServerLog",
        # Longer than what the portal takes, so that the answer to a long address is a page of the portal.
        "--limit-request-line",
        "8190",
        *[part for bind in binds for part in ("--bind", bind)],
    ]


def _has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as s:
            s.bind(("::1", 0))
    except OSError:
        return False
    return True


def _is_taken(port):
    with socket.socket() as s:
        s.settimeout(1)
        return s.connect_ex(("127.0.0.1", port)) == 0


def _tell(port, processes):
    """Say where to go once the server answers."""
    from django.conf import settings

    end = time.monotonic() + PATIENCE
    while not _is_taken(port) and time.monotonic() < end and all(p.poll() is None for p in processes):
        time.sleep(LOOK_EVERY / 5)
    if not _is_taken(port):
        return
    print(f"\nHet portaal draait op http://localhost:{port}/ (stoppen met Ctrl-C)")
    if settings.PORTAL_DEMO:
        print(
            f"Beheer: http://localhost:{port}/beheer/. Proefaccounts, allemaal met wachtwoord {settings.PORTAL_DEMO_PASSWORD}:"
        )
        for name in ("team", "ambtenaar", "beheerder", "leider"):
            print(f"  {name}@voorbeeld.example")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
