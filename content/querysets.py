"""Chainable questions to the guide and the notices."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.access import ReachQuerySet

if TYPE_CHECKING:
    from accounts.models import User

    from .models import Notice


class ReferenceItemQuerySet(ReachQuerySet):
    """Items of the reference guide."""

    def for_answer(self) -> "ReferenceItemQuerySet":
        """With everything an answer shows, in a constant number of queries."""
        return self.select_related("documents", "next_steps", "protocol").prefetch_related(
            "common_names", "field_marks", "hazards", "hs_links", "statuses"
        )


class NoticeQuerySet(models.QuerySet):
    """Terms and privacy notices."""

    def in_force_for(self, administration_id: int | None) -> "list[Notice]":
        """The notices that hold today, one a kind: the administration's own, else the installation's."""
        candidates = self.filter(
            Q(administration=None) | Q(administration=administration_id), valid_from__lte=timezone.localdate()
        ).order_by(F("administration").asc(nulls_first=True), "valid_from", "version")
        latest = {notice.kind: notice for notice in candidates}
        return [latest[kind] for kind in ("privacy", "terms") if kind in latest]

    def due(self, person: "User") -> "list[Notice]":
        """What holds for a person who has not accepted it yet. One query."""
        accepted = Exists(
            apps.get_model("content", "Acceptance").objects.filter(notice=OuterRef("pk"), person=person)
        )
        in_force = self.annotate(accepted=accepted).in_force_for(person.administration_id)
        return [notice for notice in in_force if not notice.accepted]
