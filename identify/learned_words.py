"""How well an item is recognised, in words that promise no more than a few photos can."""

from dataclasses import dataclass
from math import sqrt

from django.utils.translation import gettext, ngettext

from .models.learned import ItemLearned, LearnedIndex

# From here on a rate may stand alone; with fewer photos the range that it may lie in stands beside it.
ENOUGH = 50
TWO_SIDED_95 = 1.96


@dataclass(frozen=True, slots=True)
class LearnedRow:
    """One item: how it was recognised before the photos changed, and now."""

    key: str
    name: str
    now: ItemLearned | None
    before: ItemLearned | None

    @property
    def now_in_words(self) -> str:
        return in_words(self.now)

    @property
    def before_in_words(self) -> str:
        return in_words(self.before)

    @property
    def changed(self) -> bool:
        return self.now != self.before


def learned_rows(
    learned: LearnedIndex, before: LearnedIndex | None, names: dict[str, str]
) -> list[LearnedRow]:
    """Every item that has photos, or had; those that changed first."""
    keys = learned.items.keys() | (before.items.keys() if before else set())
    rows = [
        LearnedRow(
            key, names.get(key, key), learned.learned_of(key), before.learned_of(key) if before else None
        )
        for key in keys
    ]
    return sorted(rows, key=lambda row: (not row.changed, row.name.lower()))


def in_words(learned: ItemLearned | None) -> str:
    """Right in how many photos of specimens that it had not seen, and what that is worth."""
    if learned is None:
        return gettext("No photos.")
    if not learned.tested:
        return gettext("Can't be measured: all photos show one specimen. Add photos of a second one.")
    counted = ngettext(
        "Right in %(right)d of %(tested)d photo of a specimen it had not seen.",
        "Right in %(right)d of %(tested)d photos of specimens it had not seen.",
        learned.tested,
    ) % {"right": learned.right, "tested": learned.tested}
    if learned.tested >= ENOUGH:
        return counted
    low, high = likely_range(learned.right, learned.tested)
    few = gettext("With so few, anything from %(low)d %% to %(high)d %% is possible.") % {
        "low": round(100 * low),
        "high": round(100 * high),
    }
    return f"{counted} {few}"


def likely_range(right: int, tested: int) -> tuple[float, float]:
    """The 95 % range of a rate from 0 to 1 (Wilson 1927)."""
    rate, squared = right / tested, TWO_SIDED_95**2
    middle = (rate + squared / (2 * tested)) / (1 + squared / tested)
    half = (
        TWO_SIDED_95 / (1 + squared / tested) * sqrt(rate * (1 - rate) / tested + squared / (4 * tested**2))
    )
    return max(0.0, middle - half), min(1.0, middle + half)
