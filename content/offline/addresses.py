"""Which addresses a copy of the guide holds: those that everybody may read, in the language in force."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import Min
from django.urls import reverse

from content.browsing import by_code, by_convention, by_part
from content.legal import CHECK_AGAIN_AFTER
from content.models import HSLink, LookAlike, Protocol, ReferenceItem
from content.refrigerants.records import refrigerants

# A copy is read by whoever holds the phone.
STRANGER = AnonymousUser()


@dataclass(frozen=True, slots=True)
class Address:
    """A page with its query, and the day after which the law on it is to be checked again."""

    path: str
    check_again_after: datetime.date | None = None


def addresses() -> list[Address]:
    """Every page of the copy. Six queries, however large the guide is."""
    items = ReferenceItem.objects.visible_to(STRANGER)
    codes = HSLink.objects.visible_to(STRANGER).filter(item__in=items)
    lists = [
        *(reverse(f"guide:{name}") for name in ("items", "search", "parts", "conventions", "codes")),
        *(reverse(f"guide:{name}") for name in ("protocols", "refrigerants", "offline", "not_kept")),
        *(shelf.url for shelf in by_part(items)),
        *(shelf.url for shelves in by_convention(items).values() for shelf in shelves),
        *(shelf.url for chapter in by_code(codes) for shelf in chapter.headings),
        *(protocol.get_absolute_url() for protocol in Protocol.objects.only("key")),
        *(gas_address(key) for key in refrigerants().by_key),
    ]
    return [*map(Address, lists), *_items(), *_pairs()]


def gas_address(key: str) -> str:
    return f"{reverse('guide:refrigerants')}?{urlencode({'q': key})}"


def names_path() -> str:
    """Where a phone keeps the index of names; the server has nothing there."""
    return reverse("guide:offline") + "names.json"


def _items() -> list[Address]:
    items = ReferenceItem.objects.visible_to(STRANGER).annotate(as_of=Min("statuses__as_of"))
    return [
        Address(reverse("guide:item", args=[key]), _after(as_of))
        for key, as_of in items.values_list("key", "as_of")
    ]


def _pairs() -> list[Address]:
    pairs = LookAlike.objects.visible_to(STRANGER).annotate(
        first_as_of=Min("first__statuses__as_of"), second_as_of=Min("second__statuses__as_of")
    )
    rows = pairs.values_list("first__key", "second__key", "first_as_of", "second_as_of")
    return [
        Address(reverse("guide:compare", args=[first, second]), _after(*days))
        for first, second, *days in rows
    ]


def _after(*as_of: datetime.date | None) -> datetime.date | None:
    days = [day for day in as_of if day]
    return min(days) + CHECK_AGAIN_AFTER if days else None
