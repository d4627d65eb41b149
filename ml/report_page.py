"""The page of a report: one HTML file that needs nothing beside it. Words and look, no reckoning."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from ml.evaluation_table import Row
from ml.report_drawings import interval, percent
from ml.report_pairs import PairRates, Rate

FEW_SPECIMENS = 10
STYLE = Path(__file__).with_name("report.css")


@dataclass(frozen=True, slots=True)
class Plate:
    """Photos of one thing with a line beneath: `photos` are data addresses with their alternative text."""

    caption: str
    photos: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A confusion: what it was, beside what it was called."""

    heading: str
    words: str
    was: Plate
    called: Plate


def page(title: str, subtitle: str, sections: Iterable[str]) -> str:
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<style>{STYLE.read_text(encoding="utf-8")}</style>
</head>
<body>
<header><p class="brand">Quaymark</p><h1>{escape(title)}</h1><p class="lead">{escape(subtitle)}</p></header>
<main>
{"".join(sections)}
</main>
</body>
</html>
"""


def headline(row: Row) -> str:
    """The figures that decide whether one may lean on it."""
    figures = [
        ("right at once", row.top1, "the first answer is the right one"),
        ("among the first three", row.top3, "the right one is not far"),
        (
            "in the candidate set",
            row.coverage90,
            f"promised {percent(0.9)}; {row.set_size90:.1f} candidates on average",
        ),
        ("calibration error", row.ece, f"ECE; {percent(row.ece_floor or 0)} would be chance alone"),
    ]
    if row.auroc_unknown is not None and row.unknown_rejected is not None:
        figures += [
            ("unknown called unknown", row.unknown_rejected, "things that no reference shows"),
            ("known taken as known", row.known_accepted, f"AUROC {row.auroc_unknown:.2f}"),
        ]
    cards = "".join(
        f"<div><dt>{name}</dt><dd><b>{percent(value)}</b><span>{escape(words)}</span></dd></div>"
        for name, value, words in figures
        if value is not None
    )
    honest = (
        ""
        if row.calibrated
        else (
            '<p class="note check"><strong>Not calibrated.</strong> Too few specimens to fit the '
            "probabilities on these very things; they lean on constants fitted elsewhere.</p>"
        )
    )
    return f'<section><dl class="figures">{cards}</dl>{honest}</section>'


def section(heading: str, words: str, *bodies: str) -> str:
    return f"<section><h2>{escape(heading)}</h2><p>{escape(words)}</p>{''.join(bodies)}</section>"


def beside(*figures: tuple[str, str]) -> str:
    """Drawings in a row where there is room, each with what to see in it."""
    drawn = "".join(
        f"<figure>{drawing}<figcaption>{words}</figcaption></figure>" for drawing, words in figures
    )
    return f'<div class="beside">{drawn}</div>'


def wide(drawing: str, name: str) -> str:
    """A drawing that may be wider than a phone: it scrolls by itself, by keyboard too."""
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(name)}">{drawing}</div>'


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in rows
    )
    return f"<details><summary>{escape(name)}</summary>{wide(_table(head, body), name)}</details>"


def _table(head: str, body: str) -> str:
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def confusion_cards(cards: Iterable[SideBySide]) -> str:
    return (
        '<div class="cards">'
        + "".join(
            f'<article class="card"><h3>{escape(each.heading)}</h3><p>{escape(each.words)}</p>'
            f'<div class="plates">{_plate(each.was, "stop")}{_plate(each.called, "go")}</div></article>'
            for each in cards
        )
        + "</div>"
    )


def _plate(plate: Plate, tone: str) -> str:
    photos = "".join(
        f'<img src="{address}" alt="{escape(words)}" title="{escape(words)}">'
        for address, words in plate.photos
    )
    caption = f"<figcaption>{escape(plate.caption)}</figcaption>"
    return f'<figure class="plate {tone}">{caption}<div>{photos}</div></figure>'


def pair_cards(pairs: Iterable[PairRates]) -> str:
    return (
        '<div class="cards">'
        + "".join(
            f'<article class="card"><h3>{_words(each.pair.listed)} and {_words(each.pair.unlisted)}</h3>'
            f"{_rate('The listed one is missed', each.missed, 'stop')}"
            f"{_rate('The unlisted one raises an alarm', each.alarms, 'check')}</article>"
            for each in pairs
        )
        + "</div>"
    )


def _rate(name: str, rate: Rate | None, tone: str) -> str:
    if rate is None:
        return f'<div class="rate"><h4>{name}</h4><p>No photo of it was asked about.</p></div>'
    few = ": too few to lean on" if rate.specimens < FEW_SPECIMENS else ""
    return (
        f'<div class="rate"><h4>{name}</h4><p class="{tone}"><b>{percent(rate.share)}</b> '
        f"<span>{percent(rate.low)} to {percent(rate.high)}; {rate.queries} queries of "
        f"{rate.specimens} specimens{few}</span></p>{interval(rate, tone)}</div>"
    )


def _words(name: str) -> str:
    return escape(name.replace("_", " "))
