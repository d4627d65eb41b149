"""The figures of an evaluation: one row for each number of references."""

import json
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ml.evaluate import QueryResult
from ml.metrics import auroc, ece, ece_floor

WARM_UP, TIMES = 5, 50


@dataclass(frozen=True, slots=True)
class Row:
    """Names, meaning and averaging are DESIGN.md's; rates from 0 to 1, None where there are none."""

    shots: int
    classes: int
    queries: float | None
    top1: float | None
    top3: float | None
    ece: float | None
    ece_floor: float | None
    calibrated: bool | None
    auroc_unknown: float | None
    known_accepted: float | None
    unknown_rejected: float | None
    coverage90: float | None
    set_size90: float | None
    ms_per_photo: float | None


def row(shots: int, classes: int, results: Sequence[QueryResult], ms_per_photo: float | None) -> Row:
    """All seeds' queries of one number of references. Without queries every figure is None."""
    if not results:
        return Row(shots, classes, *(None,) * 11, ms_per_photo)
    by_seed = _by_seed(results)
    top = np.array([each.probabilities.max() for each in results])
    right = np.array([_rank(each) < 1 for each in results])
    split = [group for group in by_seed if {each.known for each in group} == {True, False}]

    def mean(figure: Callable[[QueryResult], float]) -> float:
        return _mean([_mean([figure(each) for each in group]) for group in by_seed])

    def accepted(known: bool) -> float | None:
        rates = [_mean([bool(each.accepted) for each in group if each.known is known]) for group in split]
        return _mean(rates) if rates else None

    known_accepted, unknown_accepted = accepted(True), accepted(False)
    return Row(
        shots=shots,
        classes=classes,
        queries=_mean([len(group) for group in by_seed]),
        top1=mean(lambda each: _rank(each) < 1),
        top3=mean(lambda each: _rank(each) < 3),
        ece=ece(top, right),
        ece_floor=ece_floor(top),
        calibrated=all(each.calibrated for each in results),
        auroc_unknown=_mean([_auroc(group) for group in split]) if split else None,
        known_accepted=known_accepted,
        unknown_rejected=None if unknown_accepted is None else 1 - unknown_accepted,
        coverage90=mean(lambda each: each.true_position in each.candidates),
        set_size90=mean(lambda each: len(each.candidates)),
        ms_per_photo=ms_per_photo,
    )


def milliseconds(work: Callable[[], object]) -> float:
    """The median of 50 after 5 of warm-up."""
    times = []
    for _ in range(WARM_UP + TIMES):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times[WARM_UP:])


def as_json(photos: Path, backbone: str, versions: Mapping[str, str], rows: Sequence[Row]) -> dict[str, Any]:
    """The shape that DESIGN.md fixes."""
    return {
        "photos": str(photos),
        "backbone": backbone,
        "versions": dict(versions),
        "rows": [asdict(each) for each in rows],
    }


def as_text(found: Mapping[str, Any]) -> str:
    """The same, to read."""
    names = list(Row.__dataclass_fields__)
    lines = [f"{found['photos']}, {found['backbone']}", " ".join(f"{name:>{_width(name)}}" for name in names)]
    lines += [" ".join(f"{_cell(each[name]):>{_width(name)}}" for name in names) for each in found["rows"]]
    lines += [f"{name}: {version}" for name, version in sorted(found["versions"].items())]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}".removesuffix(".000") if isinstance(value, float) else json.dumps(value)


def _width(name: str) -> int:
    return max(len(name), 6)


def _rank(result: QueryResult) -> int:
    """0 where the true class is the likeliest; ties go to the first in code-point order."""
    order = np.argsort(-result.probabilities, kind="stable")
    return int(np.flatnonzero(order == result.true_position)[0])


def _auroc(group: Sequence[QueryResult]) -> float:
    scores = {
        known: np.array([each.unknown_score for each in group if each.known is known])
        for known in (True, False)
    }
    return auroc(scores[True], scores[False])


def _by_seed(results: Sequence[QueryResult]) -> list[list[QueryResult]]:
    groups: dict[int, list[QueryResult]] = {}
    for each in results:
        groups.setdefault(each.seed, []).append(each)
    return list(groups.values())


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))
