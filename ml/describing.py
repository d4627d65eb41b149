"""What is kept of a photo: one vector, averaged over nine looks at it.

A description (D,) is three blocks one after the other: the last layer, the square roots of
the class probabilities, and the middle blocks' means and deviations (see `ml.backbone.Seen`).
Descriptions are rounded to half precision when they are made, so that a photo is the same
whether it comes from the camera or from the cache.

Classifying compares them after `Blocks.centred`: each block is centred by the mean of the
references and brought to length 1 by itself, so that none drowns the others. A mean from
elsewhere fails silently, so it is kept with the classifier.
"""

from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from ml.backbone import Backbone, LoadedBackbone, Seen
from ml.decoding import Pixels
from ml.views import ViewName, look_at

VIEWS: tuple[ViewName, ...] = get_args(ViewName)
RECIPE = "nine-views-2"  # changes whenever a description of the same photo would

# Evens out channels that few photos fire and those that fire strongly.
POWER = 2 / 3
# Shares of the blocks, chosen on all five development sets alike (see MODEL_CARD.md): the
# figures hardly move when one is halved or doubled.
LAST_LAYER, CLASS_PROBABILITIES, MIDDLE = 1.0, 0.5, 1.5

Description = NDArray[np.float32]
Descriptions = NDArray[np.float32]


class DescriptionError(Exception):
    """The backbone gives something that is not a number for this photo."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Where each block lies in a description, and its share."""

    embedding: int
    classes: int
    middle: tuple[int, ...]  # sizes: mean and deviation of each middle block

    @classmethod
    def of(cls, backbone: Backbone) -> "Blocks":
        sizes = tuple(channels for channels in backbone.middle for _ in ("mean", "deviation"))
        return cls(backbone.embedding_size, backbone.classes, sizes)

    @property
    def size(self) -> int:
        return self.embedding + self.classes + sum(self.middle)

    def parts(self) -> tuple[tuple[slice, float], ...]:
        """Each block's place, and the length its vectors get: the squares sum to 1."""
        shares = [LAST_LAYER, CLASS_PROBABILITIES, *(MIDDLE / len(self.middle) for _ in self.middle)]
        starts = np.cumsum([0, self.embedding, self.classes, *self.middle])
        lengths = np.sqrt(np.array(shares) / sum(shares))
        return tuple(
            (slice(int(start), int(end)), float(length))
            for start, end, length in zip(starts[:-1], starts[1:], lengths, strict=True)
        )

    def class_probabilities(self) -> tuple[slice, float]:
        """The place and length of the block that names reach."""
        return self.parts()[1]

    def centred(self, descriptions: Descriptions, mean: Description) -> Descriptions:
        """Descriptions (n, D), powered, to vectors (n, D) of length 1."""
        vectors = descriptions - mean
        for place, length in self.parts():
            block = vectors[:, place]
            block *= length / np.maximum(np.linalg.norm(block, axis=1, keepdims=True), 1e-9)
        return vectors

    def powered(self, descriptions: NDArray[np.floating]) -> Descriptions:
        """As kept to as compared: the last layer's numbers to a power, signs kept."""
        vectors = np.array(descriptions, dtype=np.float32)
        last = vectors[:, : self.embedding]
        vectors[:, : self.embedding] = np.sign(last) * np.abs(last) ** POWER
        return vectors


def describe(backbone: LoadedBackbone, photo: Pixels) -> NDArray[np.float16]:
    """One photo (height, width, 3; uint8 RGB) to its description (D,).

    Raises DescriptionError where a number is not finite.
    """
    return description_of(look_at(photo, backbone, VIEWS), backbone.spec.name)


def description_of(seen: Seen, backbone: str) -> NDArray[np.float16]:
    """What was seen in the nine VIEWS of one photo to its description (D,); `backbone` for the error.

    Raises DescriptionError where a number is not finite.
    """
    probabilities = softmax(seen.logits.astype(np.float64)).mean(axis=0)
    parts = (seen.embedding.mean(axis=0), np.sqrt(probabilities), seen.middle.mean(axis=0))
    with np.errstate(over="ignore"):
        description = np.concatenate(parts).astype(np.float16)
    if not np.isfinite(description).all():
        raise DescriptionError(
            f"{backbone} sees something in this photo that is not a number. "
            "Leave the photo out, or run `python -m ml export` to write the backbone anew."
        )
    return description


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logits (…, n) to probabilities that sum to 1 along the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probabilities: NDArray[np.float64] = powers / powers.sum(axis=-1, keepdims=True)
    return probabilities
