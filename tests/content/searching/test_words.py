"""What is written in different ways becomes the same words."""

import pytest

from content.searching.words import code_words, fold, stems_of, words_of, words_of_query


@pytest.mark.parametrize(
    "spelling",
    [
        "R22",
        "r-22",
        "R 22",
        "HCFC 22",
        "hcfc-22",
        "freon 22",
        "Freon-22",
        "фреон 22",
        "Хладон-22",
        "ГХФУ-22",
        "فريون 22",
        "فريون ٢٢",
        "氟利昂22",
        "réfrigérant 22",
    ],
)
def test_a_refrigerant_is_one_word_however_it_is_written(spelling):
    assert words_of(spelling) == ["r22"]


@pytest.mark.parametrize("spelling", ["R-404A", "r404a", "R 404 a", "HFC-404A", "freon 404a"])
def test_the_letter_of_a_blend_stays_with_its_number(spelling):
    assert words_of(spelling) == ["r404a"]


def test_un_and_cas_numbers_are_words_of_their_own():
    assert words_of("UN 1018, 75-45-6") == ["un1018", "cas75456"]


@pytest.mark.parametrize(
    ("written", "plain"),
    [("Éléphant", "elephant"), ("Œufs", "oeufs"), ("Чёрный", "черный"), ("آلة", "اله"), ("٢٢", "22")],
)
def test_accents_points_and_other_digits_are_folded(written, plain):
    assert fold(written) == plain


def test_the_arabic_article_is_left_out():
    assert words_of("العاج") == words_of("عاج")
    assert words_of("والعاج") == words_of("عاج")


def test_chinese_is_cut_into_pairs():
    assert words_of("象牙制品") == ["象牙", "牙制", "制品"]
    assert words_of("虎") == ["虎"]
    assert words_of("R22钢瓶") == ["r22", "钢瓶"]


def test_words_that_only_join_are_left_out():
    assert words_of("Sculpture d’ivoire de l’éléphant") == ["sculpture", "ivoire", "elephant"]


def test_a_russian_word_is_found_in_its_other_cases():
    assert stems_of("слоновой") & stems_of("слоновая")
    assert stems_of("черепахи") & stems_of("черепаху")


def test_an_english_plural_is_found():
    assert "tusk" in stems_of("tusks", "en")


@pytest.mark.parametrize("code", ["0507.10", "050710", "0507 10", "0507.10.00", "0507100090", "05 07 10"])
def test_six_digits_of_a_customs_code_count(code):
    assert words_of_query(code) == ["hs050710"]


def test_a_code_is_found_by_chapter_heading_and_subheading():
    assert code_words("0507.10") == ["hs05", "hs0507", "hs050710"]


@pytest.mark.parametrize("nothing", ["", "   ", "🐘", "'\"%_", "\0", "…"])
def test_what_is_no_word_gives_none(nothing):
    assert words_of_query(nothing) == []


def test_a_very_long_query_is_cut():
    assert len(words_of_query("word " * 1000)) == 1
    assert len(words_of_query(" ".join(f"word{number}" for number in range(1000)))) <= 8
