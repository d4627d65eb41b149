"""Tags for the drawings in content/library/figures, and `{% drawing %}` for pages.

Coordinates are those of the drawing as it reads from left to right. For a
language read from right to left the line work is flipped as one group, and each
label is set anew at the mirrored place, so that no letter is ever mirrored:

    {% sheet %}      the attributes of the <svg> element
    {% title %}      the title, inside <title>
    {% linework %}   … {% endlinework %}: all lines and tints
    {% upright x=54 %} … {% endupright %}: within line work, something that keeps
                     its face (a tick, a question mark), at x
    {% label "key" x=… y=… width=… %}   a translated label, wrapped to the width
    {% code "A1181" x=… y=… %}          the same in every language, left to right
    {% number 3 x=… y=… %}              a numbered mark
"""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from content.figure_text import wrap
from content.figures import LIBRARY, Sheet, render_figure
from content.languages import reader_language

register = template.Library()

# In units of the drawing. Sizes are attributes, not rules of the stylesheet,
# because the line breaks are reckoned from them.
SIZES = {"": 24.0, "small": 23.0, "strong": 25.0, "code": 34.0}
# Bold letters are wider than those that figure_text reckons with.
WIDENING = {"strong": 1.08, "code": 1.08}
LINE_HEIGHT = 1.18
# From the middle of a line of text down to its baseline, in ems.
MIDDLE_TO_BASELINE = 0.35
MARK_RADIUS = 19


@register.simple_tag
def drawing(key: str) -> SafeString:
    """A drawing in the language of the page."""
    return render_figure(key, reader_language())


@register.simple_tag
def figure_title(key: str) -> str:
    """What a drawing shows, in the language of the page."""
    return LIBRARY.title(key, reader_language())


@register.simple_tag(takes_context=True)
def sheet(context: dict[str, Any]) -> SafeString:
    of = _sheet(context)
    return format_html(
        'role="img" class="drawing" lang="{}" dir="{}" direction="{}"',
        of.language,
        of.direction,
        of.direction,
    )


@register.simple_tag(takes_context=True)
def title(context: dict[str, Any]) -> str:
    return _sheet(context).title


@register.simple_block_tag(takes_context=True)
def linework(context: dict[str, Any], content: str) -> SafeString:
    of = _sheet(context)
    if not of.is_mirrored:
        return format_html("<g>{}</g>", content)
    return format_html('<g transform="translate({} 0) scale(-1 1)">{}</g>', of.width, content)


@register.simple_block_tag(takes_context=True)
def upright(context: dict[str, Any], content: str, x: float) -> SafeString:
    if not _sheet(context).is_mirrored:
        return format_html("<g>{}</g>", content)
    return format_html('<g transform="translate({} 0) scale(-1 1)">{}</g>', _plain(2 * x), content)


@register.simple_tag(takes_context=True)
def label(
    context: dict[str, Any],
    key: str,
    x: float,
    y: float,
    width: float,
    anchor: str = "start",
    style: str = "",
    within: str = "",
) -> SafeString:
    """A translated label, its lines centred on y; `within` names the box it must stay in."""
    of = _sheet(context)
    size = SIZES[style]
    lines = wrap(of.label(key), width / (size * WIDENING.get(style, 1.0)))
    place = of.width - x if of.is_mirrored else x
    return format_html(
        '<text class="{}" font-size="{}" text-anchor="{}" data-label="{}"{}>{}</text>',
        _classes(style),
        _plain(size),
        anchor,
        key,
        _within(within),
        format_html_join("", '<tspan x="{}" y="{}">{}</tspan>', _placed(lines, place, y, size)),
    )


@register.simple_tag(takes_context=True)
def code(
    context: dict[str, Any],
    text: str,
    x: float,
    y: float,
    anchor: str = "start",
    within: str = "",
) -> SafeString:
    """A code of the law: Latin letters and digits, left to right in every language."""
    of = _sheet(context)
    size = SIZES["code"]
    return format_html(
        '<text class="label label--code" font-size="{}" text-anchor="{}" direction="ltr"'
        ' data-label="{}"{} x="{}" y="{}">{}</text>',
        _plain(size),
        _turned(anchor) if of.is_mirrored else anchor,
        text,
        _within(within),
        _plain(of.width - x if of.is_mirrored else x),
        _plain(y + size * MIDDLE_TO_BASELINE),
        text,
    )


@register.simple_tag(takes_context=True)
def number(context: dict[str, Any], value: int, x: float, y: float) -> SafeString:
    """A mark in the drawing that the legend explains under the same number."""
    of = _sheet(context)
    size = SIZES["strong"]
    place = _plain(of.width - x if of.is_mirrored else x)
    return format_html(
        '<circle class="mark" cx="{}" cy="{}" r="{}"/>'
        '<text class="label label--mark" font-size="{}" text-anchor="middle" direction="ltr"'
        ' x="{}" y="{}">{}</text>',
        place,
        _plain(y),
        MARK_RADIUS,
        _plain(size),
        place,
        _plain(y + size * MIDDLE_TO_BASELINE),
        str(value),
    )


def _sheet(context: dict[str, Any]) -> Sheet:
    found: Sheet = context["sheet"]
    return found


def _placed(lines: list[str], x: float, y: float, size: float) -> list[tuple[str, str, str]]:
    step = size * LINE_HEIGHT
    first = y - step * (len(lines) - 1) / 2 + size * MIDDLE_TO_BASELINE
    return [(_plain(x), _plain(first + step * at), line) for at, line in enumerate(lines)]


def _classes(style: str) -> str:
    return f"label label--{style}" if style else "label"


def _within(box: str) -> SafeString:
    return format_html(' data-within="{}"', box) if box else mark_safe("")


def _turned(anchor: str) -> str:
    return {"start": "end", "end": "start"}.get(anchor, anchor)


def _plain(value: float) -> str:
    """A number for SVG: a point for the decimals, whatever the language of the page."""
    return f"{value:.1f}".removesuffix(".0")
