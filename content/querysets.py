"""Chainable questions to the guide."""

from django.db import models


class ReferenceItemQuerySet(models.QuerySet):
    """Items of the reference guide."""

    def for_answer(self) -> "ReferenceItemQuerySet":
        """With everything an answer shows, in a constant number of queries."""
        return self.select_related("documents", "next_steps", "protocol").prefetch_related(
            "common_names", "field_marks", "hazards", "hs_links", "statuses"
        )
