"""`manage.py worker`, in processes that can really be killed."""

import datetime
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.models.functions import Now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from config.models import LOST_AFTER, WorkerPulse
from tests.config.slow_task import work_until_told

CHECKOUT = Path(__file__).resolve().parents[2]
LIMIT = 180  # seconds
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
Start = Callable[..., subprocess.Popen]


@pytest.fixture(autouse=True)
def database_tasks(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[subprocess.Popen] = []

    def start_worker(*arguments: str) -> subprocess.Popen:
        own = {"DATABASE_URL": address(), "VAR_DIR": str(tmp_path)}
        own["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
        command = [sys.executable, "manage.py", "worker", "--interval", "0.1", "--no-startup-delay"]
        started.append(subprocess.Popen([*command, *arguments], cwd=CHECKOUT, env={**os.environ, **own}))
        return started[-1]

    yield start_worker
    for process in started:
        process.kill()
        process.wait()


def address() -> str:
    """Of the test's own database."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    person = found["USER"] + (f":{found['PASSWORD']}" if found["PASSWORD"] else "")
    return f"postgres://{person}@{found['HOST'] or '127.0.0.1'}:{found['PORT'] or 5432}/{found['NAME']}"


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LIMIT
    while not true():
        assert time.monotonic() < deadline, "It did not happen"
        time.sleep(0.05)


def a_minute_passes() -> None:
    WorkerPulse.objects.update(seen_at=Now() - LOST_AFTER)
    DBTaskResult.objects.update(started_at=Now() - 2 * LOST_AFTER + datetime.timedelta(seconds=1))


def test_what_a_killed_worker_was_at_is_done_by_the_next(start: Start, tmp_path: Path):
    work_until_told.enqueue(str(tmp_path))
    first = start("--worker-id", "first")
    until((tmp_path / "begun").exists)
    first.kill()
    first.wait()
    task = DBTaskResult.objects.get()
    assert task.status == TaskResultStatus.RUNNING
    a_minute_passes()
    (tmp_path / "end").touch()

    second = start("--worker-id", "second", "--max-tasks", "1")

    assert second.wait(timeout=LIMIT) == 0
    task.refresh_from_db()
    assert task.status == TaskResultStatus.SUCCESSFUL, task.traceback
    assert task.worker_ids == ["first", "second"]
    assert (tmp_path / "begun").read_text() == "begun\nbegun\n"
    assert not WorkerPulse.objects.exists()


def test_told_to_go_it_ends_its_task_first(start: Start, tmp_path: Path):
    work_until_told.enqueue(str(tmp_path))
    worker = start()
    until((tmp_path / "begun").exists)
    worker.send_signal(signal.SIGTERM)
    (tmp_path / "end").touch()
    assert worker.wait(timeout=LIMIT) == 0
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL
    assert not WorkerPulse.objects.exists()
