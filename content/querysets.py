"""Chainable questions to the guide."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone


class ReferenceItemQuerySet(models.QuerySet):
    """Items of the reference guide."""

    def known_by_name(self) -> "ReferenceItemQuerySet":
        """Items for which the default backbone has class vectors of its own."""
        return self.exclude(backbone_classes=[])

    def roots(self) -> "ReferenceItemQuerySet":
        return self.filter(parent=None)

    def for_answer(self) -> "ReferenceItemQuerySet":
        """With everything an answer shows, in a constant number of queries."""
        return self.select_related("documents", "next_steps", "protocol").prefetch_related(
            "common_names", "field_marks", "hazards", "hs_links", "statuses"
        )


class LegalStatusQuerySet(models.QuerySet):
    """Legal statuses as they stand on a day."""

    def in_force(self, day: datetime.date | None = None) -> "LegalStatusQuerySet":
        day = day or timezone.localdate()
        return self.filter(
            Q(in_force_from=None) | Q(in_force_from__lte=day),
            Q(in_force_until=None) | Q(in_force_until__gte=day),
        )

    def not_yet_in_force(self, day: datetime.date | None = None) -> "LegalStatusQuerySet":
        return self.filter(in_force_from__gt=day or timezone.localdate())
