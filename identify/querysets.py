"""Chainable questions to cases; who may see what stands here and nowhere else."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import models

if TYPE_CHECKING:
    from accounts.models import User


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

    def latest_first(self) -> "IdentificationQuerySet":
        return self.order_by("-created_at", "-id")
