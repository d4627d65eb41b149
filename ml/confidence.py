"""How sure a classifier may be: temperature, candidate set, and when a thing is unknown.

All three are fitted on the references alone, on scores of photos left out (`ml.folds`).
Where items have one specimen nothing can be left out, and constants fitted on other sets
stand in (`ml.prior`); what comes of them is not called calibrated.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.describing import Blocks, softmax
from ml.folds import LeftOut, by_item, by_specimen, specimen_numbers, specimens_per_item
from ml.names import Classes
from ml.prior import Prior
from ml.ridge import Labels, train

COVERAGE = 0.9
# Sharpens the sum over items that says how well a thing is known; .05 to .2 give the same.
ENERGY_TEMPERATURE = 0.1
TEMPERATURES = np.exp(np.linspace(np.log(0.01), np.log(2), 160))
COARSE = 8
# How far, in logarithms, a fitted temperature usually lies from the prior's.
PRIOR_SPREAD = 0.35
# With fewer of the items to be left out, the folds say too little about the others.
ITEMS_TO_FIT = 0.9

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Confidence:
    """temperature          divides the scores before the softmax
    candidate_threshold  an item is a candidate while 1 - its probability is at most this
    known_above          energy from which a thing counts as known; same unit as the scores
    calibrated           for each item, whether its own photos took part in the fit
    """

    temperature: float
    candidate_threshold: float
    known_above: float
    calibrated: tuple[bool, ...]

    def probabilities(self, scores: NDArray[np.floating]) -> Floats:
        """Scores (…, C) to probabilities that sum to 1."""
        return softmax(np.asarray(scores, np.float64) / self.temperature)

    def candidates(self, probabilities: Floats) -> tuple[int, ...]:
        """The candidate set of one query (C,): positions, the likeliest first, never empty."""
        inside = np.flatnonzero(1 - probabilities <= self.candidate_threshold)
        if len(inside) == 0:
            return (int(probabilities.argmax()),)
        return tuple(inside[np.argsort(-probabilities[inside], kind="stable")].tolist())


def energy(scores: NDArray[np.floating]) -> Floats:
    """How well a thing is known (…,), from its scores (…, C): a soft maximum."""
    sharp = np.asarray(scores, np.float64) / ENERGY_TEMPERATURE
    top = sharp.max(axis=-1)
    known: Floats = ENERGY_TEMPERATURE * (top + np.log(np.exp(sharp - top[..., None]).sum(axis=-1)))
    return known


def fit(
    blocks: Blocks,
    descriptions: NDArray[np.floating],
    labels: Labels,
    specimens: list[str],
    items: int,
    prior: Prior,
    meant: Sequence[Classes] = (),
) -> Confidence:
    """References (n, D) with items (n,) and specimens (n,) to what may be promised of them.

    `meant` as for `ml.ridge.train`: names stay known while photos are left out.
    """

    def left_out(kept: NDArray[np.bool_], out: NDArray[np.bool_]) -> Floats:
        classifier = train(blocks, descriptions[kept], labels[kept], items, meant)
        return classifier.scores(descriptions[out]).astype(np.float64)

    def energy_of_strangers(kept: NDArray[np.bool_], out: NDArray[np.bool_]) -> Floats:
        known, renumbered = np.unique(labels[kept], return_inverse=True)
        still_meant = [meant[item] for item in known] if meant else ()
        classifier = train(blocks, descriptions[kept], renumbered, len(known), still_meant)
        return energy(classifier.scores(descriptions[out]))

    numbers = specimen_numbers(labels, specimens)
    specimens_of = specimens_per_item(labels, numbers, items)
    several, with_photos = specimens_of > 1, int((specimens_of > 0).sum())
    start = prior.temperature(len(labels) / with_photos, items)
    seen = by_specimen(labels, numbers, items, left_out)
    strangers = by_item(labels, items, energy_of_strangers)
    known_above = _known_above(seen, strangers, prior, items)
    if seen is None or several.sum() < ITEMS_TO_FIT * with_photos:
        return Confidence(start, prior.candidate_threshold, known_above, (False,) * items)
    temperature = fitted_temperature(seen.scores, labels[seen.photos], start)
    threshold = _candidate_threshold(seen.scores / temperature, labels[seen.photos])
    return Confidence(temperature, threshold, known_above, tuple(map(bool, several)))


def fitted_temperature(scores: Floats, labels: Labels, start: float, spread: float = PRIOR_SPREAD) -> float:
    """The likeliest temperature for scores (n, C) of known items (n,), few of which pull little
    away from where the prior starts."""

    def cost(temperature: float) -> float:
        logits = scores / temperature
        top = logits.max(axis=1)
        log_sum = top + np.log(np.exp(logits - top[:, None]).sum(axis=1))
        surprise = (log_sum - logits[np.arange(len(labels)), labels]).sum()
        return float(surprise + (np.log(temperature / start) / spread) ** 2 / 2)

    return _least(cost)


def _least(cost: Callable[[float], float]) -> float:
    """Of TEMPERATURES the one with the least cost, which falls and then rises: first every eighth."""
    near = min(range(0, len(TEMPERATURES), COARSE), key=lambda number: cost(float(TEMPERATURES[number])))
    around = range(max(near - COARSE, 0), min(near + COARSE + 1, len(TEMPERATURES)))
    return float(TEMPERATURES[min(around, key=lambda number: cost(float(TEMPERATURES[number])))])


def _candidate_threshold(logits: Floats, labels: Labels) -> float:
    """Split conformal: the ⌈(n + 1) · .9⌉-th smallest of 1 - the true item's probability."""
    surprise = np.sort(1 - softmax(logits)[np.arange(len(labels)), labels])
    rank = int(np.ceil((len(surprise) + 1) * COVERAGE))
    return float(surprise[rank - 1]) if rank <= len(surprise) else 1.0


def _known_above(seen: LeftOut | None, strangers: LeftOut | None, prior: Prior, items: int) -> float:
    """Where accepting the known and rejecting strangers together go best."""
    if strangers is None:
        # What a handful of known photos score says less of strangers than other sets do.
        return prior.limit_of_unknown(items)
    if seen is None:
        return float(np.quantile(strangers.scores, prior.strangers_rejected))
    return best_limit(energy(seen.scores), strangers.scores)


def best_limit(known: Floats, strangers: Floats) -> float:
    """The energy at which accepting the known and rejecting strangers together go best: the
    middle, where a stretch does equally well."""
    known, strangers = np.sort(known), np.sort(strangers)
    limits = np.unique(np.concatenate([known, strangers]))
    accepted = 1 - np.searchsorted(known, limits) / len(known)
    rejected = np.searchsorted(strangers, limits) / len(strangers)
    gain = accepted + rejected
    best = limits[gain >= gain.max() - 1e-9]
    return float((best[0] + best[-1]) / 2)
