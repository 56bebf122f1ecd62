"""One file of settings; what differs between machines comes from the environment.

Without any variable this is the embedded default of DESIGN.md 7: SQLite, a broker in a
folder, mail to a local inbox. Production sets DJANGO_SECRET_KEY, DATABASE_URL, REDIS_URL,
DJANGO_ALLOWED_HOSTS, SITE_URL, MAIL_DOMAIN and EMAIL_HOST (docs/operations.md).
"""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("BUURTPUNT_VAR", BASE_DIR / "var"))


def env_flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes"}


PRODUCTION = env_flag("BUURTPUNT_PRODUCTION")
# Demo mode offers sign-in buttons, the clock jump and the inbox; never in production.
DEMO = env_flag("BUURTPUNT_DEMO")
if PRODUCTION and DEMO:
    raise ImproperlyConfigured("BUURTPUNT_DEMO and BUURTPUNT_PRODUCTION exclude each other.")
DEBUG = env_flag("DJANGO_DEBUG") and not PRODUCTION
# Without https: only for trying production's settings on one machine.
PLAIN_HTTP = env_flag("BUURTPUNT_PLAIN_HTTP")

# Everyone can read this one: only for the demo and for work on this one machine.
PUBLISHED_KEY = "only-for-development-and-the-demo-on-this-one-machine-0123456789"
SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "") or PUBLISHED_KEY
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = os.environ.get("DJANGO_ALLOWED_HOSTS", ",".join(LOOPBACK)).split(",")
if SECRET_KEY == PUBLISHED_KEY and (PRODUCTION or set(ALLOWED_HOSTS) - set(LOOPBACK)):
    raise ImproperlyConfigured(
        "DJANGO_SECRET_KEY is missing: whoever knows the key that is published with the source "
        "can sign in as anyone. Set a long random text."
    )
# Who finds a leak writes here (/.well-known/security.txt); empty is the network's own contact.
SECURITY_CONTACT = os.environ.get("SECURITY_CONTACT", "")
# Absolute links in mails start with this; no closing slash.
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "buurtpunt",
    "sessions",
    "inspiration",
    "actionplans",
    "network",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "django_htmx",
    "heroicons",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "network.health.Healthz",
    "network.pagecache.PublicPages",
    "network.middleware.Headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "network.middleware.ContentPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "network.middleware.SignedIn",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "buurtpunt.urls"
WSGI_APPLICATION = "buurtpunt.wsgi.application"
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
            ],
            "builtins": [
                "buurtpunt.templatetags.ui",
                "crispy_forms.templatetags.crispy_forms_tags",
                "django.templatetags.static",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR_DIR / 'buurtpunt.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,  # a restarted database costs nobody an error
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    # IMMEDIATE removes "database is locked": a transaction takes the write lock at its start.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = os.environ.get("REDIS_URL", "")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "network.missing.MissingCache",
            "LOCATION": REDIS_URL,
            # Of how a value is written. One higher when that changes, so that processes of two
            # releases side by side do not read each other's.
            "VERSION": 2,
        }
    }
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        # Longer than the longest task; the two others give a lost task back in seconds.
        "visibility_timeout": 1800,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        # A request that wakes a worker waits no longer than this when Redis is away.
        "socket_connect_timeout": 0.5,
        "socket_timeout": 3,
        "max_retries": 0,
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    BROKER_DIR = VAR_DIR / "broker"
    (BROKER_DIR / "control").mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "folder://localhost//"  # buurtpunt/broker.py
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR),
        "data_folder_out": str(BROKER_DIR),
        "control_folder": str(BROKER_DIR / "control"),
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "mail"
CELERY_TASK_ROUTES = {
    "network.tasks.work_files": {"queue": "files"},
    "network.tasks.work_now": {"queue": "now"},
}
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
TICK = timedelta(seconds=int(os.environ.get("BUURTPUNT_TICK", "30")))
# Later ones say the same, so without a worker none may pile up. Long beside a tick: the clocks of
# two machines differ, and what a slow one calls old is thrown away.
MESSAGE_LASTS = timedelta(minutes=10)
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "network.tasks.sweep",
        "schedule": TICK,
        "options": {"expires": MESSAGE_LASTS.total_seconds()},
    },
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

AUTH_USER_MODEL = "network.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "network.passwords.UserAttributeSimilarity"},
    {"NAME": "network.passwords.MinimumLength", "OPTIONS": {"min_length": 10}},
    {"NAME": "network.passwords.CommonPassword"},
]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "network.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "set_password": "network.forms.SetPassword",
    "change_password": "network.forms.ChangePassword",
    "reset_password_from_key": "network.forms.ResetPassword",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # without it allauth drops the password sign-in
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # seconds; the mail and the pages say a quarter
ACCOUNT_LOGIN_TIMEOUT = 6 * 60 * 60  # so long a browser still says that its code expired
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account exists only through a mailed invitation
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {  # beside or instead of allauth's own; "key" is the address that is asked
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    # The browser that signed in with this address before: strangers cannot use up its share.
    "request_login_code_again": "3/m/key,10/h/key",
    "fresh_code": "3/m/user,10/h/user",
    "reset_password": "20/m/ip,5/m/key,10/h/key",
    "takedown": "5/h/ip,30/h/key",  # how many photos a visitor, and all together, hide at once
}
KNOWN_BROWSER_COOKIE = "browser"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_HTTPONLY = True

LANGUAGE_CODE = "nl"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
PRIVATE_ROOT = VAR_DIR / "private"
PUBLIC_ROOT = VAR_DIR / "public"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT},
    },
    "private": {
        "BACKEND": "network.storing.Disk",
        "OPTIONS": {"location": PRIVATE_ROOT, "durable": True},
    },
    "public": {
        "BACKEND": "network.storing.Disk",
        "OPTIONS": {"location": PUBLIC_ROOT},
    },
    "staticfiles": {
        "BACKEND": "buurtpunt.statics.HashedStatics" if PRODUCTION else "buurtpunt.statics.Statics"
    },
}
# The web server hands files over itself when this names its internal location.
FILES_ACCEL_LOCATION = os.environ.get("FILES_ACCEL_LOCATION", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A form without JavaScript sends all photos of a day at once; the page says this number.
DATA_UPLOAD_MAX_NUMBER_FILES = 300
FILE_UPLOAD_TEMP_DIR = None
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "2525"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 20
MAIL_DOMAIN = os.environ.get("MAIL_DOMAIN", "buurtpunt.example")
DEFAULT_FROM_EMAIL = f'"ons buurtpunt" <post@{MAIL_DOMAIN}>'
SERVER_EMAIL = f"server@{MAIL_DOMAIN}"

CRISPY_ALLOWED_TEMPLATE_PACKS = "dorp"
CRISPY_TEMPLATE_PACK = "dorp"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # our own pages show our own files in frames
    "security.W005",  # subdomains and preload are the operator's choice: buurtpunt/checks.py
    "security.W021",
]
SECURE_REFERRER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_SSL_REDIRECT = not PLAIN_HTTP
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    # Both bind other sites of the domain, and browsers remember them long: only when asked.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env_flag("BUURTPUNT_HSTS_SUBDOMAINS")
    SECURE_HSTS_PRELOAD = env_flag("BUURTPUNT_HSTS_PRELOAD")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
    if not PLAIN_HTTP:
        # A browser takes these names over https for this very host only: no other site of the
        # domain can set one. Scripts find the name in base.html.
        SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
        KNOWN_BROWSER_COOKIE = "__Host-browser"
# Behind a proxy all visitors would share one rate-limit bucket otherwise.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "1")) if PRODUCTION else 0

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
