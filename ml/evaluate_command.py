"""`python -m ml evaluate`: draws, figures, time, in the order of the rows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ml.backbone import LoadedBackbone
from ml.decoding import decode, decode_pixels
from ml.describing import RECIPE
from ml.description_cache import DescriptionCache
from ml.evaluate import Described, QueryResult, describe_all, results_of
from ml.evaluation_table import as_json, milliseconds, row
from ml.index import Reference, build
from ml.names import classes_meant
from ml.photo_recogniser import METHOD, PhotoRecogniser
from ml.photo_sets import specimen_of
from ml.prior import read_prior
from ml.protocol import Draw, draw


def evaluate(
    photos: Path,
    backbone: LoadedBackbone,
    *,
    shots: Sequence[int],
    seeds: int,
    photos_per_query: int,
    names: bool,
    cache: DescriptionCache | None = None,
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The document that `--json` writes, and a message for each photo left out."""
    described = describe_all(photos, cache or DescriptionCache(backbone))
    measured: list[tuple[int, Draw, list[QueryResult]]] = []
    for number in shots:
        draws = [draw(described.classes, number, seed) for seed in range(seeds)]
        results: list[QueryResult] = []
        for drawn in draws:
            results.extend(results_of(drawn, described, backbone, photos_per_query, names))
        measured.append((number, draws[0], results))
    largest = max((first for _, first, _ in measured), key=lambda first: len(first.classes) * first.shots)
    ms_per_photo, timed = _time(largest, described, backbone, names)
    rows = [row(number, len(first.classes), results, ms_per_photo) for number, first, results in measured]
    versions = {
        "onnx_sha256": backbone.export.onnx_sha256,
        "recipe": RECIPE,
        "method": METHOD,
        "calibration": read_prior().version,
        "names": "on" if names else "off",
        "timed": timed,
    }
    return as_json(photos, backbone.spec.name, versions, rows), described.left_out


def _time(
    drawn: Draw, described: Described, backbone: LoadedBackbone, names: bool
) -> tuple[float | None, str]:
    """One photo from file to answer, warm, with the largest index of all rows; its size and the threads."""
    if len(drawn.classes) < 2:
        return None, "not timed: fewer than two classes"
    references = [
        Reference(split.name, specimen_of(file), file.name, str(file), described.by_file[file])
        for split in drawn.classes
        for file in split.references
    ]
    meant = {split.name: classes_meant(split.name, backbone.class_names) for split in drawn.classes}
    recogniser = PhotoRecogniser(backbone, build(references, backbone, meant if names else None))
    content = drawn.classes[0].queries[0].read_bytes()
    size = decode(content)
    spent = milliseconds(lambda: recogniser.recognise([decode_pixels(content)]))
    return spent, f"{size.original_width}x{size.original_height} px, {backbone.threads} threads"
