"""Reaching an item by name: which of the backbone's classes a folder's name means, and the
reference that stands for a name where photos are few or missing.

Such a reference fills the block of class probabilities alone; the other blocks stay empty.
So it counts as much as the block's share of a photo, and less the more photos there are.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ml.describing import Blocks, Description, Descriptions

Classes = tuple[int, ...]


def classes_meant(name: str, class_names: Sequence[str]) -> Classes:
    """Positions of the classes that a name means; empty where none does.

    A class whose whole name stands in it ("cougar_body": cougar; the longest, should several);
    else every class that is a kind of it ("elephant": Indian elephant, African elephant).
    """
    words = _words(name)
    runs = {tuple(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
    split = [_words(each) for each in class_names]
    whole = [position for position, each in enumerate(split) if tuple(each) in runs]
    if whole:
        longest = max(len(split[position]) for position in whole)
        return tuple(position for position in whole if len(split[position]) == longest)
    return tuple(
        position
        for position, each in enumerate(split)
        if words and len(each) > len(words) and each[-len(words) :] == words
    )


def name_vectors(blocks: Blocks, mean: Description, meant: Sequence[Classes]) -> Descriptions:
    """One vector (items, D) for each item with classes; zeros for the others."""
    place, length = blocks.class_probabilities()
    vectors = np.zeros((len(meant), blocks.size), np.float32)
    for row, classes in enumerate(meant):
        if classes:
            roots = np.zeros(blocks.classes, np.float32)
            roots[list(classes)] = 1 / np.sqrt(len(classes))
            block: NDArray[np.float32] = roots - mean[place]
            vectors[row, place] = block * (length / np.linalg.norm(block))
    return vectors


def _words(name: str) -> list[str]:
    """Lower case, without punctuation and the plural's s."""
    words = re.findall(r"[^\W\d_]+", name.lower())
    return [word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word for word in words]
