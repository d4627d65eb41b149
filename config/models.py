"""What the house as a whole keeps: which background workers are alive."""

import datetime

from django.db import models
from django.db.models.functions import Now

BEAT = datetime.timedelta(seconds=10)
LOST_AFTER = datetime.timedelta(seconds=60)


class WorkerPulseQuerySet(models.QuerySet["WorkerPulse"]):
    """By the database's clock, so that the clocks of several machines may differ."""

    def alive(self) -> "WorkerPulseQuerySet":
        return self.filter(seen_at__gt=Now() - LOST_AFTER)

    def lost(self) -> "WorkerPulseQuerySet":
        return self.filter(seen_at__lte=Now() - LOST_AFTER)

    def beat(self, worker_id: str) -> None:
        self.update_or_create(worker_id=worker_id, defaults={"seen_at": Now()})


class WorkerPulse(models.Model):
    """A worker that says every few seconds that it is there; one that falls silent has died."""

    worker_id = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    objects = WorkerPulseQuerySet.as_manager()

    def __str__(self) -> str:
        return self.worker_id
