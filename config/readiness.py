"""Whether the site can do its work: what is checked, and what to do about it, in words for who runs it.

Without the first five the site can't serve pages. Without the rest it serves them, but lacks something.
"""

import secrets
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.templatetags.static import static
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from .models import WorkerPulse

OK = "ok"
LATE_SECONDS = 600
REMEMBERED_SECONDS = 5
DATABASE_TASKS = "django_tasks_db.DatabaseBackend"
REDIS_TASKS = "django_tasks_rq.RQBackend"


def readiness() -> dict[str, str]:
    """Each check with “ok” or what is wrong. No errors' own words: they may hold hosts and names."""
    return {name: _asked(check) for name, check in CHECKS.items()}


def can_serve(found: dict[str, str]) -> bool:
    return all(found[name] == OK for name in NEEDED)


class Remembered:
    """The checks' last answer, for a few seconds: a stranger who asks again and again costs nothing."""

    def __init__(self) -> None:
        self._at = float("-inf")
        self._found: dict[str, str] = {}

    def __call__(self) -> dict[str, str]:
        if time.monotonic() - self._at > REMEMBERED_SECONDS:
            self._found = readiness()
            self._at = time.monotonic()
        return self._found


def waiting_tasks() -> tuple[int, float]:
    """How many tasks wait for a worker, and for how many seconds the oldest has."""
    if _task_backend() == REDIS_TASKS:
        jobs = _redis_queue().get_jobs()
        since = [job.enqueued_at for job in jobs if job.enqueued_at]
    else:
        since = list(DBTaskResult.objects.ready().values_list("enqueued_at", flat=True))
    now = timezone.now()
    return len(since), max(((now - moment).total_seconds() for moment in since), default=0.0)


def workers_alive() -> int:
    if _task_backend() == REDIS_TASKS:
        from rq import Worker

        return Worker.count(queue=_redis_queue())
    return WorkerPulse.objects.alive().count()


def _asked(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception:
        return f"{(check.__doc__ or '').strip()} does not answer."


def _database() -> str:
    """The database"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


_migrated: set[str] = set()


def _migrations() -> str:
    """The record of migrations"""
    if connection.alias not in _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "The database is older than the code. Run manage.py migrate."
        # Once they are all applied they stay so, for as long as this process runs this code.
        _migrated.add(connection.alias)
    return OK


def _cache() -> str:
    """The cache"""
    token = secrets.token_hex(8)
    cache.set("readiness", token, 30)
    # Another process may have asked at the same moment.
    return OK if cache.get("readiness") else "The cache forgets at once. Look at REDIS_URL, or at VAR_DIR."


def _files() -> str:
    """The store of files"""
    for alias in ("default", "private"):
        name = storages[alias].save("readiness/probe", ContentFile(b"ready"))
        storages[alias].delete(name)
    return OK


def _static() -> str:
    """The folder of static files"""
    try:
        static("content/quaymark.css")
    except ValueError:
        return "The static files are not collected. Run manage.py collectstatic."
    return OK


def _recogniser() -> str:
    """The folder of the recogniser"""
    if any(Path(settings.MODELS_ROOT).rglob("*.onnx")):
        return OK
    return "The recogniser's backbone is not there. Run python -m ml export, or set MODELS_ROOT."


def _worker() -> str:
    """The queue of tasks"""
    if _task_backend() not in (DATABASE_TASKS, REDIS_TASKS):
        return OK
    if not workers_alive():
        return "No worker is running. Start one."
    if waiting_tasks()[1] > LATE_SECONDS:
        return "Tasks have waited for more than ten minutes. Look at the worker's log, or start another."
    return OK


def _task_backend() -> str:
    return str(settings.TASKS["default"]["BACKEND"])


def _redis_queue():  # type: ignore[no-untyped-def]  # rq's own types need the extra `scale`
    import django_rq

    return django_rq.get_queue("default")


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "cache": _cache,
    "files": _files,
    "static": _static,
    "recogniser": _recogniser,
    "worker": _worker,
}
NEEDED = ("database", "migrations", "cache", "files", "static")
