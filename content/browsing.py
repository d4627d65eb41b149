"""The guide as shelves: by part or device, by convention and listing, by customs code.

Each function takes the items or codes that the reader may see, and asks the database a constant number of
times; a shelf is counted before it is opened.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from .guide_index import strictest
from .hs_chapters import CHAPTERS
from .models import HSLink, LegalStatus, ReferenceItem
from .querysets import ReferenceItemQuerySet


@dataclass(frozen=True, slots=True)
class Shelf:
    """A group of items: what it is called, how many there are, and where they stand."""

    key: str
    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """Two digits of the Harmonized System, and the headings below that the guide knows."""

    code: str
    about: str
    headings: list[Shelf]


@dataclass(frozen=True, slots=True)
class Placed:
    """An item on a shelf, with its strictest listing."""

    item: ReferenceItem
    strictest: LegalStatus | None
    codes: tuple[str, ...] = ()
    hidden: bool = False


def by_part(items: ReferenceItemQuerySet) -> list[Shelf]:
    """A shelf for each part or device that occurs, in the order of the record's choices."""
    counts = dict(items.order_by().values_list("form").annotate(Count("pk")))
    return [
        Shelf(value, str(label), counts[value], reverse("guide:part", args=[value]))
        for value, label in ReferenceItem.Form.choices
        if counts.get(value)
    ]


def by_convention(items: ReferenceItemQuerySet) -> dict[str, list[Shelf]]:
    """For each instrument's name its listings: those in force and those to come, and what is in no list."""
    rows = (
        LegalStatus.objects.filter(item__in=items)
        .filter(_not_ended())
        .order_by()
        .values_list("instrument", "listing")
        .annotate(Count("item", distinct=True))
    )
    shelves: dict[str, list[Shelf]] = {}
    for instrument, listing, count in sorted(rows, key=lambda row: (row[1] == "", row[1])):
        address = reverse("guide:listing", args=[instrument, listing or "none"])
        shelves.setdefault(instrument, []).append(Shelf(instrument, listing, count, address))
    order = [instrument for instrument in LegalStatus.Instrument.values if instrument in shelves]
    return {instrument: shelves[instrument] for instrument in order}


def listed_under(items: ReferenceItemQuerySet, instrument: str, listing: str) -> list[Placed]:
    """The items with that listing; for an empty one, those of which some or all are in no list."""
    statuses = LegalStatus.objects.filter(_not_ended(), instrument=instrument, listing=listing)
    return placed(items.filter(pk__in=statuses.values("item")))


def by_code(codes: Iterable[HSLink]) -> list[Chapter]:
    """Chapter, then heading; a heading counts its items once."""
    found = {(link.code[:4], link.item_id) for link in codes}
    counts = Counter(heading for heading, _item in found)
    chapters: dict[str, list[Shelf]] = {}
    for heading in sorted(counts):
        shelf = Shelf(heading, heading, counts[heading], reverse("guide:heading", args=[heading]))
        chapters.setdefault(heading[:2], []).append(shelf)
    return [Chapter(code, str(CHAPTERS.get(code, "")), headings) for code, headings in chapters.items()]


def under_heading(items: ReferenceItemQuerySet, codes: Iterable[HSLink]) -> dict[str, list[Placed]]:
    """For each role of a code in that heading, the items with their codes: where they belong comes first."""
    links = list(codes)
    known = {row.item.pk: row for row in placed(items.filter(pk__in={link.item_id for link in links}))}
    found: dict[str, list[Placed]] = {}
    for role in map(HSLink.Role, HSLink.Role.values):
        of_role: dict[int, list[str]] = {}
        for link in links:
            if link.role == role:
                of_role.setdefault(link.item_id, []).append(link.code)
        rows = [
            Placed(row.item, row.strictest, tuple(sorted(of_role[pk])), role == HSLink.Role.MISUSED)
            for pk, row in known.items()
            if pk in of_role
        ]
        if rows:
            found[str(role.label)] = rows
    return found


def placed(items: ReferenceItemQuerySet) -> list[Placed]:
    """The items in the order of the guide. Three queries."""
    return [
        Placed(item, strictest(item.statuses.all()))
        for item in items.prefetch_related("common_names", "statuses")
    ]


def _not_ended() -> Q:
    return Q(in_force_until=None) | Q(in_force_until__gte=timezone.localdate())
