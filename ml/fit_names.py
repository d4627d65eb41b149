"""Fits the constants of recognising by name, and reports them on what was held out.

Photos lie as SET/CLASS/PHOTO. The truth file says which item each known folder shows and
which folders (patterns) show something that is in no guide; a folder in neither is left
out. Every second photo of a known folder is held out, and every second unknown folder
whole: the threshold is judged on kinds of things it was never fitted on.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.backbone import Backbone, LoadedBackbone
from ml.calibration import FITTED, Calibration, Probabilities, sharpened
from ml.decoding import PhotoRefused, decode_pixels
from ml.items import Item
from ml.recognise import NAME_VIEWS, NameRecogniser, look
from ml.recognition import Recognition

TRUTH = Path(__file__).with_name("names_truth.json")
PHOTO_ENDINGS = {".jpg", ".jpeg", ".png", ".webp"}
TEMPERATURES = np.round(np.arange(0.2, 2.01, 0.05), 2)
SURE_STEPS = np.round(np.arange(0.3, 0.96, 0.05), 2)
RIGHT_WHEN_ANSWERED = 0.9  # what `sure_above` is fitted to give
ECE_BINS = 15


@dataclass(frozen=True, slots=True)
class Look:
    """One photo: its folder, the item it shows (None: nothing in the guide), what was seen."""

    folder: str
    item: str | None
    seen: Probabilities


def fit(backbone: LoadedBackbone, items: Sequence[Item], photos: Path, truth: Path = TRUTH) -> dict[str, Any]:
    """The content of names_calibration.json."""
    fitted_on, held_out = _split(_looks(backbone, photos, json.loads(truth.read_text())))
    constants = _constants(backbone, items, fitted_on)
    calibration = Calibration(**constants, version="")
    recogniser = NameRecogniser(backbone, items, calibration)
    return {
        "constants": constants,
        "backbone": backbone.spec.name,
        "views": NAME_VIEWS,
        "things_known": len(recogniser.named),
        "fitted_on": _report(recogniser, fitted_on),
        "held_out": _report(recogniser, held_out),
    }


def write(fitted: Mapping[str, Any], path: Path = FITTED) -> None:
    path.write_text(json.dumps(fitted, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_items(paths: Iterable[Path]) -> list[Item]:
    """Items of the guide's YAML (or JSON) files: lists with `key`, `classes`, `parent`."""
    import yaml

    records = [record for path in paths for record in yaml.safe_load(path.read_text("utf-8"))]
    return [Item(record["key"], tuple(record.get("classes", ())), record.get("parent")) for record in records]


def _looks(backbone: LoadedBackbone, photos: Path, truth: Mapping[str, Any]) -> list[Look]:
    looks: list[Look] = []
    for folder in sorted(path for path in photos.glob("*/*") if path.is_dir()):
        name = folder.relative_to(photos).as_posix()
        item = truth["known"].get(name)
        if item is None and not any(fnmatch(name, pattern) for pattern in truth["unknown"]):
            continue
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in PHOTO_ENDINGS)
        seen = (_seen(backbone, path) for path in files)
        looks.extend(Look(name, item, photo) for photo in seen if photo is not None)
    return looks


def _seen(backbone: LoadedBackbone, path: Path) -> Probabilities | None:
    try:
        return look(backbone, decode_pixels(path.read_bytes()))
    except PhotoRefused as refusal:
        print(f"{path}: left out ({refusal.code})")
        return None


def _split(looks: Sequence[Look]) -> tuple[list[Look], list[Look]]:
    unknown_folders = sorted({seen.folder for seen in looks if seen.item is None})
    held_out_folders = set(unknown_folders[1::2])
    halves: tuple[list[Look], list[Look]] = ([], [])
    for number, seen in enumerate(looks):
        held_out = number % 2 == 1 if seen.item else seen.folder in held_out_folders
        halves[held_out].append(seen)
    return halves


def _constants(backbone: LoadedBackbone, items: Sequence[Item], looks: Sequence[Look]) -> dict[str, Any]:
    """One after the other: each constant is fitted with those before it in place."""
    blank = _calibration(backbone.spec, 1.0, 0.0, 0.0)
    recogniser = NameRecogniser(backbone, items, blank)
    known = [seen for seen in looks if seen.item]
    temperature = _temperature(recogniser, known)
    inside = np.array([recogniser.judge([seen.seen]).score for seen in looks])
    known_above = _threshold(inside, np.array([bool(seen.item) for seen in looks]))
    sure_above = _sure(backbone, items, known, temperature, known_above)
    return {
        "temperature": temperature,
        "known_above": known_above,
        "sure_above": sure_above,
        "weights_sha256": backbone.spec.weights_sha256,
    }


def _calibration(spec: Backbone, temperature: float, known_above: float, sure_above: float) -> Calibration:
    return Calibration(temperature, known_above, sure_above, spec.weights_sha256, "fitting")


def _temperature(recogniser: NameRecogniser, known: Sequence[Look]) -> float:
    """The one with the least Brier score, on photos whose item has nothing below it."""
    exact = [seen for seen in known if _is_exact(recogniser, seen)]
    shares = np.array([recogniser.shares(seen.seen) for seen in exact])
    right = np.array([[item.key == seen.item for item in recogniser.named] for seen in exact])

    def brier(temperature: float) -> float:
        return float(((sharpened(shares, temperature) - right) ** 2).sum(axis=1).mean())

    return min(map(float, TEMPERATURES), key=brier)


def _is_exact(recogniser: NameRecogniser, seen: Look) -> bool:
    """Where only a parent is known ("elephants"), no probability can be checked."""
    return seen.item is not None and not recogniser.tree.children(seen.item)


def _threshold(inside: NDArray[np.float64], known: NDArray[np.bool_]) -> float:
    """Where accepting the known and rejecting the unknown together go best."""

    def gain(limit: float) -> float:
        return float((inside[known] >= limit).mean() + (inside[~known] < limit).mean())

    return round(float(max(np.unique(inside), key=gain)), 4)


def _sure(
    backbone: LoadedBackbone, items: Sequence[Item], known: Sequence[Look],
    temperature: float, known_above: float,
) -> float:  # fmt: skip
    """The lowest limit at which answers are right often enough."""
    for limit in map(float, SURE_STEPS):
        calibration = _calibration(backbone.spec, temperature, known_above, limit)
        recogniser = NameRecogniser(backbone, items, calibration)
        right = [r for r in (_answer_is_right(recogniser, seen) for seen in known) if r is not None]
        if right and np.mean(right) >= RIGHT_WHEN_ANSWERED:
            return limit
    return float(SURE_STEPS[-1])


def _answer_is_right(recogniser: NameRecogniser, seen: Look) -> bool | None:
    """An answer is right at, above or below the item that the folder is known to show."""
    answer = recogniser.judge([seen.seen]).answer
    if answer is None or seen.item is None:
        return None
    lineage = recogniser.tree.lineage
    return seen.item in lineage(answer.item) or answer.item in lineage(seen.item)


def _report(recogniser: NameRecogniser, looks: Sequence[Look]) -> dict[str, Any]:
    judged = [(seen, recogniser.judge([seen.seen])) for seen in looks]
    known = [(seen, found) for seen, found in judged if seen.item]
    unknown = [found for seen, found in judged if not seen.item]
    answers = [_answer_is_right(recogniser, seen) for seen, _ in known]
    answered = [right for right in answers if right is not None]
    return {
        "known_photos": len(known),
        "unknown_photos": len(unknown),
        "top1": _mean(_hit(recogniser, seen, found, 1) for seen, found in known),
        "top3": _mean(_hit(recogniser, seen, found, 3) for seen, found in known),
        "ece": _ece(recogniser, [pair for pair in known if _is_exact(recogniser, pair[0])]),
        "known_accepted": _mean(not found.unknown for _, found in known),
        "unknown_rejected": _mean(found.unknown for found in unknown),
        "auroc_unknown": _auroc([found.score for _, found in known], [f.score for f in unknown]),
        "answered": round(len(answered) / len(known), 3),
        "right_when_answered": _mean(answered),
        "rejected_by_set": _by_set(judged),
    }


def _hit(recogniser: NameRecogniser, seen: Look, found: Recognition, first: int) -> bool:
    lineages = (recogniser.tree.lineage(c.item) for c in found.candidates[:first])
    return any(seen.item in lineage for lineage in lineages)


def _by_set(judged: Sequence[tuple[Look, Recognition]]) -> dict[str, float]:
    """Share called unknown, for each set and apart for its known and unknown folders."""
    groups: dict[str, list[bool]] = {}
    for seen, found in judged:
        kind = "known" if seen.item else "unknown"
        groups.setdefault(f"{seen.folder.split('/')[0]} ({kind})", []).append(found.unknown)
    return {name: _mean(called) for name, called in groups.items()}


def _ece(recogniser: NameRecogniser, known: Sequence[tuple[Look, Recognition]]) -> float:
    top = np.array([found.candidates[0].probability for _, found in known])
    right = np.array([_hit(recogniser, seen, found, 1) for seen, found in known], float)
    bins = np.minimum((top * ECE_BINS).astype(int), ECE_BINS - 1)
    gaps = [abs(top[bins == b].sum() - right[bins == b].sum()) for b in range(ECE_BINS)]
    return round(float(sum(gaps) / len(top)), 3)


def _auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    above = np.array(positive)[:, None] - np.array(negative)[None, :]
    return round(float((above > 0).mean() + (above == 0).mean() / 2), 3)


def _mean(values: Iterable[bool]) -> float:
    return round(float(np.mean(list(values))), 3)
