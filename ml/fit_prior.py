"""Fits the constants that stand in where an index has too few specimens. `python -m ml fit-prior`.

Photos lie as SET/CLASS/PHOTO. Every set and number of references gives one row: the temperature,
candidate threshold and limit of the unknown that would have been best for its queries. The
constants are the rows' averages, a line through the logarithms for the temperature, and a
candidate threshold that is wide enough for nine rows of ten. So that
nobody takes the fit for the proof, each set's calibration error is also given with constants
fitted on the other sets alone.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ml.backbone import LoadedBackbone
from ml.confidence import COVERAGE, best_limit, energy, fitted_temperature
from ml.describing import Blocks, softmax
from ml.description_cache import DescriptionCache
from ml.evaluate import Described, describe_all
from ml.metrics import Floats, ece, ece_floor
from ml.prior import FITTED, Prior
from ml.protocol import ClassSplit, Draw, draw
from ml.ridge import Labels, train

SHOTS = (1, 3, 5, 10)
SEEDS = 5
ENOUGH_QUERIES = 100  # over all seeds; fewer say nothing of a temperature
FLAT = 1e6  # a spread so wide that the start says nothing
FEW = (2, 3)  # items: an index of these has none to leave out
# Keeps the line from following the few rows there are.
LINE_PENALTY = 0.3


@dataclass(frozen=True, slots=True)
class PriorRow:
    """One set with so many references an item. scores (n, C) of all seeds' queries, labels (n,);
    strangers_rejected from the half of the items that was known, None with few items; limit from two and
    three known items, as a share of the highest score."""

    photo_set: str
    shots: int
    items: int
    scores: Floats
    labels: Labels
    temperature: float
    limit: float | None
    strangers_rejected: float | None


def fit(backbone: LoadedBackbone, photos: Path, cache: DescriptionCache | None = None) -> dict[str, Any]:
    """The content of prior_calibration.json."""
    cache = cache or DescriptionCache(backbone)
    rows: list[PriorRow] = []
    for folder in sorted(path for path in photos.iterdir() if path.is_dir()):
        described = describe_all(folder, cache)
        rows.extend(_rows(folder.name, described, Blocks.of(backbone.spec)))
    sets = sorted({row.photo_set for row in rows})
    others = {
        left_out: constants([row for row in rows if row.photo_set != left_out], backbone.spec.name)
        for left_out in sets
        if len(sets) > 1
    }
    return {
        "constants": constants(rows, backbone.spec.name),
        "fitted_on": [
            {"set": row.photo_set, "shots": row.shots, "items": row.items, "temperature": row.temperature}
            for row in rows
        ],
        "with_constants_of_the_other_sets": [
            {"set": row.photo_set, "shots": row.shots, **_measured(row, others[row.photo_set])}
            for row in rows
            if row.photo_set in others
        ],
    }


def write(fitted: Mapping[str, Any], path: Path = FITTED) -> None:
    path.write_text(json.dumps(fitted, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def constants(rows: Sequence[PriorRow], backbone: str) -> dict[str, Any]:
    """See `ml.prior.Prior`."""
    logarithms = np.log([row.temperature for row in rows])
    causes = np.log([[row.shots, row.items] for row in rows])
    middle = causes.mean(axis=0)
    centred = causes - middle
    slopes = np.linalg.solve(
        centred.T @ centred + LINE_PENALTY * len(rows) * np.eye(2),
        centred.T @ (logarithms - logarithms.mean()),
    )
    found: dict[str, Any] = {
        "intercept": round(float(logarithms.mean() - middle @ slopes), 4),
        "by_photos": round(float(slopes[0]), 4),
        "by_items": round(float(slopes[1]), 4),
    }
    line = Prior(**found, candidate_threshold=1, known_above=0, strangers_rejected=0, backbone="", version="")
    surprises = [np.quantile(_surprise(row, line), COVERAGE) for row in rows]
    limits = [row.limit for row in rows if row.limit is not None]
    rejected = [row.strangers_rejected for row in rows if row.strangers_rejected is not None]
    return {
        **found,
        "candidate_threshold": round(float(np.quantile(surprises, COVERAGE)), 4),
        "known_above": round(float(np.mean(limits)), 4),
        "strangers_rejected": round(float(np.mean(rejected)), 4),
        "backbone": backbone,
    }


def _measured(row: PriorRow, found: Mapping[str, Any]) -> dict[str, float]:
    probabilities = softmax(row.scores / Prior(**found, version="").temperature(row.shots, row.items))
    top, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == row.labels
    return {"ece": round(ece(top, right), 3), "ece_floor": round(ece_floor(top), 3)}


def _surprise(row: PriorRow, line: Prior) -> Floats:
    probabilities = softmax(row.scores / line.temperature(row.shots, row.items))
    surprise: Floats = 1 - probabilities[np.arange(len(row.labels)), row.labels]
    return surprise


def _rows(name: str, described: Described, blocks: Blocks) -> list[PriorRow]:
    rows: list[PriorRow] = []
    for shots in SHOTS:
        draws = [draw(described.classes, shots, seed) for seed in range(SEEDS)]
        if len(draws[0].classes) < 2:
            continue
        tried = [_scores(drawn.classes, drawn.classes, described, blocks) for drawn in draws]
        scores = np.concatenate([found for found, _ in tried])
        labels = np.concatenate([found for _, found in tried])
        if len(labels) < ENOUGH_QUERIES:
            continue
        temperature = fitted_temperature(scores, labels, start=0.1, spread=FLAT)
        rejected = [
            _limit(drawn, drawn.known, described, blocks)[1] for drawn in draws if drawn.known is not None
        ]
        limits = [
            _limit(drawn, known, described, blocks)[0] / (1 - 1 / len(known))
            for seed, drawn in enumerate(draws)
            for known in _few_known(len(drawn.classes), seed)
        ]
        rows.append(
            PriorRow(
                name,
                shots,
                len(draws[0].classes),
                scores,
                labels,
                temperature,
                float(np.mean(limits)) if limits else None,
                float(np.mean(rejected)) if rejected else None,
            )
        )
    return rows


def _scores(
    references: Sequence[ClassSplit], queries: Sequence[ClassSplit], described: Described, blocks: Blocks
) -> tuple[Floats, Labels]:
    """Scores of the queries, and the number of each one's class among `queries`."""
    labels = np.repeat(np.arange(len(references)), [len(split.references) for split in references])
    learned = described.of([file for split in references for file in split.references])
    asked = described.of([file for split in queries for file in split.queries])
    scores = train(blocks, learned, labels, len(references)).scores(asked).astype(np.float64)
    return scores, np.repeat(np.arange(len(queries)), [len(split.queries) for split in queries])


def _few_known(classes: int, seed: int) -> list[Sequence[int]]:
    """Positions of two and of three classes that are known, the others being strangers."""
    order = np.random.RandomState(seed).permutation(classes).tolist()
    return [order[:items] for items in FEW if items < classes]


def _limit(drawn: Draw, known: Sequence[int], described: Described, blocks: Blocks) -> tuple[float, float]:
    """The best limit of the unknown with these classes known, and the share of strangers that it rejects."""
    references = [drawn.classes[position] for position in known]
    scores, labels = _scores(references, drawn.classes, described, blocks)
    found = energy(scores)
    is_known = np.isin(labels, known)
    limit = best_limit(found[is_known], found[~is_known])
    return limit, float((found[~is_known] < limit).mean())
