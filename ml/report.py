"""`python -m ml report`: what the recogniser makes of a folder of photos, as a page to look at."""

import base64
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image

from ml.decoding import decode_pixels
from ml.evaluate import QueryResult
from ml.evaluation_table import row
from ml.report_drawings import confusion_matrix, percent, reliability_diagram, risk_coverage_curve
from ml.report_figures import (
    Bin,
    Confusion,
    Confusions,
    confusions,
    reliability,
    risk_coverage,
    typical_of,
    worst_confusions,
)
from ml.report_page import (
    Plate,
    SideBySide,
    beside,
    confusion_cards,
    headline,
    page,
    pair_cards,
    section,
    table,
    wide,
)
from ml.report_pairs import Pair, rates

MOST_CONFUSIONS, MOST_PHOTOS = 8, 2
THUMBNAIL, THUMBNAIL_QUALITY = (280, 210), 78
ERRORS_ALLOWED = 0.05


def report(photos: Path, results: Sequence[QueryResult], backbone: str, pairs: Sequence[Pair] = ()) -> str:
    """The whole page. `results` are of one number of references, of any number of seeds."""
    found = confusions(results)
    summary = row(results[0].shots, len(found.classes), results, None)
    seeds = len({each.seed for each in results})
    shots = "1 reference photo" if results[0].shots == 1 else f"{results[0].shots} reference photos"
    asked = f"{len(results)} queries in {seeds} draws"
    subtitle = f"{len(found.classes)} classes, {shots} each, {asked}, seen by {backbone}"
    sections = [headline(summary), *_pairs(pairs, results), _trust(results), _matrix(found), *_worst(results)]
    return page(f"How well it knows {photos.name.replace('_', ' ')}", subtitle, sections)


def _pairs(pairs: Sequence[Pair], results: Sequence[QueryResult]) -> Iterable[str]:
    if pairs:
        yield section(
            "Listed things and what looks like them",
            f"An officer is told to hold and check where a listed thing stands in the {percent(0.9)} "
            f"candidate set. The line beneath each figure is its {percent(0.95)} interval over specimens.",
            pair_cards(rates(pairs, results)),
        )


def _trust(results: Sequence[QueryResult]) -> str:
    bins, curve = reliability(results), risk_coverage(results)
    right = sum(each.answer == each.true_class for each in results) / len(results)
    reached = curve.coverage_at(ERRORS_ALLOWED)
    return section(
        "Can its percentages be trusted?",
        "First, how many answers of a given probability were right. Then, what it costs in errors to "
        "answer more.",
        beside(
            (
                reliability_diagram(bins, right),
                "On the dashed line it keeps what it promises; below it promises too much. Green is within "
                "10 points. The grey steps say how many queries stand behind each dot.",
            ),
            (
                risk_coverage_curve(curve, ERRORS_ALLOWED),
                f"With at most {percent(ERRORS_ALLOWED)} errors it can answer {percent(reached)} of the "
                f"queries; answering all of them makes {percent(1 - right)} errors.",
            ),
        ),
        table(["probability", "queries", "promised", "right"], map(_bin_row, bins), "The dots as a table"),
    )


def _bin_row(each: Bin) -> tuple[str, str, str, str]:
    between = f"{percent(each.low)} to {percent(each.high)}"
    return between, str(each.queries), percent(each.promised), percent(each.kept)


def _matrix(found: Confusions) -> str:
    return section(
        "What was called what",
        "A row is what it was, a column what it was called; numbers are percent of the row.",
        wide(confusion_matrix(found), "Confusion matrix"),
        table(
            ["class", "queries", "right", "most often taken for"], _class_rows(found), "The rows as a table"
        ),
    )


def _class_rows(found: Confusions) -> Iterable[tuple[str, str, str, str]]:
    for place, name in enumerate(found.classes):
        others = found.counts[place].copy()
        right, others[place] = int(others[place]), 0
        asked = int(found.counts[place].sum())
        worst = f"{found.classes[int(others.argmax())]} ({int(others.max())})" if others.any() else "nothing"
        yield name, str(asked), percent(right / asked) if asked else "–", worst


def _worst(results: Sequence[QueryResult]) -> Iterable[str]:
    worst = worst_confusions(results, MOST_CONFUSIONS)
    if worst:
        yield section(
            "The worst confusions",
            "On the left photos that were called something else, on the right what they were called.",
            confusion_cards(_side_by_side(each, results) for each in worst),
        )


def _side_by_side(found: Confusion, results: Sequence[QueryResult]) -> SideBySide:
    true, answer = (name.replace("_", " ") for name in (found.true_class, found.answer))
    surest = found.wrong[0]
    return SideBySide(
        heading=f"{true}, called {answer}",
        words=f"{len(found.wrong)} of {found.asked} queries ({percent(len(found.wrong) / found.asked)}); "
        f"once with {percent(float(surest.probabilities.max()))}",
        was=Plate(
            f"was {true}", _photos(found.wrong, lambda each: f"{true}, called {answer}: {_name(each)}")
        ),
        called=Plate(
            f"is {answer}",
            _photos(typical_of(found.answer, results), lambda each: f"{answer}: {_name(each)}"),
        ),
    )


def _photos(
    results: Iterable[QueryResult], words: Callable[[QueryResult], str]
) -> tuple[tuple[str, str], ...]:
    """The first photos, each file once."""
    first = {each.photos[0]: each for each in reversed(list(results))}
    ordered = list(reversed(first.values()))[:MOST_PHOTOS]
    return tuple((_thumbnail(each.photos[0]), words(each)) for each in ordered)


def _name(result: QueryResult) -> str:
    return result.photos[0].name


def _thumbnail(file: Path) -> str:
    """As a data address: the page needs no file beside it, and carries nothing of the camera."""
    image = Image.fromarray(decode_pixels(file.read_bytes()))
    image.thumbnail(THUMBNAIL, Image.Resampling.HAMMING)
    encoded = BytesIO()
    image.save(encoded, "JPEG", quality=THUMBNAIL_QUALITY)
    return "data:image/jpeg;base64," + base64.b64encode(encoded.getvalue()).decode()
