"""The virus scanner: clamd, asked over a socket (https://docs.clamav.net/manual/Usage/Scanning.html#clamd)."""

import socket

from django.conf import settings

CLEAN, INFECTED, FAILED = "clean", "infected", "failed"
PATIENCE = 30  # seconds
PIECE = 64 * 1024


def look_into(content):
    """What clamd says of these bytes. Raises `OSError` while it is not there."""
    with _connect() as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
        return _meaning(_answer(line))


def _connect():
    place = settings.PORTAL_CLAMD
    if place.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(PATIENCE)
        try:
            line.connect(place)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = place.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)


def _answer(line):
    said = b""
    while not said.endswith(b"\0"):
        more = line.recv(4096)
        if not more:
            break
        said += more
    return said.rstrip(b"\0\n").decode(errors="replace")


def _meaning(said):
    """Nothing but a plain OK is clean."""
    if said == "stream: OK":
        return CLEAN
    if said.endswith(" FOUND"):
        return INFECTED
    if not said:
        raise OSError("no answer")
    return FAILED
