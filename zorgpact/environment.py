"""How settings read the environment."""

import os

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
