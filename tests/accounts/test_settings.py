"""Settings that may not be combined, read as a server reads them."""

import os
import subprocess
import sys

import pytest


def start(code="import zorgpact.settings as s; print(s.OUTBOX_SMTP)", **environment):
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "PORTAL_VAR_DIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        env=plain
        | {"SECRET_KEY": "x" * 50, "PORTAL_ENV_FILE": os.devnull, "DJANGO_SETTINGS_MODULE": "zorgpact.settings"}
        | environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.norm("NCSC-U/PW.07")
@pytest.mark.parametrize("host", ["zorgpact.example", "localhost,zorgpact.example", "*", ".localhost.example", ""])
def test_demo_answers_to_local_hosts_only(host):
    result = start(PORTAL_DEMO="on", ALLOWED_HOSTS=host)
    if host:
        assert "PORTAL_DEMO is only for a portal that answers to local hosts" in result.stderr


def test_demo_starts_on_a_local_host():
    assert start(PORTAL_DEMO="on", PORTAL_HTTPS="off").returncode == 0


@pytest.mark.norm("NCSC-U/PW.07")
def test_https_is_off_on_local_hosts_only():
    assert "PORTAL_HTTPS can only be off" in start(PORTAL_HTTPS="off", ALLOWED_HOSTS="zorgpact.example").stderr


@pytest.mark.norm("ASVS-13.3.1")
def test_without_a_secret_the_portal_does_not_start():
    result = start(SECRET_KEY="")
    assert result.returncode != 0


def test_list_of_leaked_passwords_that_is_not_there_is_said_at_the_start(tmp_path):
    assert "cannot be read" in start(PORTAL_LEAKED_PASSWORDS=str(tmp_path / "weg.txt")).stderr


@pytest.mark.parametrize(
    "url", ["mail.example", "http://mail.example", "smtp://", "smtp://host:poort", "smtp://h/?ssl"]
)
def test_malformed_mail_server_is_refused(url):
    result = start(EMAIL_URL=url)
    assert result.returncode != 0
    assert "EMAIL_URL" in result.stderr


def test_mail_server_is_read():
    out = start(EMAIL_URL="smtp://an%40x:p%2Fw@mail.example:2525/?tls").stdout
    for part in (
        "'host': 'mail.example'",
        "'port': 2525",
        "'username': 'an@x'",
        "'password': 'p/w'",
        "'use_tls': True",
    ):
        assert part in out
