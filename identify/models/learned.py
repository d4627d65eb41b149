"""What the recogniser has learned from the guide's reference photos: one row each time they change."""

from dataclasses import dataclass
from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from identify.querysets import LearnedIndexQuerySet


def index_storage() -> Storage:
    return storages["private"]


def index_path(learned: "LearnedIndex", _name: str) -> str:
    return f"indexes/{learned.pk}-{learned.version}.safetensors"


@dataclass(frozen=True, slots=True)
class ItemLearned:
    """How well an item was recognised: `right` of `tested` photos whose specimen was left out."""

    photos: int
    specimens: int
    tested: int
    right: int
    calibrated: bool


class LearnedIndex(models.Model):
    """One index. The newest that is ready answers; it takes over in one step, when its row says READY."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for the worker")
        LEARNING = "learning", _("Being learned")
        READY = "ready", _("In use")
        FAILED = "failed", _("Failed")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    requested_at = models.DateTimeField(_("photos changed at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("followed at"), null=True)
    version = models.CharField(_("version"), max_length=16, blank=True)
    # Empty where fewer than two items have photos: then names alone answer.
    file = models.FileField(
        _("index"), storage=index_storage, upload_to=index_path, max_length=200, blank=True
    )
    backbone = models.CharField(_("backbone"), max_length=80, blank=True)
    photos = models.PositiveIntegerField(_("photos"), default=0)
    items = models.JSONField(_("how well each item is recognised"), default=dict)
    notices = models.JSONField(_("what to look at"), default=list)
    problem = models.TextField(_("what went wrong"), blank=True)

    objects = LearnedIndexQuerySet.as_manager()

    class Meta:
        verbose_name = _("learned index")
        verbose_name_plural = _("learned indexes")
        ordering = ["-id"]
        constraints = [
            # However many photos are published at once, they wait for one learning.
            models.UniqueConstraint(fields=["state"], condition=Q(state="waiting"), name="one_index_waits")
        ]

    def __str__(self) -> str:
        return self.version or str(self.pk)

    def learned_of(self, key: str) -> ItemLearned | None:
        """What it knows of an item; None where the item had no photo in it."""
        row: dict[str, Any] | None = self.items.get(key)
        return ItemLearned(**row) if row else None
