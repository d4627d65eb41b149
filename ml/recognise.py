"""Recognises things by the backbone's own names for them, where no reference photos exist.

An item's share is the sum of the probabilities of its classes; what is left lies outside
the guide. Every photo is looked at twice (whole, and squeezed to a square and mirrored),
and probabilities are averaged over views and photos: photos of one thing are not
independent, so they are not multiplied.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from ml.backbone import LoadedBackbone
from ml.calibration import Calibration, Probabilities, read_calibration
from ml.decoding import Pixels
from ml.describing import softmax
from ml.items import Item, ItemsError, ItemTree, class_matrix
from ml.recognition import Candidate, Recognition, UnknownReason
from ml.roll_up import roll_up
from ml.views import ViewName, look_at

__all__ = ["MAX_PHOTOS", "NAME_VIEWS", "Item", "ItemsError", "NameRecogniser"]

MAX_PHOTOS = 6
NAME_VIEWS: tuple[ViewName, ...] = ("whole", "squeezed_mirrored")
METHOD = "names-1"


class NameRecogniser:
    """Answers from class names alone. Build once, keep; safe to use from several threads."""

    def __init__(
        self,
        backbone: LoadedBackbone,
        items: Iterable[Item],
        calibration: Calibration | None = None,
    ) -> None:
        """Raises ItemsError where an item names a class or a parent that isn't there."""
        self.tree = ItemTree(items)
        self.named = [item for item in self.tree.items.values() if item.classes]
        if not self.named:
            raise ItemsError("No item has a class that the backbone knows.")
        self._backbone = backbone
        self._matrix = class_matrix(self.named, backbone.class_names)
        self._calibration = calibration or read_calibration()
        self._calibration.check_fits(backbone.spec)

    def recognise(self, photos: Sequence[Pixels]) -> Recognition:
        """One to six photos of one thing (height, width, 3; uint8 RGB) to an answer."""
        if not 1 <= len(photos) <= MAX_PHOTOS:
            raise ValueError(f"1 to {MAX_PHOTOS} photos of one thing, not {len(photos)}")
        return self.judge([look(self._backbone, photo) for photo in photos])

    def judge(self, looks: Sequence[Probabilities]) -> Recognition:
        """From what `look` saw in each photo to the answer; apart, so that a fit can reuse it."""
        seen: Probabilities = np.mean(looks, axis=0)
        shares = self.shares(seen)
        inside = float(min(shares.sum(), 1.0))
        probabilities = self._calibration.apply(shares)
        by_item = {item.key: float(p) for item, p in zip(self.named, probabilities, strict=True)}
        unknown = inside < self._calibration.known_above
        return Recognition(
            candidates=_ranked(by_item),
            things_known=len(self.named),
            outside=1 - inside,
            unknown=unknown,
            reason=self._reason(seen) if unknown else None,
            score=inside,
            threshold=self._calibration.known_above,
            answer=None if unknown else roll_up(self.tree, by_item, self._calibration.sure_above),
            calibrated=False,
            photos=len(looks),
            versions=self._versions(),
        )

    def shares(self, seen: Probabilities) -> Probabilities:
        """The part of the probability that falls to each item with classes, in their order."""
        shares: Probabilities = seen @ self._matrix
        return shares

    def _reason(self, seen: Probabilities) -> UnknownReason:
        elsewhere = seen[~self._matrix.any(axis=1)]
        return "outside_the_guide" if elsewhere.max(initial=0) > 0.5 else "unlike_what_it_knows"

    def _versions(self) -> dict[str, str]:
        return {
            "backbone": self._backbone.spec.name,
            "onnx_sha256": self._backbone.export.onnx_sha256,
            "calibration": self._calibration.version,
            "method": METHOD,
        }


def look(backbone: LoadedBackbone, photo: Pixels) -> Probabilities:
    """One photo to the probability of each of the backbone's classes, averaged over views."""
    return look_of(look_at(photo, backbone, NAME_VIEWS).logits)


def look_of(logits: NDArray[np.floating]) -> Probabilities:
    """The logits (views, classes) of the NAME_VIEWS to the probability of each class."""
    averaged: Probabilities = softmax(logits.astype(np.float64)).mean(axis=0)
    return averaged


def _ranked(by_item: dict[str, float]) -> tuple[Candidate, ...]:
    """The likeliest first; ties by key, so that the order never depends on the input's."""
    ranked = sorted(by_item.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Candidate(item, probability) for item, probability in ranked)
