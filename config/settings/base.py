"""Settings shared by every way of running Quaymark; what differs comes from the environment."""

from pathlib import Path
from typing import Any

from environs import Env

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "learning.apps.LearningConfig",
    "identify.apps.IdentifyConfig",
    "content.apps.ContentConfig",
    "accounts.apps.AccountsConfig",
    "modeltranslation",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.AdminPeopleConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "config.probes.Probes",
    "config.request_log.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "config.headers.HouseHeaders",
    "config.headers.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.LocaleMiddleware",
    "config.leaving.LeavingPage",
    "config.errors.ErrorPages",
    "config.maintenance.Maintenance",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "config.access.AudienceMiddleware",
    "config.notices.NoticeMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

# Figures for Prometheus at /metrics, for whoever holds the token; none are counted without.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
if METRICS_TOKEN:
    MIDDLEWARE = [
        "django_prometheus.middleware.PrometheusBeforeMiddleware",
        *MIDDLEWARE,
        "django_prometheus.middleware.PrometheusAfterMiddleware",
    ]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database and files -------------------------------------------------------------------------

DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'quaymark.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR_DIR / "static")))
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "media")))
# Originals of officers' photos and what is made from them: never under a public address.
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", str(VAR_DIR / "private")))
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# On disk, not in memory: limits on wrong passwords must hold over all web processes.
CACHES = {
    "default": {
        "BACKEND": "config.caches.CountingFileCache",
        "LOCATION": VAR_DIR / "cache",
        # Above the number, Django throws out files at random: counts must not be among them.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # What is dear to make and may be lost at any time; nothing here can push out a count.
    "pages": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache" / "pages",
        "OPTIONS": {"MAX_ENTRIES": 20},
    },
}

# --- Languages ----------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ru", "Русский"),
    ("ar", "العربية"),
    ("zh-hans", "中文"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", "UTC")
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = True
# Fallbacks hide which language is shown; pages say instead which language they show.
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_ENABLE_FALLBACKS = False

# --- People -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {"signup": "accounts.forms.access.SignupForm"}
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Nobody gets the site to write to addresses that it does not know.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# "key" is an account as seen from one browser that knows it, or from all that don't: strangers never
# lock the owner out of a browser used before (accounts/known_browsers.py). "ip" is generous, as a whole
# administration may come from one address.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "30/m/ip,5/5m/key,50/d/key",
    "signup": "60/h/ip",
    "reset_password": "60/h/ip,3/h/key",
}
# Trainers, experts, coordinators and administrators need a second step to sign in.
MFA_REQUIRED = env.bool("MFA_REQUIRED", True)
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_TOTP_ISSUER = "Quaymark"
# A phone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "accounts.forms.second_factor.ActivateTOTPForm",
    "add_webauthn": "accounts.forms.second_factor.AddWebAuthnForm",
    "authenticate": "accounts.forms.second_factor.AuthenticateForm",
    "edit_webauthn": "accounts.forms.second_factor.EditWebAuthnForm",
    "reauthenticate": "accounts.forms.second_factor.ReauthenticateForm",
}
# An administration's own sign-in (accounts/models/sign_in_services.py). It vouches for e-mail addresses.
SOCIALACCOUNT_ADAPTER = "accounts.own_sign_in.OwnSignInAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
# Other limits, for accounts.limits: a burst, and the long run.
RATE_LIMITS = {
    "identification": ["10/m", "60/h"],  # a person, by page and API together
    "api": ["120/m"],  # a token
    "staff list": ["5/m", "30/h"],  # a person; each row tells whether an address has an account elsewhere
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:next"
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
# The e-mail address is the account's name; nobody changes their own.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

# --- Wagtail ------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Quaymark"
# No pictures of people from elsewhere: the admin works behind a wall, and tells nobody who is in it.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000")

# Documents go through Wagtail's view, which asks who may see them, and are saved, never shown in the page.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
# config.headers gives documents a policy that is stricter than Wagtail's.
WAGTAILDOCS_BLOCK_EMBEDDED_CONTENT = False

# A protocol with its steps, their answers and six languages is one form of some two thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- Background work ----------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Log ----------------------------------------------------------------------------------------

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.JsonLines"}},
    "filters": {"tasks": {"()": "config.logs.WithoutTaskArguments"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["tasks"]}},
    "root": {"handlers": ["lines"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["lines"], "level": "WARNING", "propagate": False},
        "quaymark.requests": {"level": "INFO"},
    },
}

# --- Identification -----------------------------------------------------------------------------

MODELS_ROOT = Path(env.str("MODELS_ROOT", str(VAR_DIR / "models")))
BACKBONE = env.str("BACKBONE", "efficientnet-lite2")
RECOGNISER_THREADS = env.int("RECOGNISER_THREADS", 2)
PHOTO_MAX_BYTES = 25 * 1024 * 1024
PHOTOS_PER_IDENTIFICATION = 6
FILE_UPLOAD_HANDLERS = [
    "identify.uploads.PhotoSizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- E-mail -------------------------------------------------------------------------------------

EMAIL_URL = env.str("EMAIL_URL", "")
# Without a mail server mails stay in the outbox, where the admin shows them.
MAIL_SERVER_SET = bool(EMAIL_URL)
if MAIL_SERVER_SET:
    vars().update(env.dj_email_url("EMAIL_URL"))
EMAIL_TIMEOUT = 20  # seconds
# Where mail goes out, an account opens with a link sent to its address; where none does, the coordinator
# who approves it has to know the address.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if MAIL_SERVER_SET else "none"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "quaymark@localhost")
