"""Settings of the tests: everything written goes to a folder that is thrown away."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES, STORAGES

DEBUG = False
SECRET_KEY = "only for tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DEMO_ALLOWED = True
# Tests of it switch it on.
MFA_REQUIRED = False

_scratch = Path(tempfile.mkdtemp(prefix="quaymark-tests-"))
VAR_DIR = _scratch
MEDIA_ROOT = _scratch / "media"
PRIVATE_ROOT = _scratch / "private"
STORAGES["private"]["OPTIONS"]["location"] = PRIVATE_ROOT
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# A file, not memory: the browser tests' server thread must see the same database.
DATABASES["default"]["TEST"] = (
    {"NAME": str(_scratch / "test.sqlite3")} if "sqlite3" in DATABASES["default"]["ENGINE"] else {}
)

CACHES = {
    alias: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": alias}
    for alias in ("default", "pages")
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAIL_SERVER_SET = True
WHITENOISE_AUTOREFRESH = True
