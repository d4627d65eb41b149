import numpy as np
import pytest

from ml.confidence import Confidence, energy, fit, fitted_temperature
from ml.describing import Blocks, softmax
from ml.folds import by_item, by_specimen, specimen_numbers
from ml.prior import read_prior
from ml.ridge import train
from tests.ml.tiny_backbone import TINY

BLOCKS = Blocks.of(TINY)
PRIOR = read_prior()


def references(items: int, photos: int, noise: float = 0.4) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(items * 100 + photos)
    centres = rng.uniform(0, 2, (items, BLOCKS.size))
    descriptions = np.repeat(centres, photos, axis=0) + rng.normal(0, noise, (items * photos, BLOCKS.size))
    return np.maximum(descriptions, 0), np.repeat(np.arange(items), photos)


def own_specimens(labels: np.ndarray) -> list[str]:
    return [str(number) for number in range(len(labels))]


def fitted(items: int, photos: int, specimens: list[str] | None = None) -> Confidence:
    descriptions, labels = references(items, photos)
    return fit(BLOCKS, descriptions, labels, specimens or own_specimens(labels), items, PRIOR)


def test_specimens_are_numbered_within_their_item() -> None:
    assert specimen_numbers(np.array([0, 0, 1, 1, 0]), ["a", "b", "a", "a", "a"]).tolist() == [0, 1, 0, 0, 0]


def test_a_fold_leaves_out_a_specimen_of_every_item_whole() -> None:
    labels = np.array([0, 0, 0, 1, 1])
    numbers = specimen_numbers(labels, ["a", "a", "b", "c", "d"])
    left: list[list[int]] = []

    def trial(kept: np.ndarray, out: np.ndarray) -> np.ndarray:
        assert not (kept & out).any()
        left.append(np.flatnonzero(out).tolist())
        return np.zeros((out.sum(), 2))

    found = by_specimen(labels, numbers, 2, trial)
    assert left == [[0, 1, 3], [2, 4]]
    assert found is not None
    assert found.photos.tolist() == [0, 1, 3, 2, 4]


def test_an_item_with_one_specimen_is_never_left_out() -> None:
    labels = np.array([0, 0, 1, 1])
    numbers = specimen_numbers(labels, ["a", "a", "b", "c"])
    found = by_specimen(labels, numbers, 2, lambda kept, out: np.zeros((out.sum(), 2)))
    assert found is not None
    assert set(labels[found.photos]) == {1}


def test_left_out_items_are_left_out_whole() -> None:
    labels = np.repeat(np.arange(7), 2)

    def trial(kept: np.ndarray, out: np.ndarray) -> np.ndarray:
        assert not set(labels[kept]) & set(labels[out])
        return np.zeros(out.sum())

    found = by_item(labels, 7, trial)
    assert found is not None
    assert sorted(found.photos.tolist()) == list(range(14))


def test_the_fitted_temperature_is_the_one_the_scores_were_drawn_with() -> None:
    rng = np.random.default_rng(4)
    scores = rng.normal(0, 0.3, (3000, 5))
    labels = np.array([rng.choice(5, p=softmax(row / 0.2)) for row in scores])
    assert fitted_temperature(scores, labels, start=0.05) == pytest.approx(0.2, rel=0.1)


def test_few_scores_pull_little_away_from_the_prior() -> None:
    scores = np.eye(4)[:3] * 0.5
    assert fitted_temperature(scores, np.arange(3), start=0.1) == pytest.approx(0.1, rel=0.4)


def test_with_two_specimens_an_item_the_probabilities_are_calibrated() -> None:
    confidence = fitted(6, 4)
    assert confidence.calibrated == (True,) * 6


def test_with_one_specimen_an_item_the_prior_stands_in_and_it_says_so() -> None:
    labels = np.repeat(np.arange(6), 4)
    confidence = fitted(6, 4, [f"only-{label}" for label in labels])
    assert confidence.calibrated == (False,) * 6
    assert confidence.temperature == pytest.approx(PRIOR.temperature(4, 6))
    assert confidence.candidate_threshold == PRIOR.candidate_threshold


def test_the_one_item_with_one_specimen_among_many_is_not_called_calibrated() -> None:
    labels = np.repeat(np.arange(12), 4)
    specimens = own_specimens(labels)
    specimens[:4] = ["only"] * 4
    assert fitted(12, 4, specimens).calibrated == (False,) + (True,) * 11


def test_the_candidate_set_is_never_empty_and_starts_with_the_likeliest() -> None:
    confidence = Confidence(0.1, candidate_threshold=0.2, known_above=0, calibrated=(True,) * 3)
    assert confidence.candidates(np.array([0.3, 0.4, 0.3])) == (1,)
    assert confidence.candidates(np.array([0.1, 0.05, 0.85])) == (2,)
    wide = Confidence(0.1, candidate_threshold=0.75, known_above=0, calibrated=(True,) * 3)
    assert wide.candidates(np.array([0.3, 0.45, 0.25])) == (1, 0, 2)


def test_known_things_are_told_from_strangers_at_the_fitted_threshold() -> None:
    confidence = fitted(8, 5)
    descriptions, labels = references(8, 5)
    known = labels < 4
    classifier = train(BLOCKS, descriptions[known][::2], labels[known][::2], 4)
    accepted = energy(classifier.scores(descriptions)) >= confidence.known_above
    assert accepted[known].mean() > 0.8
    assert accepted[~known].mean() < 0.3


@pytest.mark.parametrize("items", [2, 3])
@pytest.mark.parametrize("specimens", ["one", "several"])
def test_also_with_too_few_items_to_leave_any_out(items: int, specimens: str) -> None:
    descriptions, labels = references(8, 8)
    learned = (labels < items) & (np.arange(len(labels)) % 8 < 4)
    named = ["one"] * learned.sum() if specimens == "one" else own_specimens(labels[learned])
    confidence = fit(BLOCKS, descriptions[learned], labels[learned], named, items, PRIOR)
    classifier = train(BLOCKS, descriptions[learned], labels[learned], items)
    accepted = energy(classifier.scores(descriptions[~learned])) >= confidence.known_above
    known = labels[~learned] < items
    assert accepted[known].mean() > 0.8
    assert accepted[~known].mean() < 0.3


def test_energy_is_a_soft_maximum_that_does_not_overflow() -> None:
    assert energy(np.array([[500.0, 0.0], [0.3, 0.3]])) == pytest.approx([500, 0.3 + 0.1 * np.log(2)])
