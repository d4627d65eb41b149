"""Ridge regression in closed form: the classifier over descriptions.

Targets are 1 for a photo's own item and 0 for the others, minus 1/C. Photos are weighted so
that an item with thirty photos counts as much as one with three. With fewer photos than
numbers in a description the dual form solves the smaller system (Hoerl and Kennard 1970;
Saunders, Gammerman and Vovk 1998).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.describing import Blocks, Description, Descriptions
from ml.names import Classes, name_vectors

# Weight of the penalty against vectors of length 1. Anything from .03 to .3 gives the same figures.
PENALTY = 0.1

Labels = NDArray[np.intp]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Classifier:
    """mean (D,) of the references, as powered; heads (C, D). Scores have no unit: 1 - 1/C
    for a photo just like an item's references, about 0 for one like nothing."""

    blocks: Blocks
    mean: Description
    heads: NDArray[np.float32]

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
    powered = blocks.powered(descriptions)
    weight = _balanced(labels, items)
    mean = (weight[:, None] * powered).sum(axis=0) / weight.sum()
    vectors = blocks.centred(powered, mean)
    named = np.flatnonzero([bool(classes) for classes in meant])
    if len(named):
        vectors = np.concatenate([vectors, name_vectors(blocks, mean, meant)[named]])
        weight = np.concatenate([weight, _weight_of_names(labels, items)[named]])
        labels = np.concatenate([labels, named])
    return Classifier(blocks, mean, solve(vectors, labels, items, weight))


def solve(
    vectors: Descriptions, labels: Labels, items: int, weight: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Vectors (n, D) with weights (n,) to heads (C, D)."""
    n, size = vectors.shape
    targets = np.full((n, items), -1 / items, np.float32)
    targets[np.arange(n), labels] += 1
    if n <= size:
        gram = vectors @ vectors.T
        gram[np.diag_indices(n)] += PENALTY / weight
        return np.ascontiguousarray((vectors.T @ np.linalg.solve(gram, targets)).T)
    weighted = vectors * weight[:, None]
    covariance = weighted.T @ vectors
    covariance[np.diag_indices(size)] += PENALTY
    return np.ascontiguousarray(np.linalg.solve(covariance, weighted.T @ targets).T)


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
