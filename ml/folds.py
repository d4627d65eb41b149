"""What a classifier scores for photos it has not seen: the ground that calibration stands on.

Fold j leaves out the j-th specimen of every item together, and mean, normalisation and
classifier are made anew: leaving out single photos, or keeping the mean, leaks the label.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.ridge import Labels

FOLDS = 10  # an item with more specimens has several in one fold
CLASS_GROUPS = 5
ENOUGH = 5_000  # scores; a large index needs no more folds than give this many

Booleans = NDArray[np.bool_]
# From the photos kept (n,) to what is found for the photos left out (m, …).
Trial = Callable[[Booleans, Booleans], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """photos (m,): positions of photos left out once; scores (m, C) when they were."""

    photos: NDArray[np.intp]
    scores: NDArray[np.float64]


def specimen_numbers(labels: Labels, specimens: Sequence[str]) -> NDArray[np.intp]:
    """For each photo the number of its specimen within its item, in order of appearance."""
    numbers: dict[int, dict[str, int]] = {}
    for label, specimen in zip(labels.tolist(), specimens, strict=True):
        known = numbers.setdefault(label, {})
        known.setdefault(specimen, len(known))
    return np.array(
        [numbers[label][specimen] for label, specimen in zip(labels.tolist(), specimens, strict=True)],
        np.intp,
    )


def specimens_per_item(labels: Labels, numbers: NDArray[np.intp], items: int) -> NDArray[np.intp]:
    counts = np.zeros(items, np.intp)
    np.maximum.at(counts, labels, numbers + 1)
    return counts


def by_specimen(labels: Labels, numbers: NDArray[np.intp], items: int, trial: Trial) -> LeftOut | None:
    """None where no item has a second specimen."""
    several = specimens_per_item(labels, numbers, items)[labels] > 1
    folds = min(int(numbers.max()) + 1, FOLDS)
    return _each(((numbers % folds == fold) & several for fold in range(folds)), trial)


def by_item(labels: Labels, items: int, trial: Trial) -> LeftOut | None:
    """Every photo scored by classifiers that never saw its item. None with fewer than four items."""
    if items < 4:
        return None
    groups = min(CLASS_GROUPS, items // 2)
    return _each((labels % groups == group for group in range(groups)), trial)


def _each(masks: Iterable[Booleans], trial: Trial) -> LeftOut | None:
    photos: list[NDArray[np.intp]] = []
    scores: list[NDArray[np.float64]] = []
    for out in masks:
        if not out.any():
            continue
        found = np.flatnonzero(out)
        step = -(-len(found) // ENOUGH)
        chosen = np.zeros_like(out)
        chosen[found[::step]] = True
        photos.append(np.flatnonzero(chosen))
        scores.append(trial(~out, chosen))
        if sum(map(len, photos)) >= ENOUGH:
            break
    if not photos:
        return None
    return LeftOut(np.concatenate(photos), np.concatenate(scores))
