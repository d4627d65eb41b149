"""What a report shows, as numbers: pure functions of the results of queries."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.evaluate import QueryResult
from ml.metrics import ECE_BINS, Floats


@dataclass(frozen=True, slots=True)
class Confusions:
    """How often each class was answered how: rows are true classes, columns answers, in order."""

    classes: tuple[str, ...]
    counts: NDArray[np.int_]

    @property
    def shares(self) -> Floats:
        """Of the queries of each true class; a class without queries has zeros."""
        asked = self.counts.sum(axis=1, keepdims=True)
        shares: Floats = self.counts / np.maximum(asked, 1)
        return shares


@dataclass(frozen=True, slots=True)
class Bin:
    """Queries whose top probability lies between `low` and `high`."""

    low: float
    high: float
    queries: int
    promised: float
    kept: float


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """If only the surest share `coverage` of the queries is answered, the share `risk` is wrong."""

    coverage: Floats
    risk: Floats

    def coverage_at(self, risk: float) -> float:
        """The largest share that can be answered with no more errors than that."""
        possible = self.coverage[self.risk <= risk]
        return float(possible.max()) if len(possible) else 0.0


@dataclass(frozen=True, slots=True)
class Confusion:
    """One class taken for another: the wrong results, the surest first, among so many asked."""

    true_class: str
    answer: str
    wrong: tuple[QueryResult, ...]
    asked: int


def confusions(results: Sequence[QueryResult]) -> Confusions:
    classes = sorted({name for each in results for name in each.classes})
    place = {name: position for position, name in enumerate(classes)}
    counts = np.zeros((len(classes), len(classes)), int)
    for each in results:
        counts[place[each.true_class], place[each.answer]] += 1
    return Confusions(tuple(classes), counts)


def reliability(results: Sequence[QueryResult]) -> tuple[Bin, ...]:
    """Equal bins of the top probability; empty ones are left out."""
    top, right = _top(results), _right(results)
    places = np.minimum((top * ECE_BINS).astype(int), ECE_BINS - 1)
    return tuple(
        Bin(
            low=place / ECE_BINS,
            high=(place + 1) / ECE_BINS,
            queries=int((places == place).sum()),
            promised=float(top[places == place].mean()),
            kept=float(right[places == place].mean()),
        )
        for place in np.unique(places)
    )


def risk_coverage(results: Sequence[QueryResult]) -> RiskCoverage:
    """Queries of equal probability are answered together: no order among them is better than another."""
    top, right = _top(results), _right(results)
    order = np.argsort(-top, kind="stable")
    wrong = np.cumsum(~right[order])
    answered = np.arange(1, len(top) + 1)
    ends = np.append(np.flatnonzero(np.diff(top[order])), len(top) - 1)
    return RiskCoverage(answered[ends] / len(top), wrong[ends] / answered[ends])


def worst_confusions(results: Sequence[QueryResult], most: int) -> tuple[Confusion, ...]:
    """By the share of the true class's queries; ties by names."""
    asked: dict[str, int] = {}
    wrong: dict[tuple[str, str], list[QueryResult]] = {}
    for each in results:
        asked[each.true_class] = asked.get(each.true_class, 0) + 1
        if each.answer != each.true_class:
            wrong.setdefault((each.true_class, each.answer), []).append(each)
    found = [
        Confusion(true, answer, tuple(sorted(group, key=_surest_first)), asked[true])
        for (true, answer), group in wrong.items()
    ]
    found.sort(key=lambda each: (-len(each.wrong) / each.asked, each.true_class, each.answer))
    return tuple(found[:most])


def typical_of(name: str, results: Sequence[QueryResult]) -> tuple[QueryResult, ...]:
    """Queries of a class that were answered right, the surest first."""
    return tuple(
        sorted((each for each in results if each.true_class == each.answer == name), key=_surest_first)
    )


def _surest_first(result: QueryResult) -> tuple[float, str, int]:
    return (-float(result.probabilities.max()), str(result.photos[0]), result.seed)


def _top(results: Sequence[QueryResult]) -> Floats:
    return np.array([each.probabilities.max() for each in results], float)


def _right(results: Sequence[QueryResult]) -> NDArray[np.bool_]:
    return np.array([each.answer == each.true_class for each in results], bool)
