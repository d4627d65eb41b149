"""Chainable questions to cases. Who may see what stands in `accounts/access.py` and with each model."""

from typing import TYPE_CHECKING
from uuid import UUID

from accounts.access import ReachQuerySet

if TYPE_CHECKING:
    from .models import Identification


class IdentificationQuerySet(ReachQuerySet):
    """Answers to cases."""

    def with_photos(self) -> "IdentificationQuerySet":
        """With case and photos, in a constant number of queries."""
        return self.select_related("case").prefetch_related("case__photos")

    def latest_of(self, public_id: UUID) -> "Identification | None":
        """The last answer to a case; None where none is among these."""
        return self.filter(case__public_id=public_id).order_by("-created_at", "-id").first()
