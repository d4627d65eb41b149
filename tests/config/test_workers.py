"""Background work outlives the worker that was at it."""

import datetime

import pytest
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.tasks import update_reference_index_task

from config import workers
from config.models import LOST_AFTER, WorkerPulse
from config.workers import rerun_lost_tasks

LONG_AGO = datetime.timedelta(hours=1)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def database_tasks(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def task_of(*workers: str, started: datetime.timedelta = LONG_AGO, **fields: object) -> DBTaskResult:
    """A task that these workers were at, one after the other."""
    update_reference_index_task.enqueue("accounts", "user", 1)
    task = DBTaskResult.objects.latest("enqueued_at")
    values = {"status": TaskResultStatus.RUNNING, "started_at": timezone.now() - started, **fields}
    DBTaskResult.objects.filter(pk=task.pk).update(worker_ids=list(workers), **values)
    task.refresh_from_db()
    return task


def silent(worker: str) -> None:
    WorkerPulse.objects.create(worker_id=worker, seen_at=timezone.now())
    WorkerPulse.objects.filter(worker_id=worker).update(seen_at=Now() - 2 * LOST_AFTER)


def test_a_task_of_a_silent_worker_is_ready_again():
    silent("killed")
    task = task_of("killed")
    assert rerun_lost_tasks() == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY
    assert list(DBTaskResult.objects.ready()) == [task]
    assert not WorkerPulse.objects.exists()


def test_a_task_of_a_living_worker_is_left_alone_however_long_it_takes():
    WorkerPulse.objects.beat("busy")
    task = task_of("busy")
    assert rerun_lost_tasks() == 0
    task.refresh_from_db()
    assert task.status == TaskResultStatus.RUNNING


def test_a_task_that_has_only_begun_is_left_alone():
    task_of("new", started=datetime.timedelta(seconds=1))
    assert rerun_lost_tasks() == 0


def test_it_is_the_last_worker_that_counts():
    WorkerPulse.objects.beat("second")
    task_of("killed", "second")
    assert rerun_lost_tasks() == 0


def test_finished_tasks_are_never_done_again():
    for status in (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED):
        task_of("killed", status=status)
    assert rerun_lost_tasks() == 0


def test_a_task_that_kills_every_worker_is_given_up():
    task = task_of("first", "second", "third")
    assert rerun_lost_tasks() == 0
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED
    assert "killed 3 times" in task.traceback


def test_two_workers_that_look_at_once_give_it_back_once(monkeypatch):
    task = task_of("killed")
    stale = DBTaskResult.objects.get(pk=task.pk)
    assert workers._give_back(task) == 1
    DBTaskResult.objects.get(pk=task.pk).claim("third")
    assert workers._give_back(stale) == 0
    task.refresh_from_db()
    assert task.status == TaskResultStatus.RUNNING


def test_a_worker_lives_while_it_beats():
    WorkerPulse.objects.beat("one")
    silent("two")
    assert [pulse.worker_id for pulse in WorkerPulse.objects.alive()] == ["one"]
    WorkerPulse.objects.beat("two")
    assert WorkerPulse.objects.alive().count() == 2
