"""An item's page, and searches, in a guide of 5,000 items against one of 50.

Names are made of a vocabulary that grows with the guide, as real names are: a word stands in a few of them.
"""

import itertools
import statistics
import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content.models import CommonName, FieldMark, HSLink, LegalStatus, LookAlike, ReferenceItem
from content.searching.terms import indexed_together
from tests.identify.guide import AS_OF

FEW, MANY = 50, 5000
MAY_TAKE = 1.5  # times
WARM_UP, TIMES = 5, 40
SYLLABLES = ["ba", "ke", "lo", "mi", "nu", "pa", "re", "si", "to", "vu"]
PAGES = {
    "an item's page": "/en/guide/item-7/",
    "a search": "/en/guide/search/?q={word}",
    "a misspelt search": "/en/guide/search/?q={misspelt}",
    "a search as one types": "/en/guide/search/?q={beginning}&only=results",
}


def word(number: int) -> str:
    """A word of five syllables, another for each number."""
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:05d}")


ADDRESSES = {
    name: address.format(word=word(7), misspelt=word(7)[1:], beginning=word(7)[:9])
    for name, address in PAGES.items()
}


@pytest.mark.django_db
def test_the_guide_is_as_quick_with_5000_items_as_with_50(capsys):
    client = Client()
    _make_items(0, FEW)
    few = {name: _measured(client, address) for name, address in ADDRESSES.items()}
    _make_items(FEW, MANY)
    many = {name: _measured(client, address) for name, address in ADDRESSES.items()}

    with capsys.disabled():
        print(f"\n{'measured':<28}{f'ms, {FEW}':>10}{f'ms, {MANY}':>10}{'ratio':>8}{'queries':>9}{'then':>6}")
        for name in ADDRESSES:
            (before, queries), (after, then) = few[name], many[name]
            print(f"{name:<28}{before:>10.1f}{after:>10.1f}{after / before:>8.2f}{queries:>9}{then:>6}")
        print(f"median of {TIMES} after {WARM_UP}")
    for name in ADDRESSES:
        assert many[name][1] == few[name][1], name
        assert many[name][0] / few[name][0] <= MAY_TAKE, name


def _make_items(begin: int, end: int) -> None:
    """Items in groups of ten, each with two names, a listing, a code and a look-alike in its group."""
    numbers = range(begin, end)
    ReferenceItem.objects.bulk_create(
        ReferenceItem(
            key=f"item-{number}",
            kind=ReferenceItem.Kind.PRODUCT,
            form=ReferenceItem.Form.TUSK_OR_TOOTH,
            position=number,
            summary_en=f"What is made of {word(number)} and nothing else.",
        )
        for number in numbers
    )
    items = list(ReferenceItem.objects.filter(position__gte=begin).order_by("position"))
    _add(items, lambda item: CommonName(language="en", preferred=True, name=f"Carved {word(item.position)}"))
    _add(items, lambda item: CommonName(language="fr", name=word(item.position)[::-1]))
    _add(items, lambda item: FieldMark(key="mark", text_en="Look closely.", source="A handbook"))
    _add(items, lambda item: HSLink(code=f"{item.position % 97:02d}07.10", role="proper"))
    listing = {"instrument": "cites", "listing": "I", "as_of": AS_OF, "source": "A list"}
    _add(items, lambda item: LegalStatus(key="one", condition_en="All.", **listing))
    LookAlike.objects.bulk_create(
        LookAlike(key=f"{item.key}--{after.key}", first=item, second=after, deciding_en="Look.")
        for item, after in itertools.pairwise(items)
    )
    with indexed_together():
        pass


def _add(items: list[ReferenceItem], make: Callable[[ReferenceItem], Model]) -> None:
    parts = []
    for item in items:
        part = make(item)
        part.item = item
        parts.append(part)
    type(parts[0]).objects.bulk_create(parts)


def _measured(client: Client, address: str) -> tuple[float, int]:
    """Milliseconds and queries of a page."""
    times = []
    for _ in range(WARM_UP + TIMES):
        began = time.perf_counter()
        assert client.get(address).status_code == 200
        times.append(1000 * (time.perf_counter() - began))
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return statistics.median(times[WARM_UP:]), len(captured)
