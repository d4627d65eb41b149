"""Constants that stand in where an index has too few specimens to fit its own.

`python -m ml fit-prior` writes them; MODEL_CARD.md names the sets they were fitted on.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FITTED = Path(__file__).with_name("prior_calibration.json")


@dataclass(frozen=True, slots=True)
class Prior:
    """log temperature = intercept + by_photos · log(photos an item) + by_items · log(items)

    candidate_threshold   see `ml.confidence.Confidence`
    known_above           energy from which a thing counts as known with two or three items, where none can be
                          left out: as a share of the highest score, which is 1 - 1/items
    strangers_rejected    share of photos of left-out items that should be called unknown
    backbone              the name of the backbone that all this was fitted for
    version               of the constants, the start of a hash of them
    """

    intercept: float
    by_photos: float
    by_items: float
    candidate_threshold: float
    known_above: float
    strangers_rejected: float
    backbone: str
    version: str

    def temperature(self, photos_per_item: float, items: int) -> float:
        logarithm = self.intercept + self.by_photos * np.log(photos_per_item) + self.by_items * np.log(items)
        return float(np.exp(logarithm))

    def limit_of_unknown(self, items: int) -> float:
        """The energy from which a thing counts as known."""
        return self.known_above * (1 - 1 / items)


def read_prior(path: Path = FITTED) -> Prior:
    constants = json.loads(path.read_text(encoding="utf-8"))["constants"]
    version = hashlib.sha256(json.dumps(constants, sort_keys=True).encode()).hexdigest()[:12]
    return Prior(**constants, version=version)
