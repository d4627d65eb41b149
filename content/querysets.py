"""Chainable questions to the guide, the country sheets and the notices."""

import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.access import ReachQuerySet

if TYPE_CHECKING:
    from accounts.models import Administration, User

    from .models import Notice, ReferenceItem


class ReferenceItemQuerySet(ReachQuerySet):
    """Items of the reference guide."""

    def for_answer(self) -> "ReferenceItemQuerySet":
        """With everything an answer shows, in a constant number of queries."""
        return self.select_related("documents", "next_steps", "after_detention", "protocol").prefetch_related(
            "common_names", "field_marks", "hazards", "hs_links", "statuses"
        )

    def lineages(self) -> dict[int, set[int]]:
        """For every item, by primary key: itself and all it belongs to. A cycle in the data ends the walk."""
        parents = dict(self.values_list("pk", "parent_id"))
        found: dict[int, set[int]] = {}
        for pk in parents:
            above: int | None = pk
            line: set[int] = set()
            while above is not None and above not in line:
                line.add(above)
                above = parents.get(above)
            found[pk] = line
        return found


class ReferencePhotoQuerySet(ReachQuerySet):
    """Photos of known specimens."""

    def to_learn_from(self) -> "ReferencePhotoQuerySet":
        """The published photos of published items."""
        return self.filter(live=True, item__live=True).select_related("item")


class LookAlikeQuerySet(ReachQuerySet):
    """Pairs of things that are taken for each other."""

    def of(self, item: "ReferenceItem") -> "LookAlikeQuerySet":
        """The pairs in which an item is one side."""
        return self.filter(Q(first=item) | Q(second=item))


class ProtocolQuerySet(models.QuerySet):
    """Protocols."""

    def whole(self) -> "ProtocolQuerySet":
        """With all its steps, answers and outcomes, in a constant number of queries."""
        return self.prefetch_related("steps__answers", "outcomes")


class CountrySheetQuerySet(models.QuerySet):
    """Country sheets of administrations."""

    def published_by(self, administration: "Administration | None") -> "CountrySheetQuerySet":
        """The sheet that an administration has published, with all its parts."""
        return (
            self.filter(administration=administration, live=True)
            .select_related("administration")
            .prefetch_related("authorities", "rules", "tariff_lines")
        )

    def read_by(self, user: "User | AnonymousUser") -> "CountrySheetQuerySet":
        """The published sheet of the reader's own administration, and no other.

        A sheet may hold numbers that only ring at a duty desk: whoever is not approved by that
        administration sees none of it.
        """
        if not user.is_authenticated or not user.approved or user.administration_id is None:
            return self.none()
        return self.published_by(user.administration)

    def edited_by(self, user: "User | AnonymousUser") -> "CountrySheetQuerySet":
        """The sheets that a person may see and edit in the admin: the own one; administrators all."""
        if not user.is_authenticated or not user.approved:
            return self.none()
        if user.is_superuser:
            return self.all()
        return self.filter(administration_id=user.administration_id or 0)


class LawChangeQuerySet(ReachQuerySet):
    """Changes of law."""

    def written(self) -> "LawChangeQuerySet":
        """Those that stand in the items now."""
        return self.filter(state__in=["announced", "in-effect"])

    def due(self) -> "LawChangeQuerySet":
        """Announced ones whose day has come."""
        return self.filter(state="announced", effective_on__lte=timezone.localdate())

    def since(self, day: datetime.date) -> "LawChangeQuerySet":
        return self.filter(effective_on__gte=day)

    def of_item(self, item: "ReferenceItem") -> "LawChangeQuerySet":
        return self.filter(provisions__places__item=item).distinct()

    def whole(self) -> "LawChangeQuerySet":
        """With what they change and the items, in a constant number of queries."""
        return self.prefetch_related("provisions__places__item__common_names")


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
