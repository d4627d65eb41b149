"""Drawings: their words by language, lines that wrap, mirroring for right to left."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation

from content.figure_text import width_in_ems, wrap
from content.figures import (
    LIBRARY,
    FigureError,
    FigureLibrary,
    figure_choices,
    figure_problems,
    render_figure,
)

LANGUAGES = ["en", "fr", "es", "ru", "ar", "zh-hans"]
SVG = "{http://www.w3.org/2000/svg}"

STAMP = """{% load figures %}
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200" {% sheet %}>
<title>{% title %}</title>
{% linework %}<path d="M0 0h9"/>{% upright x=50 %}<path d="m48 8 2 2 4-4"/>{% endupright %}{% endlinework %}
{% label "seal" x=100 y=60 width=200 %}
{% code "A1181" x=100 y=120 %}
{% number 3 x=40 y=60 %}
</svg>
"""


@pytest.fixture
def library(tmp_path: Path) -> Callable[..., FigureLibrary]:
    """A library of one drawing, `stamp`, with words as given for each language."""

    def make(**words: str) -> FigureLibrary:
        (tmp_path / "figures").mkdir()
        (tmp_path / "figures" / "stamp.svg").write_text(STAMP)
        for language, text in words.items():
            (tmp_path / language).mkdir()
            (tmp_path / language / "figures.yaml").write_text(text)
        return FigureLibrary(tmp_path)

    return make


def worded(seal: str = "A seal", title: str = "A stamp") -> str:
    return f"stamp:\n  title: {title!r}\n  labels:\n    seal: {seal!r}\n"


# --- Lines ---


def test_a_line_breaks_between_words():
    assert wrap("Each item tested with a record", 9) == ["Each item tested", "with a record"]


def test_lines_are_made_about_equally_long():
    first, second = wrap("one two three four five six seven eight nine ten", 22)
    assert abs(width_in_ems(first) - width_in_ems(second)) < 5


def test_a_line_breaks_where_the_sentence_pauses_if_that_needs_no_further_line():
    assert wrap("A leaking battery: keep away from it", 16) == ["A leaking battery:", "keep away from it"]
    assert wrap("每件是否都经过测试，并有测试记录？", 12) == ["每件是否都经过测试，", "并有测试记录？"]


def test_no_line_is_wider_than_it_may_be_if_its_words_are_not():
    lines = wrap("Куплено и продано, есть счёт или договор на каждое изделие", 10)
    assert max(width_in_ems(line) for line in lines) <= 10


def test_a_word_too_long_for_a_line_stays_whole():
    assert wrap("электротехнического", 3) == ["электротехнического"]


def test_chinese_breaks_between_any_two_characters():
    assert wrap("散放的显示器", 3) == ["散放的", "显示器"]


def test_no_line_begins_with_closing_punctuation():
    lines = wrap("是否完整、无损，并且有市场？", 6)
    assert len(lines) > 1
    assert not any(line[0] in "、，。？）》”" for line in lines)


def test_no_line_ends_with_an_opening_quotation_mark():
    assert not any(line.endswith("“") for line in wrap("申报为“二手货物”的一批货", 4))


def test_a_latin_code_in_chinese_stays_whole():
    assert any("A1181" in line for line in wrap("适用条目A1181的废物", 5))


def test_a_line_never_breaks_at_a_no_break_space():
    assert wrap("avec facture\u00a0?", 6) == ["avec", "facture\u00a0?"]


# --- Drawing ---


def test_a_drawing_is_an_image_with_a_title_in_its_language(library):
    drawn = library(fr=worded(title="Un tampon")).render("stamp", "fr")
    root = ElementTree.fromstring(drawn)
    assert (root.get("role"), root.get("lang"), root.get("dir")) == ("img", "fr", "ltr")
    assert root.findtext(f"{SVG}title") == "Un tampon"


def test_line_work_is_flipped_for_a_language_read_from_right_to_left(library):
    drawn = library(ar=worded()).render("stamp", "ar")
    assert '<g transform="translate(600 0) scale(-1 1)"><path d="M0 0h9"/>' in drawn
    assert ElementTree.fromstring(drawn).get("direction") == "rtl"


def test_line_work_is_left_as_drawn_for_a_language_read_from_left_to_right(library):
    assert "scale(-1" not in library(ru=worded()).render("stamp", "ru")


def test_what_must_keep_its_face_is_flipped_back_at_its_place(library):
    drawn = library(ar=worded()).render("stamp", "ar")
    assert '<g transform="translate(100 0) scale(-1 1)"><path d="m48 8 2 2 4-4"/></g>' in drawn


def test_a_label_moves_to_the_mirrored_place_and_is_never_inside_the_flipped_group(library):
    root = ElementTree.fromstring(library(ar=worded("ختم")).render("stamp", "ar"))
    assert root.find(f".//{SVG}g//{SVG}text") is None
    line = root.find(f"{SVG}text/{SVG}tspan")
    assert (line.get("x"), line.text) == ("500", "ختم")


def test_a_code_stays_left_to_right_in_a_mirrored_drawing(library):
    root = ElementTree.fromstring(library(ar=worded()).render("stamp", "ar"))
    code = root.find(f"{SVG}text[@data-label='A1181']")
    assert (code.get("direction"), code.get("x"), code.get("text-anchor")) == ("ltr", "500", "end")


def test_words_are_escaped(library):
    drawn = library(en=worded("<script>1 & 2</script>", "<b>")).render("stamp", "en")
    assert "<script" not in drawn and "<b>" not in drawn
    assert "&lt;script&gt;1 &amp;" in drawn


def test_a_variant_of_a_language_uses_the_words_of_the_language(library):
    drawn = library(zh=worded("印章")).render("stamp", "zh-hans")
    assert "印章" in drawn and 'lang="zh-hans"' in drawn


def test_coordinates_keep_their_decimal_point_in_a_french_page(library):
    with translation.override("fr"):
        drawn = library(fr=worded()).render("stamp", "fr")
    assert not re.search(r'(?:x|y|font-size)="[^"]*,', drawn)


# --- What is missing ---


def test_a_missing_label_is_named_with_its_file(library):
    incomplete = library(es="stamp: {title: Sello, labels: {}}")
    with pytest.raises(FigureError, match=r"content/library/es/figures.yaml: stamp has no label 'seal'"):
        incomplete.render("stamp", "es")


def test_a_drawing_that_is_not_there_is_named(library):
    with pytest.raises(FigureError, match=r"no drawing '\.\./secrets'"):
        library(en=worded()).render("../secrets", "en")


def test_problems_name_missing_languages_and_missing_and_left_over_words(library):
    lacking = library(en=worded(), es="stamp: {labels: {wax: Cera}}", ru="stamp: [", fr="other: {}")
    problems = "\n".join(lacking.problems(["en", "es", "ru", "fr", "ar"]))
    assert "en/figures.yaml" not in problems
    assert "es/figures.yaml: stamp has no title" in problems
    assert "es/figures.yaml: stamp has no label 'seal'" in problems
    assert "es/figures.yaml: stamp has a label 'wax' that the drawing does not use" in problems
    assert "ru/figures.yaml cannot be read" in problems
    assert "fr/figures.yaml: there is no drawing 'other'" in problems
    assert "fr/figures.yaml has no words for the drawing 'stamp'" in problems
    assert "ar/figures.yaml is missing" in problems


# --- The product's own drawings ---


def test_every_drawing_is_complete_in_every_language_of_the_site():
    assert figure_problems() == []


def test_the_drawings_of_the_first_module_can_be_chosen_by_title():
    with translation.override("en"):
        choices = dict(figure_choices())
    assert choices["used-or-waste"] == "The path from used to waste"
    assert "mislabelled-consignment" in choices


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", LIBRARY.drawings())
def test_a_drawing_obeys_a_strict_content_policy_and_is_valid(key, language):
    drawn = render_figure(key, language)
    ElementTree.fromstring(drawn)
    assert "style=" not in drawn and "<style" not in drawn and "<script" not in drawn
    assert " id=" not in drawn  # two drawings may stand on one page


def test_a_page_shows_a_drawing_in_its_own_language():
    page = Template('{% load figures %}{% drawing "used-or-waste" %}')
    with translation.override("ar"):
        assert 'dir="rtl"' in page.render(Context())
