"""One settings file. Everything that differs between two places comes from the environment; `.env.example` explains each variable."""

from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from zorgpact.environment import is_local, mail_server, read_environment, readable, single_sign_on

BASE_DIR = Path(__file__).resolve().parent.parent
env = read_environment(BASE_DIR)

# --- What this place is -------------------------------------------------------------------------

SECRET_KEY = env.str("SECRET_KEY")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is empty; see .env.example.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
PORTAL_URL = env.str("PORTAL_URL", f"http://localhost:{env.int('PORT', 8000)}").rstrip("/")
# A demo has accounts with a known password and asks no second factor; the content says what is made up.
PORTAL_DEMO = env.bool("PORTAL_DEMO", False)
PORTAL_DEMO_PASSWORD = env.str("PORTAL_DEMO_PASSWORD", "")
# Off for local hosts only: then no redirect, no HSTS and ordinary cookie names.
PORTAL_HTTPS = env.bool("PORTAL_HTTPS", True)
# After so many months without confirmation a pact or koploper counts as stale.
PORTAL_STALE_AFTER_MONTHS = env.int("PORTAL_STALE_AFTER_MONTHS", 12)
# Days after a question is closed until its asker is forgotten.
PORTAL_QUESTIONS_KEPT_DAYS = env.int("PORTAL_QUESTIONS_KEPT_DAYS", 365)
# How many times more may be sent to public forms than `programme.limits` says; for whoever tries what the portal can bear.
PORTAL_LIMITS_TIMES = env.int("PORTAL_LIMITS_TIMES", 1)
# Whoever sends a question within so many seconds of beginning it has not typed it.
PORTAL_ASKING_TAKES_SECONDS = env.int("PORTAL_ASKING_TAKES_SECONDS", 10)
# Where clamd looks into attachments: host:port, or the path of its socket. Empty: nothing can be downloaded, but in a demo.
PORTAL_CLAMD = env.str("PORTAL_CLAMD", "")
# A sorted file of SHA-1 hashes of passwords that leaked somewhere, one a line. Empty: only the common ones are refused.
PORTAL_LEAKED_PASSWORDS = readable(env.str("PORTAL_LEAKED_PASSWORDS", ""))
PORTAL_CONTACT_EMAIL = env.str("PORTAL_CONTACT_EMAIL", "")
VAR_DIR = Path(env.str("PORTAL_VAR_DIR", str(BASE_DIR / "var")))
# Files that people sent in: never below what a web server serves. All web processes share it.
PORTAL_UPLOADS_DIR = Path(env.str("PORTAL_UPLOADS_DIR", str(VAR_DIR / "uploads")))

if not all(is_local(host) for host in ALLOWED_HOSTS):
    if PORTAL_DEMO:
        raise ImproperlyConfigured("PORTAL_DEMO is only for a portal that answers to local hosts; see ALLOWED_HOSTS.")
    if not PORTAL_HTTPS:
        raise ImproperlyConfigured(
            "PORTAL_HTTPS can only be off for a portal that answers to local hosts; see ALLOWED_HOSTS."
        )

# --- Parts --------------------------------------------------------------------------------------

INSTALLED_APPS = [
    # First: it gives forms their words, and a field takes them when it is made.
    "zorgpact",
    "programme",
    "geography",
    "themes",
    "organisations",
    "regions",
    "kopgroep",
    "regels",
    "volgspot",
    "accounts",
    "outbox",
    "search",
    "workplace",
    "zorgpact.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "zorgpact.apps.HistoryConfig",
    "crispy_forms",
    "django_filters",
]

MIDDLEWARE = [
    # First, so that static files, redirects and errors carry the headers too.
    "zorgpact.middleware.SecurityHeaders",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "zorgpact.middleware.CleanQuery",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zorgpact.pages.PageMemory",
    "accounts.middleware.PrivatePages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SessionLimits",
    "accounts.middleware.SecondFactor",
    "accounts.middleware.Actor",
    "programme.middleware.OldAddresses",
]

ROOT_URLCONF = "zorgpact.urls"
WSGI_APPLICATION = "zorgpact.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zorgpact.context.portal",
            ],
        },
    },
]
FORM_RENDERER = "zorgpact.widgets.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "zorgpact"

# --- Database and cache -------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'zorgpact.sqlite3'}"),
        conn_max_age=600,
        conn_health_checks=False,
        # A pooler gives each statement another connection: nothing can be kept on one.
        disable_server_side_cursors=env.bool("DATABASE_POOLER", False),
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Without these, two writing processes get "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000; PRAGMA foreign_keys=ON;"
        ),
    }
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Compiling a query with the counts of a list takes longer than the query itself, and so does sorting on disk: of a
    # list of 70,000 the choices take 6 MB.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off -c work_mem=16MB")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The limits on login tries need a cache that all processes share.
REDIS_URL = env.str("REDIS_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}
}

# Public pages come from the memory of each process, exact to the last change; off while somebody changes templates.
PORTAL_PAGE_MEMORY = env.bool("PORTAL_PAGE_MEMORY", not DEBUG)

# --- Language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
# Would print the year 2.015; the filter `thousands` groups numbers where that helps.
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["zorgpact.formats"]

# --- Static files -------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Accounts -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.validators.LengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "accounts.validators.OwnWordsValidator"},
    {"NAME": "accounts.validators.SurpriseValidator"},
    {"NAME": "accounts.validators.LeakedValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:after_login"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "home"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# No "keep me logged in": the session ends with the browser, and by the limits of `accounts.middleware`.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PORTAL_HTTPS else "http"
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "add_email": "accounts.forms.AddEmailForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "accounts.forms.AuthenticateForm",
    "reauthenticate": "accounts.forms.ConfirmWithCodeForm",
    "activate_totp": "accounts.forms.ActivateTOTPForm",
    "add_webauthn": "accounts.forms.AddWebAuthnForm",
    "edit_webauthn": "accounts.forms.EditWebAuthnForm",
}
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Nobody logs in without a confirmed address; a new one may wait for its confirmation.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PORTAL_HTTPS
MFA_TOTP_ISSUER = "Zorgpact"
USERSESSIONS_TRACK_ACTIVITY = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)

# Whoever comes from a ministry; its secret stays in the environment.
SINGLE_SIGN_ON = single_sign_on(env, PORTAL_HTTPS)
if SINGLE_SIGN_ON:
    INSTALLED_APPS += ["allauth.socialaccount"]
    SOCIALACCOUNT_ADAPTER = "accounts.single_sign_on.Adapter"

# --- Sessions and cookies: none for a visitor ---------------------------------------------------

SESSION_COOKIE_NAME = "__Host-sessionid" if PORTAL_HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if PORTAL_HTTPS else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PORTAL_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "zorgpact.errors.csrf_failure"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", 30)
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Safety -------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = PORTAL_HTTPS
SECURE_HSTS_SECONDS = 31536000 if PORTAL_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PORTAL_HTTPS
if env.bool("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SECURITY_TXT_REDIRECT = env.str("SECURITY_TXT_REDIRECT", "")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# Preloading is a promise for every other site under the domain: for its owner to make, not for this portal.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# --- History ------------------------------------------------------------------------------------

AUDITLOG_DISABLE_REMOTE_ADDR = True
# Nothing, no and 0 stay apart from the words None, False and 0.
AUDITLOG_STORE_JSON_CHANGES = True

# --- Mail: everything goes through the outbox, which sends it on --------------------------------

EMAIL_BACKEND = "outbox.backend.OutboxBackend"
OUTBOX_SMTP = mail_server(env.str("EMAIL_URL", ""))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Zorgpact <zorgpact@voorbeeld.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "zorgpact.logs.AsJson"},
    },
    "filters": {"without_secrets": {"()": "zorgpact.logs.WithoutSecrets"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": env.str("LOG_FORMAT", "json" if PORTAL_HTTPS else "line"),
            "filters": ["without_secrets"],
        },
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # Say of each page of a PDF that it is being made, and of each PDF what is odd about it.
        **{name: {"level": "ERROR"} for name in ("weasyprint", "fontTools", "pikepdf")},
        # Django's own handlers would say everything a second time, secrets included.
        "django": {"handlers": [], "level": LOG_LEVEL},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
