"""From described references to a recogniser's numbers: classifier, confidence, names."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.confidence import Confidence, fit
from ml.describing import Blocks
from ml.names import Classes
from ml.prior import read_prior
from ml.ridge import Classifier, Labels, train


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned of C items."""

    classifier: Classifier
    confidence: Confidence

    def scores(self, descriptions: NDArray[np.floating]) -> NDArray[np.float32]:
        """Descriptions (n, D) to scores (n, C)."""
        return self.classifier.scores(descriptions)


def learn(
    blocks: Blocks,
    descriptions: NDArray[np.floating],
    labels: Labels,
    specimens: list[str],
    items: int,
    meant: Sequence[Classes] = (),
) -> Learned:
    """References (n, D), each with the number of its item (n,) and its specimen (n,).

    `meant` holds for each item the backbone's classes that name it; empty for photos alone.
    """
    return Learned(
        train(blocks, descriptions, labels, items, meant),
        fit(blocks, descriptions, labels, specimens, items, read_prior(), meant),
    )
