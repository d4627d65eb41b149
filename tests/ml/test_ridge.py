"""The classifier, and what must hold for any input."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ml.describing import Blocks
from ml.ridge import PENALTY, solve, train
from tests.ml.tiny_backbone import TINY

BLOCKS = Blocks.of(TINY)
some_seed = st.integers(0, 2**31 - 1)


def unit_vectors(rng: np.random.Generator, n: int, size: int) -> np.ndarray:
    vectors = rng.standard_normal((n, size)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def ones(n: int) -> np.ndarray:
    return np.ones(n, np.float32)


def softmax_of(scores: np.ndarray, temperature: float = 0.1) -> np.ndarray:
    powers = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    return powers / powers.sum(axis=1, keepdims=True)


def test_both_forms_give_the_same_heads() -> None:
    rng = np.random.default_rng(1)
    vectors, labels = unit_vectors(rng, 12, 12), np.arange(12) % 3
    weight = rng.uniform(0.5, 2, 12).astype(np.float32)
    dual = solve(vectors, labels, 3, weight)
    wide = np.concatenate([vectors, np.zeros((1, 12), np.float32)])  # one photo more than numbers
    primal = solve(wide, np.append(labels, 0), 3, np.append(weight, 1).astype(np.float32))
    assert np.allclose(dual, primal, atol=1e-4)


def test_heads_minimise_what_ridge_minimises() -> None:
    rng = np.random.default_rng(2)
    vectors, labels = unit_vectors(rng, 10, 6), np.arange(10) % 2
    heads = solve(vectors, labels, 2, ones(10))
    targets = np.eye(2)[labels] - 0.5

    def cost(tried: np.ndarray) -> float:
        return float(((vectors @ tried.T - targets) ** 2).sum() + PENALTY * (tried**2).sum())

    for _ in range(20):
        assert cost(heads) <= cost(heads + rng.normal(0, 0.01, heads.shape)) + 1e-6


def test_with_more_photos_than_numbers_the_heads_solve_the_same_equations() -> None:
    rng = np.random.default_rng(8)
    photos = BLOCKS.size + 30
    descriptions, labels = rng.uniform(0, 2, (photos, BLOCKS.size)), np.arange(photos) % 4
    classifier = train(BLOCKS, descriptions, labels, 4)
    vectors = classifier.vectors(descriptions)
    errors = vectors @ classifier.heads.T - (np.eye(4)[labels] - 0.25)
    assert np.allclose(vectors.T @ errors + PENALTY * classifier.heads.T, 0, atol=1e-4)


def test_an_item_with_many_photos_weighs_as_much_as_one_with_few() -> None:
    rng = np.random.default_rng(3)
    one, other = rng.uniform(0, 2, (2, BLOCKS.size))
    even = train(BLOCKS, np.stack([one, other]), np.array([0, 1]), 2)
    many = train(BLOCKS, np.stack([one] * 9 + [other]), np.array([0] * 9 + [1]), 2)
    assert np.allclose(even.mean, many.mean, atol=1e-4)
    assert np.allclose(even.heads, many.heads, rtol=0.06, atol=1e-4)


@settings(deadline=None, max_examples=60)
@given(seed=some_seed, items=st.integers(2, 6), photos=st.integers(1, 4))
def test_an_unrelated_item_never_raises_anothers_probability(seed: int, items: int, photos: int) -> None:
    """Unrelated: its photos have nothing in common with any other photo. Mean and temperature stay."""
    rng = np.random.default_rng(seed)
    vectors = np.pad(unit_vectors(rng, items * photos, 16), ((0, 0), (0, 8)))
    labels = np.repeat(np.arange(items), photos)
    stranger = np.pad(unit_vectors(rng, photos, 8), ((0, 0), (16, 0)))
    query = np.pad(unit_vectors(rng, 5, 16), ((0, 0), (0, 8)))

    before = softmax_of(query @ solve(vectors, labels, items, ones(len(labels))).T)
    after = softmax_of(
        query
        @ solve(
            np.concatenate([vectors, stranger]),
            np.concatenate([labels, np.full(photos, items)]),
            items + 1,
            ones(len(labels) + photos),
        ).T
    )
    assert (after[:, :items] <= before + 1e-5).all()


@settings(deadline=None, max_examples=40)
@given(seed=some_seed)
def test_the_order_of_references_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    descriptions, labels = rng.uniform(0, 2, (9, BLOCKS.size)), np.arange(9) % 3
    order = rng.permutation(9)
    query = rng.uniform(0, 2, (4, BLOCKS.size))
    scores = train(BLOCKS, descriptions, labels, 3).scores(query)
    shuffled = train(BLOCKS, descriptions[order], labels[order], 3).scores(query)
    assert np.allclose(scores, shuffled, atol=1e-4)


@settings(deadline=None, max_examples=40)
@given(seed=some_seed, size=st.integers(1, 8))
def test_a_photos_scores_do_not_depend_on_the_batch_it_came_in(seed: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    classifier = train(BLOCKS, rng.uniform(0, 2, (6, BLOCKS.size)), np.arange(6) % 2, 2)
    batch = rng.uniform(0, 2, (size, BLOCKS.size))
    for number in range(size):
        alone = classifier.scores(batch[number : number + 1])[0]
        assert np.allclose(classifier.scores(batch)[number], alone, atol=1e-6)


def test_a_name_alone_makes_an_item_findable() -> None:
    rng = np.random.default_rng(5)
    descriptions = rng.uniform(0, 1, (4, BLOCKS.size))
    place, _ = BLOCKS.class_probabilities()
    descriptions[:, place] = np.sqrt(np.eye(TINY.classes)[0])
    classifier = train(BLOCKS, descriptions, np.array([0, 0, 1, 1]), 3, [(), (), (4,)])
    query = rng.uniform(0, 1, (1, BLOCKS.size))
    query[:, place] = np.sqrt(np.eye(TINY.classes)[4])
    assert classifier.scores(query)[0].argmax() == 2


def test_a_name_counts_less_the_more_photos_there_are() -> None:
    rng = np.random.default_rng(6)
    centres = rng.uniform(0, 2, (2, BLOCKS.size))

    def moved_by_names(photos: int) -> float:
        descriptions = np.repeat(centres, photos, axis=0) + rng.uniform(0, 0.2, (2 * photos, BLOCKS.size))
        labels = np.repeat([0, 1], photos)
        plain = train(BLOCKS, descriptions, labels, 2).heads
        named = train(BLOCKS, descriptions, labels, 2, [(1,), (2,)]).heads
        return float(np.linalg.norm(named - plain) / np.linalg.norm(plain))

    one, three, ten = map(moved_by_names, (1, 3, 10))
    assert one > three > ten > 0
