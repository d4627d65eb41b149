"""Look-alikes as pages show them: seen from one item, or side by side."""

from dataclasses import dataclass

from accounts.access import Reader

from .guide_index import strictest
from .models import Hazard, LegalStatus, LookAlike, LookAlikeMark, ReferenceItem


@dataclass(frozen=True, slots=True)
class Side:
    """One of two look-alikes, and how the law stands for it."""

    item: ReferenceItem
    strictest: LegalStatus | None
    # Some of it is in no list, beside what is listed.
    partly_listed: bool
    unlisted: LegalStatus | None


@dataclass(frozen=True, slots=True)
class Mistaken:
    """What an item is taken for."""

    pair: LookAlike
    other: Side


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two look-alikes side by side."""

    pair: LookAlike
    first: Side
    second: Side
    marks: list[LookAlikeMark]
    hazards: list[Hazard]

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.first, self.second


def mistaken_for(item: ReferenceItem, reader: Reader) -> list[Mistaken]:
    """What the reader is told that an item is taken for. Five queries."""
    pairs = (
        LookAlike.objects.visible_to(reader)
        .of(item)
        .select_related("first", "second")
        .prefetch_related(
            "first__common_names", "first__statuses", "second__common_names", "second__statuses"
        )
    )
    return [Mistaken(pair, _side(pair.second if pair.first_id == item.pk else pair.first)) for pair in pairs]


def compare(pair: LookAlike) -> Comparison:
    """The two sides of a pair. What can hurt on either stands once."""
    hazards = {hazard.pk: hazard for item in (pair.first, pair.second) for hazard in item.hazards.all()}
    return Comparison(
        pair,
        _side(pair.first),
        _side(pair.second),
        list(pair.marks.all()),
        list(hazards.values()),
    )


def _side(item: ReferenceItem) -> Side:
    statuses = [status for status in item.statuses.all() if not status.ended]
    unlisted = next((status for status in statuses if not status.listed), None)
    found = strictest(statuses)
    return Side(item, found, partly_listed=bool(found and unlisted), unlisted=unlisted)
