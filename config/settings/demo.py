"""Settings of `make demo`: this machine only, its secret made on first use."""

from django.core.management.utils import get_random_secret_key

from .base import *  # noqa: F403
from .base import VAR_DIR, env

(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)
_secret_file = VAR_DIR / "secret_key"
if not _secret_file.exists():
    _secret_file.touch(mode=0o600)
    _secret_file.write_text(get_random_secret_key())

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", _secret_file.read_text())
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
DEMO_ALLOWED = True
# A first look needs no telephone at hand.
MFA_REQUIRED = env.bool("MFA_REQUIRED", False)

WHITENOISE_USE_FINDERS = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
# Only what went wrong: the terminal belongs to who tries the demo.
LOGGING["loggers"]["quaymark.requests"]["level"] = "ERROR"  # noqa: F405
