"""The drawings of a report, as SVG: two stroke widths, colours by class name, labels as text.

Every number that is drawn can also be read: in a mark's own title, or in the table beneath.
"""

import math
from collections.abc import Iterable, Sequence
from html import escape

from ml.report_figures import Bin, Confusions, RiskCoverage
from ml.report_pairs import Rate

# Charts are drawn at the width of a phone, so that labels keep their size there.
WIDTH, HEIGHT = 340, 300
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 24, 44
ACROSS, DOWN = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
COUNTS_DOWN = 34  # the strip beneath the reliability diagram that says how many queries stand behind it

QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)

CELL, MOST_NUMBERED = 22, 40
LETTER = 6.2  # width of a label's letter, about


def reliability_diagram(bins: Sequence[Bin], right: float) -> str:
    """What was promised across, what was kept up; the staircase of queries beneath."""
    floor = HEIGHT - BOTTOM
    most = max(each.queries for each in bins)
    parts = [
        *_grid(QUARTERS),
        f'<path class="even" d="M{LEFT} {floor}L{LEFT + ACROSS} {floor - DOWN}"/>',
    ]
    for each in bins:
        x, y = LEFT + each.promised * ACROSS, floor - each.kept * DOWN
        even = floor - each.promised * DOWN
        tone = "go" if abs(each.promised - each.kept) <= 0.1 else "check"
        height = 3 + each.queries / most * COUNTS_DOWN
        start, width = LEFT + each.low * ACROSS + 1, (each.high - each.low) * ACROSS - 2
        words = f"{each.queries} queries: promised {percent(each.promised)}, right {percent(each.kept)}"
        parts += [
            f"<g><title>{words}</title>",
            f'<path class="queries" d="M{start:.1f} {floor}v-{height:.1f}h{width:.1f}v{height:.1f}z"/>',
            f'<path class="gap {tone}" d="M{x:.1f} {even:.1f}V{y:.1f}"/>',
            f'<circle class="dot {tone}" cx="{x:.1f}" cy="{y:.1f}" r="5"/></g>',
        ]
    parts += _names("what it promised", "what came true")
    return _svg(WIDTH, HEIGHT, f"Reliability diagram; {percent(right)} of all answers were right", parts)


def risk_coverage_curve(curve: RiskCoverage, marked: float) -> str:
    """The share answered across, the share of those that is wrong up; the coverage at `marked` risk."""
    top = math.ceil(max(float(curve.risk.max()), marked) * 25) / 25  # so that quarters are whole percents
    floor = HEIGHT - BOTTOM

    def point(coverage: float, risk: float) -> str:
        return f"{LEFT + coverage * ACROSS:.1f} {floor - risk / top * DOWN:.1f}"

    line = "L".join(map(point, map(float, curve.coverage), map(float, curve.risk)))
    first = float(curve.coverage[0])
    reached = curve.coverage_at(marked)
    x, y = point(reached, marked).split()
    parts = [
        *_grid([top * quarter for quarter in QUARTERS], top),
        f'<path class="under" d="M{point(first, 0)}L{line}L{point(1, 0)}Z"/>',
        f'<path class="line" d="M{line}"/>',
        f'<path class="mark check" d="M{LEFT} {y}H{x}V{floor}"/>',
        f'<circle class="dot check" cx="{x}" cy="{y}" r="5"><title>At {percent(marked)} errors '
        f"{percent(reached)} can be answered</title></circle>",
    ]
    parts += _names("answered, the surest first", "of those wrong")
    return _svg(
        WIDTH, HEIGHT, f"Risk and coverage: {percent(reached)} answered at {percent(marked)} errors", parts
    )


def confusion_matrix(found: Confusions) -> str:
    """Rows are what it was, columns what it was called; stronger is oftener, green right, red wrong."""
    names = found.classes
    margin = 14 + LETTER * min(max(map(len, names)), 26)
    size = margin + CELL * len(names) + 8
    parts: list[str] = []
    for row, name in enumerate(names):
        y = margin + CELL * row
        along, above = margin + CELL * row + 15, margin - 6
        parts += [
            f'<text class="name end" x="{above:.0f}" y="{along:.0f}">{_short(name)}</text>',
            f'<text class="name" transform="translate({along:.0f} {above:.0f}) rotate(-90)">',
            f"{_short(name)}</text>",
        ]
        for column, answer in enumerate(names):
            parts.append(_cell(found, row, column, name, answer, margin + CELL * column, y))
    label = f"Confusion matrix of {len(names)} classes"
    return _svg(round(size), round(size), label, parts, natural=True)


def _cell(found: Confusions, row: int, column: int, name: str, answer: str, x: float, y: float) -> str:
    count, share = int(found.counts[row, column]), float(found.shares[row, column])
    place = f'x="{x:.0f}" y="{y:.0f}" width="{CELL - 2}" height="{CELL - 2}"'
    if not count:
        return f'<rect class="empty" {place}/>'
    tone = "go" if row == column else "stop"
    asked = int(found.counts[row].sum())
    words = f"{escape(name)} called {escape(answer)}: {count} of {asked} ({percent(share)})"
    number = round(100 * share)
    strength = 0.12 + 0.88 * share
    text = ""
    if len(found.classes) <= MOST_NUMBERED and number:
        strong = " on" if strength > 0.55 else ""
        text = f'<text class="share{strong}" x="{x + 10:.0f}" y="{y + 13.5:.1f}">{number}</text>'
    return f'<g><title>{words}</title><rect class="{tone}" {place} fill-opacity="{strength:.2f}"/>{text}</g>'


def interval(rate: Rate, tone: str) -> str:
    """A share with its interval on a ruled line from 0 to 100 %."""
    width, height, pad = 220, 26, 8
    across = width - 2 * pad
    ticks = "".join(
        f'<path class="tick" d="M{pad + across * step / 10:.1f} 20v{4 if step % 5 else 6}"/>'
        for step in range(11)
    )
    x, low, high = (pad + across * value for value in (rate.share, rate.low, rate.high))
    parts = [
        f'<path class="rule" d="M{pad} 20H{width - pad}"/>{ticks}',
        f'<path class="span {tone}" d="M{low:.1f} 11H{high:.1f}"/>',
        f'<circle class="dot {tone}" cx="{x:.1f}" cy="11" r="5"/>',
    ]
    return _svg(width, height, f"{percent(rate.share)}, {percent(rate.low)} to {percent(rate.high)}", parts)


def percent(share: float) -> str:
    """Never 0 or 100 where it is neither."""
    whole = round(100 * share)
    if (whole == 0 and share > 0) or (whole == 100 and share < 1):
        return f"{100 * share:.1f}\N{NO-BREAK SPACE}%"
    return f"{whole}\N{NO-BREAK SPACE}%"


def _grid(up: Sequence[float], top: float = 1.0) -> Iterable[str]:
    """Shares from 0 to 1 across, from 0 to `top` up."""
    floor = HEIGHT - BOTTOM
    for value in up:
        y = floor - value / top * DOWN
        yield f'<path class="rule" d="M{LEFT} {y:.1f}H{LEFT + ACROSS}"/>'
        yield f'<text class="number end" x="{LEFT - 6}" y="{y + 4:.1f}">{percent(value)}</text>'
    for value in QUARTERS:
        x = LEFT + value * ACROSS
        yield f'<path class="tick" d="M{x:.1f} {floor}v5"/>'
        yield f'<text class="number middle" x="{x:.1f}" y="{floor + 18}">{percent(value)}</text>'


def _names(across: str, up: str) -> list[str]:
    return [
        f'<text class="axis end" x="{LEFT + ACROSS}" y="{HEIGHT - 6}">{across}</text>',
        f'<text class="axis" x="{LEFT + 6}" y="{TOP - 6}">{up}</text>',
    ]


def _short(name: str) -> str:
    words = name.replace("_", " ")
    return escape(words if len(words) <= 26 else f"{words[:25]}…")


def _svg(width: int, height: int, label: str, parts: Iterable[str], *, natural: bool = False) -> str:
    size = f' width="{width}" height="{height}"' if natural else ""
    return (
        f'<svg viewBox="0 0 {width} {height}"{size} role="img" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )
