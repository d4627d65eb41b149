"""Uncertainty in words, with the number behind."""

import pytest

from identify.wording import among, likelihood, percent


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (0.99, "Very probably"),
        (0.83, "Probably"),
        (0.4, "Possibly"),
        (0.1, "Less likely"),
        (0.01, "Unlikely, but not ruled out"),
        (0.0, "Unlikely, but not ruled out"),
    ],
)
def test_each_band_has_its_word(probability, word):
    assert likelihood(probability, calibrated=True) == word


def test_a_number_that_was_not_calibrated_is_at_most_probable():
    assert likelihood(0.99, calibrated=False) == "Probably"


def test_a_photo_never_makes_anything_certain_or_impossible():
    assert percent(0.999) == 99
    assert percent(0.0001) == 1


def test_the_number_says_what_it_is_a_share_of():
    assert among(0.834, 80) == "(83 % among the 80 things this guide knows)"
