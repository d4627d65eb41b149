"""The draws, against figures worked out by hand from numpy.random.RandomState."""

from pathlib import Path

import numpy as np
import pytest

from ml.photo_sets import PhotoClass
from ml.protocol import ClassSplit, can_be_split, draw, query_groups


def plain(name: str, photos: int) -> PhotoClass:
    return PhotoClass(name, tuple(Path(name) / f"{i:02}.jpg" for i in range(photos)))


def by_specimen(name: str, *photos: int) -> PhotoClass:
    return PhotoClass(
        name,
        tuple(Path(name) / f"{chr(97 + s)}__{i}.jpg" for s, count in enumerate(photos) for i in range(count)),
    )


def test_photos_are_permuted_class_after_class_by_one_generator() -> None:
    rng = np.random.RandomState(3)
    orders = [rng.permutation(6), rng.permutation(9)]
    drawn = draw([plain("a", 6), plain("b", 9)], shots=2, seed=3)
    for split, order in zip(drawn.classes, orders, strict=True):
        assert [int(file.stem) for file in split.references] == order[:2].tolist()
        assert [int(file.stem) for file in split.queries] == sorted(order[2:].tolist())


def test_classes_too_small_are_left_out_before_any_draw() -> None:
    with_small = draw([plain("a", 4), plain("b", 9)], shots=3, seed=0)
    without = draw([plain("b", 9)], shots=3, seed=0)
    assert with_small.classes == without.classes


def test_specimens_are_drawn_until_there_are_enough_photos() -> None:
    order = np.random.RandomState(0).permutation(3)
    split = draw([by_specimen("a", 2, 2, 2)], shots=3, seed=0).classes[0]
    first, second, third = (chr(97 + int(number)) for number in order)
    assert [file.name for file in split.references] == [
        f"{first}__0.jpg",
        f"{first}__1.jpg",
        f"{second}__0.jpg",
    ]
    assert [file.name for file in split.queries] == [f"{third}__0.jpg", f"{third}__1.jpg"]


@pytest.mark.parametrize("seed", range(8))
def test_no_specimen_stands_on_both_sides(seed: int) -> None:
    split = draw([by_specimen("a", 4, 3, 5, 2)], shots=5, seed=seed).classes[0]
    sides = [{file.name[0] for file in side} for side in (split.references, split.queries)]
    assert len(split.references) == 5
    assert not sides[0] & sides[1]


def test_a_class_that_some_draw_would_leave_without_a_query_is_left_out() -> None:
    assert not can_be_split(by_specimen("a", 9, 2), shots=3)
    assert can_be_split(by_specimen("a", 9, 3), shots=3)


def test_half_the_classes_are_known_by_the_same_generator() -> None:
    rng = np.random.RandomState(5)
    for _ in range(7):
        rng.permutation(8)
    assert draw([plain(name, 8) for name in "abcdefg"], 1, 5).known == tuple(rng.permutation(7)[:3])


def test_with_five_classes_nothing_is_unknown() -> None:
    assert draw([plain(name, 8) for name in "abcde"], 1, 5).known is None


def test_queries_of_several_photos_are_of_one_specimen_and_whole() -> None:
    split = ClassSplit(
        "a", (), tuple(Path(f"{s}__{i}.jpg") for s, n in (("x", 7), ("y", 2), ("z", 3)) for i in range(n))
    )
    groups = query_groups(split, 3)
    assert [[file.name for file in group] for group in groups] == [
        ["x__0.jpg", "x__1.jpg", "x__2.jpg"],
        ["x__3.jpg", "x__4.jpg", "x__5.jpg"],
        ["z__0.jpg", "z__1.jpg", "z__2.jpg"],
    ]


def test_without_specimens_there_are_no_queries_of_several_photos() -> None:
    assert query_groups(ClassSplit("a", (), tuple(Path(f"{i}.jpg") for i in range(9))), 3) == ()
