import numpy as np
import pytest

from ml.describing import Blocks
from ml.names import classes_meant, name_vectors
from tests.ml.tiny_backbone import CLASSES, TINY


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("laptop", {"laptop"}),
        ("Laptops", {"laptop"}),
        ("laptop_open", {"laptop"}),
        ("elephant", {"Indian elephant", "African elephant"}),
        ("african-elephant", {"African elephant"}),
        ("keyboard", {"computer keyboard"}),
        ("mousetrap", set()),
        ("Carcharhinus_obscurus", set()),
        ("001", set()),
    ],
)
def test_a_name_means_the_classes_that_are_it_or_a_kind_of_it(name: str, classes: set[str]) -> None:
    assert {CLASSES[position] for position in classes_meant(name, CLASSES)} == classes


def test_a_name_fills_the_block_of_probabilities_alone() -> None:
    blocks = Blocks.of(TINY)
    vectors = name_vectors(blocks, np.full(blocks.size, 0.1, np.float32), [(1,), ()])
    place, length = blocks.class_probabilities()
    assert np.linalg.norm(vectors[0, place]) == pytest.approx(length, abs=1e-6)
    assert np.linalg.norm(vectors[0]) == pytest.approx(length, abs=1e-6)
    assert not vectors[1].any()
