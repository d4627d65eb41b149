"""Figures over many queries. Every probability is from 0 to 1; every figure too."""

import numpy as np
from numpy.typing import NDArray

ECE_BINS = 15
SIMULATIONS = 100

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]


def auroc(positive: Floats, negative: Floats) -> float:
    """The chance that a positive scores above a negative; ties count half (Mann-Whitney)."""
    order = np.sort(negative)
    below = np.searchsorted(order, positive, "left")
    not_above = np.searchsorted(order, positive, "right")
    return float((below + not_above).mean() / (2 * len(negative)))


def ece(top: Floats, right: Booleans) -> float:
    """Expected calibration error: top probabilities (n,), whether right (n,), 15 equal bins."""
    return float(_gaps(top, right[None, :].astype(np.float64))[0])


def ece_floor(top: Floats, seed: int = 0) -> float:
    """The ECE that a perfectly calibrated recogniser would show with so few queries."""
    rng = np.random.RandomState(seed)
    return float(_gaps(top, (rng.random_sample((SIMULATIONS, len(top))) < top).astype(np.float64)).mean())


def _gaps(top: Floats, right: Floats) -> Floats:
    """ECE of each row of `right` (simulations, n)."""
    bins = np.minimum((top * ECE_BINS).astype(int), ECE_BINS - 1)
    member = (bins[:, None] == np.arange(ECE_BINS)).astype(np.float64)
    gaps: Floats = np.abs(right @ member - top @ member).sum(axis=1) / len(top)
    return gaps
