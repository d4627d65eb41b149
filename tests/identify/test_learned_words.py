"""What is said of an item's recognition promises no more than the number of photos can."""

import pytest

from identify.learned_words import in_words, learned_rows, likely_range
from identify.models import LearnedIndex
from identify.models.learned import ItemLearned


def learned(right: int, tested: int, photos: int = 5, specimens: int = 2) -> ItemLearned:
    return ItemLearned(photos, specimens, tested, right, calibrated=True)


def test_few_photos_are_counted_and_the_range_is_named():
    words = in_words(learned(4, 5))
    assert "Right in 4 of 5 photos" in words
    assert "anything from 38 % to 96 % is possible" in words


def test_many_photos_stand_alone():
    assert "possible" not in in_words(learned(45, 50))


def test_one_specimen_can_not_be_measured():
    assert "Add photos of a second one" in in_words(learned(0, 0, specimens=1))


def test_without_photos_there_is_nothing_to_say():
    assert in_words(None) == "No photos."


@pytest.mark.parametrize(("right", "tested"), [(0, 1), (1, 1), (3, 7), (50, 50)])
def test_the_range_lies_between_none_and_all_and_holds_the_rate(right: int, tested: int):
    low, high = likely_range(right, tested)
    assert 0 <= low <= right / tested <= high <= 1


def test_what_changed_stands_first():
    row = {"photos": 4, "specimens": 4, "tested": 4, "right": 4, "calibrated": True}
    before = LearnedIndex(items={"ash": row, "oak": row})
    now = LearnedIndex(items={"ash": row, "oak": {**row, "right": 2}, "yew": row})
    rows = learned_rows(now, before, {"ash": "Ash", "oak": "Oak", "yew": "Yew"})
    assert [(each.name, each.changed) for each in rows] == [("Oak", True), ("Yew", True), ("Ash", False)]
    assert rows[1].before is None
