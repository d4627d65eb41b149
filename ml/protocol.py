"""Which photos are references and which are queries: the draws of DESIGN.md's `evaluate`.

Every draw comes from one `numpy.random.RandomState(seed)`, so that two programs agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ml.photo_sets import PhotoClass, named_specimen, specimen_of

CLASSES_FOR_UNKNOWNS = 6


@dataclass(frozen=True, slots=True)
class ClassSplit:
    """One class's photos: the references in draw order, and the rest as queries."""

    name: str
    references: tuple[Path, ...]
    queries: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """One seed's split. `known` are positions in `classes` that are known in the
    experiment with unknowns; None with fewer than six classes."""

    seed: int
    shots: int
    classes: tuple[ClassSplit, ...]
    known: tuple[int, ...] | None


def draw(classes: Sequence[PhotoClass], shots: int, seed: int) -> Draw:
    """Split the classes that can be split at all; the others are left out before any draw."""
    kept = [group for group in classes if can_be_split(group, shots)]
    rng = np.random.RandomState(seed)
    splits = tuple(_split(group, shots, rng) for group in kept)
    known = None
    if len(splits) >= CLASSES_FOR_UNKNOWNS:
        known = tuple(map(int, rng.permutation(len(splits))[: len(splits) // 2]))
    return Draw(seed, shots, splits, known)


def can_be_split(group: PhotoClass, shots: int) -> bool:
    """Whether every draw leaves k references and at least one query.

    By specimen, a draw may take all specimens but the largest before it reaches k.
    """
    if len(group.files) < shots + 2:
        return False
    if not group.shares_specimens:
        return True
    _names, sizes = np.unique(group.specimens, return_counts=True)
    return int(sizes.sum() - sizes.max()) >= shots


def query_groups(split: ClassSplit, photos_per_query: int) -> tuple[tuple[Path, ...], ...]:
    """Queries of p consecutive photos of one specimen, in file-name order; incomplete ones dropped."""
    if photos_per_query == 1:
        return tuple((file,) for file in split.queries)
    named = [file for file in split.queries if named_specimen(file) is not None]
    groups: list[tuple[Path, ...]] = []
    for _specimen, photos in groupby(sorted(named, key=lambda file: file.name), key=specimen_of):
        files = tuple(photos)
        whole = len(files) - len(files) % photos_per_query
        groups.extend(files[i : i + photos_per_query] for i in range(0, whole, photos_per_query))
    return tuple(groups)


def _split(group: PhotoClass, shots: int, rng: np.random.RandomState) -> ClassSplit:
    if group.shares_specimens:
        return _split_by_specimen(group, shots, rng)
    order = rng.permutation(len(group.files))
    references = tuple(group.files[i] for i in order[:shots])
    return ClassSplit(group.name, references, _without(group.files, references))


def _split_by_specimen(group: PhotoClass, shots: int, rng: np.random.RandomState) -> ClassSplit:
    specimens = sorted(set(group.specimens))
    drawn: list[str] = []
    photos: list[Path] = []
    for number in _in_order(rng.permutation(len(specimens))):
        if len(photos) >= shots:
            break
        drawn.append(specimens[number])
        photos.extend(file for file in group.files if specimen_of(file) == specimens[number])
    queries = tuple(file for file in group.files if specimen_of(file) not in drawn)
    return ClassSplit(group.name, tuple(photos[:shots]), queries)


def _in_order(order: NDArray[np.int_]) -> list[int]:
    return [int(number) for number in order]


def _without(files: Sequence[Path], drawn: Sequence[Path]) -> tuple[Path, ...]:
    taken = set(drawn)
    return tuple(file for file in files if file not in taken)
