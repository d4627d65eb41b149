"""Background workers that may be killed: a task they were at is done again by another.

django-tasks-db leaves such a task RUNNING for ever. Here every worker has a pulse in the database, and each
looks after the others: what a silent worker was at becomes READY again. A task may therefore run twice, so
every task must be able to. One that ends its worker three times is given up, and the queue goes on.
"""

import contextlib
import logging
import threading
from collections.abc import Iterator

from django.db import Error, connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import BEAT, LOST_AFTER, WorkerPulse

ATTEMPTS = 3

logger = logging.getLogger(__name__)


class WorkerLostError(Exception):
    """A task's workers were killed while they were at it."""


def rerun_lost_tasks() -> int:
    """Make the tasks of dead workers ready again, or give them up; say how many are ready again."""
    alive = set(WorkerPulse.objects.alive().values_list("worker_id", flat=True))
    # Long enough ago for its worker to have had a pulse.
    old = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LOST_AFTER)
    lost = [task for task in old if not alive.intersection(task.worker_ids[-1:])]
    again = sum(_give_back(task) for task in lost)
    WorkerPulse.objects.lost().delete()
    return again


def _give_back(task: DBTaskResult) -> int:
    if len(task.worker_ids) >= ATTEMPTS:
        task.set_failed(WorkerLostError(f"The worker was killed {ATTEMPTS} times while it was at this task."))
        logger.error("Task %s was given up: its worker was killed %d times.", task.id, ATTEMPTS)
        return 0
    # The start is part of the condition: another worker may have done the same a moment ago.
    mine = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
    changed = mine.update(status=TaskResultStatus.READY, started_at=None)
    if changed:
        logger.warning("Task %s will run again: its worker was killed.", task.id)
    return changed


@contextlib.contextmanager
def pulse(worker_id: str) -> Iterator[None]:
    """Be seen as alive for as long as this lasts, also during a task, and look after the others."""
    ended = threading.Event()
    WorkerPulse.objects.beat(worker_id)
    beating = threading.Thread(target=_beat_until, args=(ended, worker_id), name="pulse", daemon=True)
    beating.start()
    try:
        yield
    finally:
        ended.set()
        beating.join()
        WorkerPulse.objects.filter(worker_id=worker_id).delete()


def _beat_until(ended: threading.Event, worker_id: str) -> None:
    while True:
        try:
            WorkerPulse.objects.beat(worker_id)
            rerun_lost_tasks()
        except Error as error:
            logger.warning("The worker's pulse could not be written: %s", error)
        finally:
            connection.close()
        if ended.wait(BEAT.total_seconds()):
            return
