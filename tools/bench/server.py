"""The production server as visitors meet it, and how fast it answers."""

import os
import re
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PORT, CONNECTIONS = 8765, 8
EMPTY = "/healthz/leeg/"
SCRIPT = ROOT / "tools" / "bench" / "p95.lua"
# Of the connections each process must hold one in so many for a rate to count.
AT_LEAST = 4
TRIES = 100
# Seconds after which all connections are there.
SOON = 0.2


class Server:
    """Use it as a context: it runs within.

    Whoever accepts a connection keeps it, and now and then one process accepts them all. Its threads then wait for
    each other while the other process does nothing, and everything takes two to three times as long. Such a
    measurement says nothing of the page and is done again.
    """

    def __init__(self, environment):
        self._environment = environment

    def __enter__(self):
        command = [sys.executable, "tools/serve.py", "--port", str(PORT)]
        self._process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL)  # noqa: S603
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}{EMPTY}").read()
                break
            except OSError:
                time.sleep(0.1)
        else:
            self.__exit__()
            raise SystemExit("De server start niet.")
        return self

    def __exit__(self, *_error):
        self._process.terminate()
        self._process.wait()

    def against_empty(self, address, seconds, runs):
        """Answers a second, the 95th percentile in milliseconds and the rate against that of the empty page: the middle of `runs`."""
        pairs = [(self._rate(EMPTY, seconds), self._rate(address, seconds)) for _ in range(runs)]
        return (
            statistics.median(page[0] for _empty, page in pairs),
            statistics.median(page[1] for _empty, page in pairs),
            statistics.median(page[0] / empty[0] for empty, page in pairs),
        )

    def weight(self, address):
        """Bytes over the wire."""
        request = urllib.request.Request(f"http://127.0.0.1:{PORT}{address}", headers={"Accept-Encoding": "br"})
        with urllib.request.urlopen(request) as response:  # noqa: S310
            return len(response.read())

    def _rate(self, address, seconds):
        """Answers a second and the 95th percentile in milliseconds, over connections that stay open and are shared out."""
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(SCRIPT)]
        for _ in range(TRIES):
            with subprocess.Popen(  # noqa: S603
                [*command, f"http://127.0.0.1:{PORT}{address}"], stdout=subprocess.PIPE, text=True
            ) as wrk:
                time.sleep(SOON)
                if min(self._held_by_each(), default=CONNECTIONS) * AT_LEAST < CONNECTIONS:
                    wrk.kill()
                    continue
                out = wrk.stdout.read()
            if wrk.returncode:
                raise SystemExit(f"wrk eindigt met {wrk.returncode}")
            return tuple(
                float(re.search(pattern, out).group(1)) for pattern in (r"Requests/sec:\s+([\d.]+)", r"p95 ([\d.]+)")
            )
        raise SystemExit(f"Na {TRIES} pogingen had nog steeds één proces vrijwel alle verbindingen.")

    def _held_by_each(self):
        """How many connections each process that answers holds; nothing where the system does not tell."""
        processes = _answering(self._process.pid)
        connections = _connections() if processes else set()
        return [len(connections & _sockets(process)) for process in processes]


def _answering(pid):
    """The processes of gunicorn below `pid`, without the one that starts them."""
    return [answering for child in _children(pid) for answering in _children(child)]


def _children(pid):
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _connections():
    """The connections to the server that are open, as what the system calls their sockets."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return {f"socket:[{row[9]}]" for row in rows if row[1].endswith(f":{PORT:04X}") and row[3] == "01"}


def _sockets(pid):
    try:
        return {os.readlink(link) for link in Path(f"/proc/{pid}/fd").iterdir()}
    except OSError:
        # It ended meanwhile, or closed one.
        return set()
