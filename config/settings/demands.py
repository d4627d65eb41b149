"""What production needs to be told: every setting that is missing, or contradicts another, in one message.

It reads the environment, before Django's settings do, so that somebody who installs the site sees at once
all there is to mend.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured

KEY_LENGTH = 50
TOKEN_LENGTH = 20
YEAR = 31_536_000
YES_OR_NO = {"1", "0", "true", "false", "yes", "no", "on", "off"}
NUMBERS = ("HSTS_SECONDS", "TRUSTED_PROXY_COUNT", "RECOGNISER_THREADS")
BUCKETS = ("S3_MEDIA_BUCKET", "S3_PRIVATE_BUCKET")
KEYS = ("S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY")
FOLDERS = ("MEDIA_ROOT", "PRIVATE_ROOT")

Environment = Mapping[str, str]


def demand_all(environ: Environment) -> None:
    """Raise ImproperlyConfigured with all there is to mend; the values themselves are never repeated."""
    found = problems(environ)
    if found:
        lines = "\n".join(f"  - {problem}" for problem in found)
        raise ImproperlyConfigured(f"Quaymark does not start yet. Set in the environment:\n{lines}")


def problems(environ: Environment) -> list[str]:
    """What is missing or wrong, each in one sentence that begins with the setting's name."""
    parts = (_secrets, _addresses, _database, _redis, _files, _https, _numbers_and_zones, _mail)
    return [problem for part in parts for problem in part(environ)]


def _secrets(environ: Environment) -> Iterator[str]:
    key = environ.get("SECRET_KEY", "")
    if not key:
        yield f"SECRET_KEY is missing: {KEY_LENGTH} or more random characters that nobody else knows."
    elif len(key) < KEY_LENGTH or len(set(key)) < 5 or key.startswith("django-insecure-"):
        yield f"SECRET_KEY is too easy to guess: take {KEY_LENGTH} or more random characters."
    token = environ.get("METRICS_TOKEN", "")
    if token and len(token) < TOKEN_LENGTH:
        yield f"METRICS_TOKEN is too short: take {TOKEN_LENGTH} or more random characters, or unset it."
    if token and not environ.get("PROMETHEUS_MULTIPROC_DIR"):
        yield "PROMETHEUS_MULTIPROC_DIR is missing: METRICS_TOKEN is set. Name a folder for its figures."


def _addresses(environ: Environment) -> Iterator[str]:
    hosts = _list(environ, "ALLOWED_HOSTS")
    if not hosts:
        yield "ALLOWED_HOSTS is missing: the site's host names, with commas between them."
    if any("*" in host for host in hosts):
        yield "ALLOWED_HOSTS must name each host: “*” lets anybody pretend to be this site."
    if any("/" in host or ":" in host.strip("[]") for host in hosts):
        yield "ALLOWED_HOSTS must hold host names alone, without “https://” and without a port."
    base = urlsplit(environ.get("BASE_URL", ""))
    if not base.netloc:
        yield "BASE_URL is missing: the site's own address, such as https://quaymark.example."
    elif base.scheme != "https":
        yield "BASE_URL must begin with https://, because the site is served over HTTPS alone."
    elif hosts and not any(_is_host(base.hostname or "", host) for host in hosts):
        yield "BASE_URL names a host that is not in ALLOWED_HOSTS: links in e-mails would lead nowhere."
    if any(not origin.startswith("https://") for origin in _list(environ, "CSRF_TRUSTED_ORIGINS")):
        yield "CSRF_TRUSTED_ORIGINS must hold addresses that begin with https://."


def _database(environ: Environment) -> Iterator[str]:
    url = urlsplit(environ.get("DATABASE_URL", ""))
    if not url.scheme:
        yield (
            "DATABASE_URL is missing: such as postgres://user:password@host/name. For one small machine "
            "SQLite will do; say so: sqlite:////var/lib/quaymark/quaymark.sqlite3."
        )
    elif url.scheme not in ("postgres", "postgresql", "sqlite"):
        yield "DATABASE_URL must begin with postgres:// or sqlite://."
    elif url.scheme == "sqlite" and len(url.path) < 2:
        yield "DATABASE_URL must name a file: in memory everything would be lost."
    elif url.scheme != "sqlite" and len(url.path) < 2:
        yield "DATABASE_URL must name the database after the host."


def _redis(environ: Environment) -> Iterator[str]:
    url = environ.get("REDIS_URL", "")
    if url and urlsplit(url).scheme not in ("redis", "rediss", "unix"):
        yield "REDIS_URL must begin with redis://, rediss:// or unix://."
    queue = environ.get("TASK_QUEUE", "database")
    if queue not in ("database", "redis"):
        yield "TASK_QUEUE must be “database” or “redis”."
    elif queue == "redis" and not url:
        yield "TASK_QUEUE is “redis”, but REDIS_URL is missing."


def _files(environ: Environment) -> Iterator[str]:
    any_s3 = [name for name in (*BUCKETS, *KEYS, "S3_ENDPOINT_URL", "S3_REGION") if environ.get(name)]
    if any_s3:
        for name in BUCKETS:
            if not environ.get(name):
                yield f"{name} is missing: {any_s3[0]} is set, so files go to S3, into two buckets."
        if environ.get(BUCKETS[0]) and environ.get(BUCKETS[0]) == environ.get(BUCKETS[1]):
            yield "S3_PRIVATE_BUCKET must be another bucket than S3_MEDIA_BUCKET: it holds evidence."
        given = [name for name in KEYS if environ.get(name)]
        if len(given) == 1:
            yield f"{({*KEYS} - {*given}).pop()} is missing: {given[0]} is set."
        endpoint = environ.get("S3_ENDPOINT_URL", "")
        if endpoint and urlsplit(endpoint).scheme not in ("http", "https"):
            yield "S3_ENDPOINT_URL must begin with https:// (or http:// inside your own network)."
        for name in FOLDERS:
            if environ.get(name):
                yield f"{name} is set, but files go to S3: unset it, or unset the S3 settings."
    elif all(environ.get(name) for name in FOLDERS):
        media, private = (Path(environ[name]).resolve() for name in FOLDERS)
        if private.is_relative_to(media) or media.is_relative_to(private):
            yield "PRIVATE_ROOT must lie outside MEDIA_ROOT: what is in MEDIA_ROOT is public."


def _https(environ: Environment) -> Iterator[str]:
    for name in ("HSTS_SUBDOMAINS", "HSTS_PRELOAD"):
        if environ.get(name, "no").lower() not in YES_OR_NO:
            yield f"{name} must be “yes” or “no”."
    seconds = environ.get("HSTS_SECONDS", "3600")
    if _is_yes(environ, "HSTS_PRELOAD") and not (
        _is_yes(environ, "HSTS_SUBDOMAINS") and seconds.isdecimal() and int(seconds) >= YEAR
    ):
        yield f"HSTS_PRELOAD needs HSTS_SUBDOMAINS=yes and HSTS_SECONDS of {YEAR} or more."


def _numbers_and_zones(environ: Environment) -> Iterator[str]:
    for name in NUMBERS:
        if name in environ and not environ[name].isdecimal():
            yield f"{name} must be a whole number."
    if environ.get("TIME_ZONE", "UTC") not in available_timezones():
        yield "TIME_ZONE is not known: take a name such as Africa/Nairobi."


def _mail(environ: Environment) -> Iterator[str]:
    if environ.get("EMAIL_URL") and not environ.get("DEFAULT_FROM_EMAIL"):
        yield "DEFAULT_FROM_EMAIL is missing: EMAIL_URL is set, and mail servers refuse an unknown sender."


def _list(environ: Environment, name: str) -> list[str]:
    return [part.strip() for part in environ.get(name, "").split(",") if part.strip()]


def _is_yes(environ: Environment, name: str) -> bool:
    return environ.get(name, "no").lower() in {"1", "true", "yes", "on"}


def _is_host(host: str, allowed: str) -> bool:
    return host == allowed or (allowed.startswith(".") and (host.endswith(allowed) or host == allowed[1:]))
