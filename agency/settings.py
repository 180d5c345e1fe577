"""Every setting, read from the environment (docs/deploy.md lists the variables)."""

import importlib.util
import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from agency.environment import check_accel, check_hosts, check_key, read_store, required

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var")).resolve()

env = environ.Env()
# `make run` notes its private servers there, so that manage.py finds them. Where any of these
# is set the site is somebody's own, and the note is not looked at.
if not {"DEBUG", "SECRET_KEY", "DATABASE_URL"} & os.environ.keys():
    environ.Env.read_env(VAR_DIR / "dev.env")

DEBUG = env.bool("DEBUG", default=False)
# wsgi.py says "web": only there are statements short, and connections pooled.
IS_WEB = env("PROCESS", default="") == "web"

# --- where it runs -----------------------------------------------------------------------------

PORT = env.int("PORT", default=8000)
SECRET_KEY = required("SECRET_KEY", DEBUG, "only-for-development-" + "0" * 40)
SITE_URL = required("SITE_URL", DEBUG, f"http://127.0.0.1:{PORT}").rstrip("/")
ALLOWED_HOSTS = (
    required("ALLOWED_HOSTS", DEBUG, "127.0.0.1,localhost,[::1]").replace(" ", "").split(",")
)
check_key(SECRET_KEY, DEBUG)
check_hosts(ALLOWED_HOSTS, DEBUG)
PROXIES = env.int("PROXIES", default=0)
IS_HTTPS = SITE_URL.startswith("https://")

# --- database, broker, files -------------------------------------------------------------------

DATABASES = {
    "default": env.db_url_config(
        required("DATABASE_URL", DEBUG, "postgres://127.0.0.1:5432/agency")
    )
}
if DATABASES["default"].get("ENGINE") != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must be postgres://…: only PostgreSQL is supported.")

LOCK_TIMEOUT = "5s"
STATEMENT_TIMEOUT = "15s"
_session = {
    "lock_timeout": LOCK_TIMEOUT,
    "idle_in_transaction_session_timeout": "5min",
    # Questions here are short: to compile one takes a second where its answer takes milliseconds.
    "jit": "off",
}
if IS_WEB:
    _session["statement_timeout"] = STATEMENT_TIMEOUT
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"].get("OPTIONS", {}),
    "connect_timeout": 5,
    "options": " ".join(f"-c {name}={value}" for name, value in _session.items()),
}
if IS_WEB:
    # Not fewer than a web process has threads: who finds none within 10 seconds fails.
    _pool = env.int("DATABASE_POOL", default=10)
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": _pool, "timeout": 10}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = required("REDIS_URL", DEBUG, "redis://127.0.0.1:6379/0")

STORE, STORAGE_ROOT, STORAGE_BUCKET = read_store(
    env("STORAGE_URL", default=(VAR_DIR / "files").as_uri()), staging=VAR_DIR / "staging"
)
# Where nginx finds the folder: it then sends the bytes, after we have looked at them.
X_ACCEL_PREFIX = check_accel(env("X_ACCEL_PREFIX", default=""), STORAGE_BUCKET)
MEDIA_ROOT = STORAGE_ROOT
SCAN_COMMAND = env("SCAN_COMMAND", default="")
# The mailbox whose unread mails bring papers in: imaps://user:word@host/folder; "" for none.
INTAKE_URL = env("INTAKE_URL", default="")

# --- mail --------------------------------------------------------------------------------------

# Without EMAIL_URL mails are written to a folder; with DEBUG they are shown at /mail/.
EMAIL_URL = env("EMAIL_URL", default="")
MAIL_DIR = None if EMAIL_URL else VAR_DIR / "mail"
if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_DIR
DEFAULT_FROM_EMAIL = env(
    "DEFAULT_FROM_EMAIL", default=f"agency@{urlsplit(SITE_URL).hostname or 'localhost'}"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_COPY_TO = env("MAIL_COPY_TO", default="")
# Asked for each row just before it is sent: may say that it must not go any more.
MAIL_HOOK = "accounts.services.before_send"
# Where the bytes of an attachment come from: called with the sha256.
MAIL_ATTACH = "archives.storage.read_file"
# Filed pictures that papers may show.
PDF_PICTURES = "archives.downloads.picture"
# Whether nothing is dated into the month of a day any more: called with the day.
MONTH_IS_CLOSED = "budgets.services.months.is_closed"
# Seconds. A lease outlives three answers of a slow mail server, so no sender loses it by waiting.
MAIL_CONNECT_SECONDS = env.int("MAIL_CONNECT_SECONDS", default=20)
MAIL_REPLY_SECONDS = env.int("MAIL_REPLY_SECONDS", default=20)
MAIL_DATA_SECONDS = env.int("MAIL_DATA_SECONDS", default=60)
MAIL_LEASE_SECONDS = env.int("MAIL_LEASE_SECONDS", default=240)
# One worker process less than there are, so that slow mail never holds up the clock.
MAIL_SENDERS = env.int("MAIL_SENDERS", default=max(1, (os.cpu_count() or 2) - 1))

# Faults on purpose, for tests (agency/common/faults.py).
FAULT = env("FAULT", default="")
if FAULT and not DEBUG:
    raise ImproperlyConfigured("FAULT is for tests: with DEBUG off the site does not start.")

# --- applications ------------------------------------------------------------------------------

INSTALLED_APPS = [
    "agency",
    "agency.common",
    "accounts",
    "archives",
    "jobs",
    "budgets",
    "meetings",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "lucide",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "agency.common.middleware.Headers",
    "agency.common.middleware.Hygiene",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "agency.common.middleware.Person",  # language: the person's own before the browser's
    "django.contrib.messages.middleware.MessageMiddleware",
    "agency.common.middleware.Idle",
    "agency.common.middleware.Refusals",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "agency.urls"
WSGI_APPLICATION = "agency.wsgi.application"

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
                "agency.common.context_processors.frame",
            ],
        },
    }
]
FORM_RENDERER = "agency.common.renderer.Widgets"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False
CSRF_FAILURE_VIEW = "agency.views.csrf_failure"
# What the frame shows of the apps above it: () -> name of the house; the address that counts what
# needs a person.
FRAME_HOUSE = "accounts.reports.house_name"
FRAME_COUNT = "count"
# What is found besides papers, each its own group above them: (question, user, at) -> Group.
SEARCH_GROUPS = [
    "jobs.reports.found.jobs",
    "meetings.reports.found.meetings",
    "archives.search.people.contacts",
    "archives.search.ads.ads",
    "archives.search.tapes.tapes",
]

# --- people and sign-in ------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.RightsBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:login"

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

# --- sessions, cookies, headers ----------------------------------------------------------------

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
IDLE_SECONDS = 2 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
# `__Host-` and Secure need https: over http a browser drops such cookies.
_prefix = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME = f"{_prefix}session"
CSRF_COOKIE_NAME = f"{_prefix}csrf"
LANGUAGE_COOKIE_NAME = f"{_prefix}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
CSRF_TRUSTED_ORIGINS = [SITE_URL]

SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
# `no-referrer` would make browsers post `Origin: null`, which the CSRF check refuses (C9).
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # HSTS preload binds the whole domain: its owner decides, not the site
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# A long text or an eighty-line sheet must fit; films have their own address (C20).
# The address that takes films and sound, how large they may be, and where the bytes stream to.
FILM_DOOR = r"/archives/ads/\d+/file/"
FILM_BYTES = env.int("FILM_MB", default=2048) * 1024 * 1024
FILM_HANDLERS = ["archives.streaming.StoreUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# --- languages and time ------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env("TIME_ZONE", default="Asia/Shanghai")
USE_TZ = True

# --- static files ------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
_bootstrap = next(iter(importlib.util.find_spec("bootstrap").submodule_search_locations))
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", _bootstrap)]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
_static = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static},
}

# --- the clock's pulse -------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_keepalive": True,
    "socket_connect_timeout": 5,
}
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 150
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
# The schedule is fixed, so beat needs no file to remember it by.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_TIMEZONE = TIME_ZONE

# --- logs --------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"mask": {"()": "agency.common.logs.MaskTokens"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["mask"]}
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "gunicorn.access": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
