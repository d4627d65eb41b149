"""Ridge regression in closed form: the classifier over descriptions.

Targets are 1 for a photo's own item and 0 for the others, minus 1/C. Photos are weighted so
that an item with thirty photos counts as much as one with three. With fewer photos than
numbers in a description the dual form solves the smaller system (Hoerl and Kennard 1970;
Saunders, Gammerman and Vovk 1998).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ml.describing import Blocks, Description, Descriptions
from ml.names import Classes, name_vectors

# Weight of the penalty against vectors of length 1. Anything from .03 to .3 gives the same figures.
PENALTY = 0.1

SLICE = 4096  # photos

Labels = NDArray[np.intp]
Scores = NDArray[np.float32]
Weights = NDArray[np.float32]
Heads = NDArray[np.float32]
Part = tuple[Descriptions, Labels, Weights]


@dataclass(frozen=True, slots=True)
class Classifier:
    """mean (D,) of the references, as powered; heads (C, D). Scores have no unit: 1 - 1/C
    for a photo just like an item's references, about 0 for one like nothing."""

    blocks: Blocks
    mean: Description
    heads: Heads

    def vectors(self, descriptions: NDArray[np.floating]) -> Descriptions:
        """Descriptions (n, D) as kept to vectors (n, D) of length 1."""
        return self.blocks.centred(self.blocks.powered(descriptions), self.mean)

    def scores(self, descriptions: NDArray[np.floating]) -> Scores:
        """Descriptions (n, D) as kept to scores (n, C)."""
        scores: Scores = self.vectors(descriptions) @ self.heads.T
        return scores


def train(
    blocks: Blocks,
    descriptions: NDArray[np.floating],
    labels: Labels,
    items: int,
    meant: Sequence[Classes] = (),
) -> Classifier:
    """References (n, D) with their items (n,), numbered from 0, to a classifier of C items.

    `meant` holds for each item the backbone's classes that name it, if any.
    """
    weight = _balanced(labels, items)
    mean = _mean(blocks, descriptions, weight)
    named = np.flatnonzero([bool(classes) for classes in meant])
    parts = chain(
        _slices(blocks, descriptions, labels, weight, mean),
        [(name_vectors(blocks, mean, meant)[named], named, _weight_of_names(labels, items)[named])]
        if len(named)
        else [],
    )
    if len(labels) + len(named) <= blocks.size:
        vectors, together, weights = (np.concatenate(column) for column in zip(*parts, strict=True))
        return Classifier(blocks, mean, _dual(vectors, together, weights, items))
    return Classifier(blocks, mean, _primal(parts, items, blocks.size))


def solve(vectors: Descriptions, labels: Labels, items: int, weight: Weights) -> Heads:
    """Vectors (n, D) with their items and weights (n,) to heads (C, D)."""
    if len(vectors) <= vectors.shape[1]:
        return _dual(vectors, labels, weight, items)
    return _primal([(vectors, labels, weight)], items, vectors.shape[1])


def _dual(vectors: Descriptions, labels: Labels, weight: Weights, items: int) -> Heads:
    """One equation a photo."""
    n = len(vectors)
    targets = np.full((n, items), -1 / items, np.float32)
    targets[np.arange(n), labels] += 1
    gram = vectors @ vectors.T
    gram[np.diag_indices(n)] += PENALTY / weight
    return np.ascontiguousarray((vectors.T @ np.linalg.solve(gram, targets)).T)


def _primal(parts: Iterable[Part], items: int, size: int) -> Heads:
    """One equation a number; photos are added part by part, so that memory does not grow with them."""
    covariance = np.zeros((size, size), np.float32)
    sums = np.zeros((items, size), np.float32)
    for vectors, labels, weight in parts:
        weighted = vectors * weight[:, None]
        covariance += weighted.T @ vectors
        np.add.at(sums, labels, weighted)
    covariance[np.diag_indices(size)] += PENALTY
    targets = sums - sums.sum(axis=0) / items
    return np.ascontiguousarray(np.linalg.solve(covariance, targets.T).T)


def _slices(
    blocks: Blocks, descriptions: NDArray[np.floating], labels: Labels, weight: Weights, mean: Description
) -> Iterator[Part]:
    for start in range(0, len(labels), SLICE):
        place = slice(start, start + SLICE)
        yield blocks.centred(blocks.powered(descriptions[place]), mean), labels[place], weight[place]


def _mean(blocks: Blocks, descriptions: NDArray[np.floating], weight: Weights) -> Description:
    total = np.zeros(blocks.size, np.float64)
    for start in range(0, len(weight), SLICE):
        place = slice(start, start + SLICE)
        total += weight[place].astype(np.float64) @ blocks.powered(descriptions[place])
    mean: Description = (total / weight.sum(dtype=np.float64)).astype(np.float32)
    return mean


def _balanced(labels: Labels, items: int) -> NDArray[np.float32]:
    """1 for every photo where all items have the same number; always with mean 1 over items."""
    counts = np.bincount(labels, minlength=items)
    present = counts[counts > 0]
    weight: NDArray[np.float32] = (present.mean() / counts[labels]).astype(np.float32)
    return weight


def _weight_of_names(labels: Labels, items: int) -> NDArray[np.float32]:
    """That of one photo of the item, or of one photo like any other where it has none."""
    counts = np.bincount(labels, minlength=items)
    weight: NDArray[np.float32] = (counts[counts > 0].mean() / np.maximum(counts, 1)).astype(np.float32)
    return np.minimum(weight, 1)
