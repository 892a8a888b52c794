"""How settings read the environment."""

import os
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env

LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}


def read_environment(base_dir):
    """The typed helper, after reading the file named by `PORTAL_ENV_FILE` (`.env` if not set).

    What stands in the environment itself wins from what stands in the file.
    """
    env = Env()
    env.read_env(os.environ.get("PORTAL_ENV_FILE", str(base_dir / ".env")), recurse=False)
    return env


def is_local(host):
    """Whether `host`, as written in ALLOWED_HOSTS, can only be this machine."""
    return host in LOCAL_HOSTS or host.endswith(".localhost")


def readable(path):
    """The path of a file that is there; nothing for an empty one."""
    if path and not os.access(path, os.R_OK):
        raise ImproperlyConfigured(f"{path} cannot be read.")
    return path


def mail_server(url):
    """EMAIL_URL as the arguments of Django's SMTP backend; nothing for an empty one.

    smtp://user:password@host:587/?tls (encrypts after the greeting) or smtps://user:password@host:465 (from the start)
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured("EMAIL_URL is not an address.") from error
    options = {name for name, value in parse_qsl(parts.query, keep_blank_values=True)}
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not options <= {"tls"} or parts.path.strip("/"):
        # Without the address itself: it holds a password.
        raise ImproperlyConfigured("EMAIL_URL must look like smtp://user:password@host:587/?tls")
    use_ssl = parts.scheme == "smtps"
    return {
        "host": parts.hostname,
        "port": port or (465 if use_ssl else 587 if "tls" in options else 25),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": "tls" in options and not use_ssl,
        "use_ssl": use_ssl,
        "timeout": 20,
    }


def single_sign_on(env, https):
    """Logging in at a ministry with OpenID Connect; nothing where it is not set up."""
    needed = {name: env.str(name, "") for name in ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_LABEL")}
    if not any(needed.values()):
        return None
    if missing := [name for name, value in needed.items() if not value]:
        raise ImproperlyConfigured(f"Single sign-on needs {', '.join(missing)} too.")
    issuer, client_id, secret, label = needed.values()
    if not issuer.startswith("https://" if https else ("https://", "http://")):
        raise ImproperlyConfigured("OIDC_ISSUER must be an address that begins with https://.")
    return {
        "issuer": issuer,
        "client_id": client_id,
        "secret": secret,
        "label": label,
        "domains": [domain.lower() for domain in env.list("OIDC_EMAIL_DOMAINS", [])],
        # What the provider says of a login with two factors. Nothing: whoever comes from there is asked for the own one.
        "acr": env.list("OIDC_SECOND_FACTOR_ACR", []),
        "amr": env.list("OIDC_SECOND_FACTOR_AMR", []),
    }
