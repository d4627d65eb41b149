import numpy as np
import pytest

from ml.metrics import auroc, ece, ece_floor


def test_auroc_counts_pairs_and_halves_ties() -> None:
    assert auroc(np.array([3.0, 2.0]), np.array([1.0, 2.0])) == pytest.approx((1 + 1 + 1 + 0.5) / 4)


def test_ece_is_the_gap_between_promise_and_result_weighted_by_bin() -> None:
    top = np.array([0.95, 0.95, 0.95, 0.95, 0.55, 0.55])
    right = np.array([True, True, True, False, True, False])
    assert ece(top, right) == pytest.approx((abs(3.8 - 3) + abs(1.1 - 1)) / 6)


def test_a_perfect_recogniser_stays_near_the_floor() -> None:
    rng = np.random.RandomState(1)
    top = rng.uniform(0.3, 1, 800)
    assert ece(top, rng.random_sample(800) < top) < 2 * ece_floor(top)


def test_the_floor_falls_with_more_queries() -> None:
    assert ece_floor(np.full(2000, 0.8)) < ece_floor(np.full(50, 0.8)) / 3


def test_certainty_counts_in_the_last_bin() -> None:
    assert ece(np.array([1.0, 1.0]), np.array([True, True])) == 0
