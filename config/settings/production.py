"""Settings of an administration's own installation: everything that matters comes from the environment."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from .demands import demand_all

demand_all(os.environ)

from .base import *  # noqa: E402, F403
from .base import DATABASES, INSTALLED_APPS, MEDIA_URL, METRICS_TOKEN, STORAGES, WAGTAILADMIN_BASE_URL, env  # noqa: E402

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
DEMO_ALLOWED = False

# --- HTTPS --------------------------------------------------------------------------------------

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
# Failed sign-ins are counted by address. Without the proxy's word for it, everybody has the proxy's address,
# and one person guessing passwords locks everybody out.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1)
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", False)
# Other services of the administration may share its domain, so that both are its own choice.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

# --- Database, cache and tasks ------------------------------------------------------------------

if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)

REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL:
    CACHES = {
        alias: {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": prefix,
        }
        for alias, prefix in {"default": "quaymark", "pages": "quaymark-pages"}.items()
    }
if env.str("TASK_QUEUE", "database") == "redis":
    INSTALLED_APPS += ["django_rq", "django_tasks_rq"]
    RQ_QUEUES = {"default": {"URL": REDIS_URL}}
    RQ = {"JOB_CLASS": "django_tasks_rq.Job"}
    TASKS = {"default": {"BACKEND": "django_tasks_rq.RQBackend"}}

# --- Figures ------------------------------------------------------------------------------------

if METRICS_TOKEN:
    # Where the web processes put their figures together; read by prometheus-client itself.
    Path(env.str("PROMETHEUS_MULTIPROC_DIR")).mkdir(parents=True, exist_ok=True)

# --- Files --------------------------------------------------------------------------------------

if env.str("S3_MEDIA_BUCKET", ""):
    _s3 = {
        "endpoint_url": env.str("S3_ENDPOINT_URL", "") or None,
        "region_name": env.str("S3_REGION", "") or None,
        "access_key": env.str("S3_ACCESS_KEY_ID", "") or None,
        "secret_key": env.str("S3_SECRET_ACCESS_KEY", "") or None,
        "file_overwrite": False,
        "default_acl": None,
    }
    # Both buckets stay closed to the public: pictures are served below MEDIA_URL by the site, with the site's
    # headers; a signed address of a private file is good for a minute, and no page hands one out.
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            **_s3,
            "bucket_name": env.str("S3_MEDIA_BUCKET"),
            "querystring_auth": False,
            "custom_domain": urlsplit(WAGTAILADMIN_BASE_URL).netloc + MEDIA_URL.rstrip("/"),
        },
    }
    STORAGES["private"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {**_s3, "bucket_name": env.str("S3_PRIVATE_BUCKET"), "querystring_expire": 60},
    }
