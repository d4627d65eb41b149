"""Chainable questions to cases; who may see what stands here and nowhere else."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import models

if TYPE_CHECKING:
    from accounts.models import User

    from .models import Identification


class CaseQuerySet(models.QuerySet):
    """Cases of officers."""

    def visible_to(self, user: "User | AnonymousUser") -> "CaseQuerySet":
        """An officer's own cases; nobody else's."""
        return self.filter(officer=user) if user.is_authenticated else self.none()


class PhotoQuerySet(models.QuerySet):
    """Photos of cases."""

    def visible_to(self, user: "User | AnonymousUser") -> "PhotoQuerySet":
        """Photos of the cases that the person may see."""
        return self.filter(case__officer=user) if user.is_authenticated else self.none()


class IdentificationQuerySet(models.QuerySet):
    """Answers to cases."""

    def visible_to(self, user: "User | AnonymousUser") -> "IdentificationQuerySet":
        """Answers of the cases that the person may see."""
        return self.filter(case__officer=user) if user.is_authenticated else self.none()

    def with_photos(self) -> "IdentificationQuerySet":
        """With case and photos, in a constant number of queries."""
        return self.select_related("case").prefetch_related("case__photos")

    def latest_of(self, public_id: UUID) -> "Identification | None":
        """The last answer to a case; None where none is among these."""
        return self.filter(case__public_id=public_id).order_by("-created_at", "-id").first()
