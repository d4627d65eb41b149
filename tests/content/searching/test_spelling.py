"""Unfinished and misspelt words are taken for what they mean."""

import pytest

from content.searching.spelling import (
    BEGINNING,
    ONE_SLIP,
    TWO_SLIPS,
    WHOLE,
    distance,
    keys_of,
    keys_to_try,
    nearness,
)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("pangoln", "pangolin"),
        ("pangollin", "pangolin"),
        ("pangulin", "pangolin"),
        ("apngolin", "pangolin"),
        ("rhinocerus", "rhinoceros"),
        ("слонвоая", "слоновая"),
        ("tortoisshel", "tortoiseshell"),
    ],
)
def test_a_misspelt_word_meets_the_word_it_means(typed, word):
    assert keys_to_try(typed, unfinished=False) & keys_of(word)
    assert nearness(typed, word, unfinished=False) >= TWO_SLIPS


def test_an_unfinished_word_meets_the_words_it_begins():
    assert keys_to_try("pan", unfinished=True) & keys_of("pangolin")
    assert nearness("pan", "pangolin", unfinished=True) == BEGINNING
    assert nearness("pan", "pangolin", unfinished=False) == 0


def test_the_word_itself_is_surer_than_its_beginning_and_that_than_a_slip():
    assert WHOLE > BEGINNING > ONE_SLIP > TWO_SLIPS > 0
    assert nearness("tiger", "tiger", unfinished=True) == WHOLE


@pytest.mark.parametrize(("typed", "word"), [("oud", "out"), ("r22", "r32"), ("hs0507", "hs0508")])
def test_short_words_and_numbers_are_never_taken_for_others(typed, word):
    assert nearness(typed, word, unfinished=False) == 0


@pytest.mark.parametrize(
    ("one", "other", "slips"), [("tusk", "tusk", 0), ("tusk", "task", 1), ("tusk", "tsuk", 1), ("", "ab", 2)]
)
def test_slips_are_counted(one, other, slips):
    assert distance(one, other) == slips
