"""Listed things and the unlisted ones that look like them: how often each is taken for the other.

At the operating threshold an officer is told to hold and check where a listed thing stands in
the 90 % candidate set. So a listed thing is *missed* where no listed thing stands in it, and an
unlisted thing raises an *alarm* where one does. Listed is what the pairs call so.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ml.evaluate import QueryResult
from ml.photo_sets import PhotoSetError, specimen_of

RESAMPLES = 2000
SEED = 2026
OUTSIDE = 0.025  # on each side of the interval


@dataclass(frozen=True, slots=True)
class Pair:
    listed: str
    unlisted: str


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of queries with its 95 % interval over specimens, which photos of one are no part of."""

    share: float
    low: float
    high: float
    queries: int
    specimens: int


@dataclass(frozen=True, slots=True)
class PairRates:
    """None where the photos hold no query of that class."""

    pair: Pair
    missed: Rate | None
    alarms: Rate | None


def read_pairs(file: Path, classes: Iterable[str]) -> tuple[Pair, ...]:
    """A CSV of two columns, listed and unlisted. Raises PhotoSetError, with the line and the remedy."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PhotoSetError(f"{file} can't be read ({error}). Name a CSV file of listed,unlisted.") from error
    known = set(classes)
    pairs: list[Pair] = []
    for number, row in enumerate(csv.reader(text.splitlines()), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells == ["listed", "unlisted"]):
            continue
        if len(cells) != 2:
            raise PhotoSetError(f"{file}, line {number}: write two names, the listed one first.")
        for name in cells:
            if name not in known:
                raise PhotoSetError(
                    f"{file}, line {number}: no class {name} was asked about. Names are folders."
                )
        pairs.append(Pair(*cells))
    if not pairs:
        raise PhotoSetError(f"{file} holds no pair. Write a line for each: listed,unlisted.")
    return tuple(pairs)


def rates(pairs: Sequence[Pair], results: Sequence[QueryResult]) -> tuple[PairRates, ...]:
    listed = {pair.listed for pair in pairs}

    def of(name: str, alarm: bool) -> Rate | None:
        asked = [each for each in results if each.true_class == name]
        return _rate(asked, [_raises_alarm(each, listed) is alarm for each in asked]) if asked else None

    return tuple(PairRates(pair, of(pair.listed, False), of(pair.unlisted, True)) for pair in pairs)


def _raises_alarm(result: QueryResult, listed: set[str]) -> bool:
    return any(result.classes[position] in listed for position in result.candidates)


def _rate(asked: Sequence[QueryResult], happened: Sequence[bool]) -> Rate:
    """Whole specimens are drawn with replacement; where it always or never happened, by the exact bound."""
    specimens, places = np.unique([specimen_of(each.photos[0]) for each in asked], return_inverse=True)
    number = len(specimens)
    queries = np.bincount(places, minlength=number)
    events = np.bincount(places, weights=np.array(happened, float), minlength=number)
    share = float(events.sum() / queries.sum())
    if share in (0.0, 1.0):
        edge = OUTSIDE ** (1 / number)
        low, high = (0.0, 1 - edge) if share == 0 else (edge, 1.0)
    else:
        drawn = np.random.RandomState(SEED).randint(0, number, (RESAMPLES, number))
        shares = events[drawn].sum(axis=1) / queries[drawn].sum(axis=1)
        low, high = map(float, np.quantile(shares, [OUTSIDE, 1 - OUTSIDE]))
    return Rate(share, low, high, len(asked), number)
