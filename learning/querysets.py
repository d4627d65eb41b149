"""Chainable questions to what people have done."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

from content.models import ModulePage

if TYPE_CHECKING:
    from accounts.models import User


class EnrolmentQuerySet(models.QuerySet):
    """Enrolments, by person and module."""

    def of(self, user: "User") -> "EnrolmentQuerySet":
        return self.filter(user=user)

    def in_module(self, module_key: UUID) -> "EnrolmentQuerySet":
        return self.filter(module_key=module_key)

    def with_progress(self) -> "EnrolmentQuerySet":
        """With everything that progress is reckoned from, in a constant number of queries."""
        return self.prefetch_related("lessons", "attempts")


class AttemptQuerySet(models.QuerySet):
    """Attempts, by person, module and state."""

    def of(self, user: "User") -> "AttemptQuerySet":
        return self.filter(enrolment__user=user)

    def at_address(self, slug: str) -> "AttemptQuerySet":
        """Attempts at the quiz of the module with this address, in whatever language."""
        return self.filter(enrolment__module_key__in=_module_keys(slug))

    def open(self) -> "AttemptQuerySet":
        return self.filter(state=self.model.State.STARTED)


class AttemptAnswerQuerySet(models.QuerySet):
    """Places in an attempt, with or without an answer."""

    def of(self, user: "User") -> "AttemptAnswerQuerySet":
        return self.filter(attempt__enrolment__user=user)

    def at_address(self, slug: str, number: int) -> "AttemptAnswerQuerySet":
        """The places of a person's attempt of this number at a module's quiz."""
        return self.filter(attempt__enrolment__module_key__in=_module_keys(slug), attempt__number=number)

    def unanswered(self) -> "AttemptAnswerQuerySet":
        return self.filter(answered_at=None)

    def with_words(self) -> "AttemptAnswerQuerySet":
        return self.select_related("question").prefetch_related("question__choices")


def _module_keys(slug: str) -> models.QuerySet:
    return ModulePage.objects.filter(slug=slug).values("translation_key")
