"""Chainable questions to cases. Who may see what stands in `accounts/access.py` and with each model."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

from accounts.access import ReachQuerySet

if TYPE_CHECKING:
    from .models import Identification, LearnedIndex


class IdentificationQuerySet(ReachQuerySet):
    """Answers to cases."""

    def with_photos(self) -> "IdentificationQuerySet":
        """With case and photos, in a constant number of queries."""
        return self.select_related("case").prefetch_related("case__photos")

    def latest_of(self, public_id: UUID) -> "Identification | None":
        """The last answer to a case; None where none is among these."""
        return self.filter(case__public_id=public_id).order_by("-created_at", "-id").first()


class LearnedIndexQuerySet(models.QuerySet):
    """What the recogniser has learned."""

    def current(self) -> "LearnedIndex | None":
        """The one that answers. An older one that was finished late never comes back."""
        return self.filter(state="ready").order_by("-pk").first()

    def before(self, learned: "LearnedIndex") -> "LearnedIndex | None":
        """The one that answered before it."""
        return self.filter(state="ready", pk__lt=learned.pk).order_by("-pk").first()

    def unfinished(self) -> "LearnedIndexQuerySet":
        return self.filter(state__in=["waiting", "learning"])
