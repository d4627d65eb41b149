"""The drawings as a real browser sets them: every label where it belongs, in all six languages.

Widths are what the browser measures. Heights are reckoned from the base lines, because the box a font
claims for a line is much taller in some scripts than the letters are.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from content.figures import LIBRARY, render_figure

pytestmark = pytest.mark.browser

LANGUAGES = ["en", "fr", "es", "ru", "ar", "zh-hans"]
STYLES = Path(__file__).resolve().parents[2] / "content" / "static" / "content"
PHONE = 340

PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><title>.</title>
<style>{styles} body {{ margin: 0; }} .drawing {{ inline-size: {width}px; }}</style>{drawing}</html>"""

MEASURE = """
() => {
  const svg = document.querySelector("svg");
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const scale = svg.getBoundingClientRect().width / width;
  const inView = (element) => {
    const box = element.getBBox();
    const toView = svg.getScreenCTM().inverse().multiply(element.getScreenCTM());
    const from = new DOMPoint(box.x, box.y).matrixTransform(toView);
    const to = new DOMPoint(box.x + box.width, box.y + box.height).matrixTransform(toView);
    return {left: Math.min(from.x, to.x), right: Math.max(from.x, to.x),
            top: Math.min(from.y, to.y), bottom: Math.max(from.y, to.y)};
  };
  const labels = [...svg.querySelectorAll("text")].map((text) => {
    const lines = text.children.length ? [...text.children] : [text];
    const baselines = lines.map((line) => Number(line.getAttribute("y")));
    const size = parseFloat(getComputedStyle(text).fontSize);
    const {left, right} = inView(text);
    return {words: text.textContent, left, right, size: size * scale,
            top: Math.min(...baselines) - 0.78 * size, bottom: Math.max(...baselines) + 0.26 * size,
            within: text.dataset.within ?? null};
  });
  const shapes = Object.fromEntries(
    [...svg.querySelectorAll("[data-shape]")].map((shape) => [shape.dataset.shape, inView(shape)]));
  return {labels, shapes, view: {left: 0, top: 0, right: width, bottom: height}};
}
"""


# Each drawing is set once in each language, for all that is asked of it.
@pytest.fixture(scope="module")
def blank_page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    yield page
    page.close()


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=LIBRARY.drawings())
def measured(request: pytest.FixtureRequest, language: str, blank_page: Page) -> dict:
    """Where every label and every box of one drawing lies, in units of the drawing."""
    styles = "".join((STYLES / name).read_text() for name in ("quaymark.css", "drawing.css"))
    drawing = render_figure(request.param, language)
    blank_page.set_content(
        PAGE.format(language=language, styles=styles, width=PHONE, drawing=drawing), wait_until="load"
    )
    return blank_page.evaluate(MEASURE)


def is_inside(inner: dict, outer: dict) -> bool:
    return (
        inner["left"] >= outer["left"]
        and inner["right"] <= outer["right"]
        and inner["top"] >= outer["top"]
        and inner["bottom"] <= outer["bottom"]
    )


def overlap(one: dict, other: dict) -> bool:
    return (
        one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] < other["bottom"]
        and other["top"] < one["bottom"]
    )


def test_no_label_leaves_the_drawing(measured):
    assert [label["words"] for label in measured["labels"] if not is_inside(label, measured["view"])] == []


def test_no_label_leaves_the_box_drawn_for_it(measured):
    boxed = [label for label in measured["labels"] if label["within"]]
    assert boxed
    outside = [label["words"] for label in boxed if not is_inside(label, measured["shapes"][label["within"]])]
    assert outside == []


def test_no_two_labels_overlap(measured):
    labels = measured["labels"]
    pairs = [(one, other) for at, one in enumerate(labels) for other in labels[at + 1 :]]
    assert [(one["words"], other["words"]) for one, other in pairs if overlap(one, other)] == []


def test_every_label_can_be_read_on_a_phone(measured):
    assert min(label["size"] for label in measured["labels"]) >= 13


LIGHTNESS = """
(selector) => {
  const context = document.createElement("canvas").getContext("2d");
  context.fillStyle = getComputedStyle(document.querySelector(selector)).fill;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_through_the_lens_light_tissue_is_lighter_than_the_wood_and_gum_darker(blank_page, scheme):
    blank_page.emulate_media(color_scheme=scheme)
    styles = "".join((STYLES / name).read_text() for name in ("quaymark.css", "drawing.css"))
    drawing = render_figure("endgrain-rosewood", "en")
    blank_page.set_content(PAGE.format(language="en", styles=styles, width=PHONE, drawing=drawing))
    tissue, wood, gum = (
        blank_page.evaluate(LIGHTNESS, f".seen {part}") for part in (".paper", ".tint-3", ".solid")
    )
    assert tissue > wood + 50
    assert gum < wood - 50
