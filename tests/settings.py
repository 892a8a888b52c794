"""The portal's own settings, in an environment that suits tests."""

import atexit
import os
import shutil
import tempfile

# What the person who runs the tests has in a `.env` must not decide the outcome.
os.environ["PORTAL_ENV_FILE"] = os.devnull
os.environ["PORTAL_VAR_DIR"] = tempfile.mkdtemp(prefix="zorgpact-tests-")
os.environ.update(SECRET_KEY="only-for-tests-" + "x" * 50, PORTAL_HTTPS="off", PORTAL_DEMO="off", DEBUG="off")
# On, with a provider where nobody answers: without it there is less of the portal, not other.
os.environ.update(
    OIDC_ISSUER="http://127.0.0.1:9/rijk",
    OIDC_CLIENT_ID="zorgpact",
    OIDC_CLIENT_SECRET="only-for-tests",
    OIDC_LABEL="Rijksoverheid",
    OIDC_SECOND_FACTOR_AMR="mfa",
)
atexit.register(shutil.rmtree, os.environ["PORTAL_VAR_DIR"], ignore_errors=True)

from zorgpact.settings import *  # noqa: E402, F403
from zorgpact.settings import CACHES, DATABASES, REDIS_URL, STORAGES, VAR_DIR  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: threads of a server share it.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "tests.sqlite3")}
if not REDIS_URL:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
# No manifest: templates must render before `collectstatic` ran.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
# Tests look at what a page is made of; those of the memory switch it on.
PORTAL_PAGE_MEMORY = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
