"""The fitted constants of recognising by name. `python -m ml fit-names` writes them."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ml.backbone import Backbone

FITTED = Path(__file__).with_name("names_calibration.json")

Probabilities = NDArray[np.float64]


class CalibrationError(Exception):
    """Constants and backbone do not belong together."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """temperature   sharpens (below 1) or softens the shares of the guide's items
    known_above      share of probability inside the guide, below which a thing is unknown
    sure_above       probability from which an item, or a parent, is an answer
    weights_sha256   the backbone's weights that all this was fitted for
    version          of the constants, the start of a hash of them
    """

    temperature: float
    known_above: float
    sure_above: float
    weights_sha256: str
    version: str

    def check_fits(self, backbone: Backbone) -> None:
        """Raise CalibrationError for a backbone with other weights than these constants were fitted for."""
        if self.weights_sha256 != backbone.weights_sha256:
            raise CalibrationError(
                f"{FITTED.name} was fitted for other weights than those of {backbone.name}. "
                "Fit it again with `python -m ml fit-names`."
            )

    def apply(self, shares: Probabilities) -> Probabilities:
        """Shares of the guide's items (…, items) to probabilities that sum to 1."""
        return sharpened(shares, self.temperature)


def sharpened(shares: Probabilities, temperature: float) -> Probabilities:
    """Shares (…, items) to the power of 1/temperature, scaled to sum to 1."""
    logs = np.log(np.maximum(shares, 1e-12)) / temperature
    powers = np.exp(logs - logs.max(axis=-1, keepdims=True))
    probabilities: Probabilities = powers / powers.sum(axis=-1, keepdims=True)
    return probabilities


def read_calibration(path: Path = FITTED) -> Calibration:
    constants = json.loads(path.read_text(encoding="utf-8"))["constants"]
    version = hashlib.sha256(json.dumps(constants, sort_keys=True).encode()).hexdigest()[:12]
    return Calibration(**constants, version=version)
