"""Recognises things by reference photos: one to six photos of one thing to an answer.

Scores are averaged over the photos, for photos of one specimen are not independent. Each photo
is looked at by itself, so that no answer depends on what else is asked at the time.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from ml.backbone import LoadedBackbone
from ml.confidence import energy
from ml.decoding import Pixels
from ml.describing import describe
from ml.index import PhotoIndex, last_layer
from ml.items import Item, ItemTree
from ml.recognise import MAX_PHOTOS
from ml.recognition import Candidate, NearestPhoto, Recognition
from ml.roll_up import deepest

METHOD = "photos-1"
SURE_ABOVE = 0.75  # from this probability an item, or a parent, is an answer
NEAREST = 5
# Of thousands of items only the first are listed: an officer reads five.
LISTED = 100
NEARLY_NOTHING = 0.01  # probability below which an item decides nothing in the roll-up


class PhotoRecogniser:
    """Answers from an index. Build once, keep; safe to use from several threads."""

    def __init__(self, backbone: LoadedBackbone, index: PhotoIndex, items: Iterable[Item] = ()) -> None:
        """`items` say who is under whom; those of the index that are not among them are roots.

        Raises PhotoIndexError for another backbone's index, ItemsError where parents don't fit.
        """
        index.check_fits(backbone)
        self.index = index
        self._backbone = backbone
        listed = list(items)
        known = {item.key for item in listed}
        self.tree = ItemTree([*listed, *(Item(key) for key in index.items if key not in known)])
        self._ranks = _ranks(self.tree, index.items)

    def recognise(self, photos: Sequence[Pixels]) -> Recognition:
        """One to six photos of one thing (height, width, 3; uint8 RGB) to an answer."""
        if not 1 <= len(photos) <= MAX_PHOTOS:
            raise ValueError(f"1 to {MAX_PHOTOS} photos of one thing, not {len(photos)}")
        return self.judge(np.stack([describe(self._backbone, photo) for photo in photos]))

    def judge(self, descriptions: NDArray[np.float16]) -> Recognition:
        """From what was seen in p photos (p, D) to the answer; apart, so that it can be measured."""
        index, confidence = self.index, self.index.confidence
        vectors = index.classifier.vectors(descriptions)
        scores = vectors @ index.classifier.heads.T
        fused = scores.mean(axis=0)
        probabilities = confidence.probabilities(fused)
        candidates = confidence.candidates(probabilities)
        known = float(energy(fused))
        unknown = known < confidence.known_above
        return Recognition(
            candidates=self._ranked(probabilities),
            things_known=len(index.items),
            outside=0.0,
            unknown=unknown,
            reason="unlike_what_it_knows" if unknown else None,
            score=known,
            threshold=confidence.known_above,
            answer=None if unknown else deepest(self.tree, self._totals(probabilities), SURE_ABOVE),
            calibrated=all(confidence.calibrated[item] for item in candidates),
            photos=len(descriptions),
            versions=self._versions(),
            candidate_set=tuple(index.items[item] for item in candidates),
            disagreeing=self._disagreeing(scores, candidates[0]),
            nearest=self._nearest(last_layer(index.classifier, vectors), candidates),
        )

    def _ranked(self, probabilities: NDArray[np.float64]) -> tuple[Candidate, ...]:
        """The likeliest first; ties by key: items stand in code-point order."""
        items, calibrated = self.index.items, self.index.confidence.calibrated
        order = np.argsort(-probabilities, kind="stable")[:LISTED]
        values = probabilities[order].tolist()
        return tuple(
            Candidate(items[item], value, calibrated[item])
            for item, value in zip(order.tolist(), values, strict=True)
        )

    def _totals(self, probabilities: NDArray[np.float64]) -> dict[str, float]:
        """What each item holds with all below it, where that is more than nearly nothing."""
        keys, members, ancestors = self._ranks
        totals = np.bincount(ancestors, probabilities[members], len(keys))
        kept = np.flatnonzero(totals >= NEARLY_NOTHING).tolist()
        return {keys[number]: float(totals[number]) for number in kept}

    def _disagreeing(self, scores: NDArray[np.float32], answer: int) -> tuple[int, ...]:
        """Photos whose own candidate set leaves out what all of them say together."""
        if len(scores) == 1:
            return ()
        confidence = self.index.confidence
        each = confidence.probabilities(scores)
        return tuple(number for number, own in enumerate(each) if answer not in confidence.candidates(own))

    def _nearest(self, looks: NDArray[np.float32], items: Sequence[int]) -> tuple[NearestPhoto, ...]:
        """The references most like any of the photos, searched among these items alone."""
        found: list[NearestPhoto] = []
        for item in items[:NEAREST]:
            first, end = (int(place) for place in self.index.first_photo[item : item + 2])
            if first == end:
                continue
            alike = (self.index.vectors[first:end].astype(np.float32) @ looks.T).max(axis=1)
            for place in np.argsort(-alike, kind="stable")[:NEAREST].tolist():
                name = self.index.names[first + place]
                found.append(NearestPhoto(self.index.items[item], name, float(alike[place])))
        return tuple(sorted(found, key=lambda photo: (-photo.similarity, photo.photo))[:NEAREST])

    def _versions(self) -> dict[str, str]:
        return {
            "backbone": self._backbone.spec.name,
            "onnx_sha256": self._backbone.export.onnx_sha256,
            "index": self.index.version,
            "calibration": self.index.source.prior,
            "method": METHOD,
        }


def _ranks(
    tree: ItemTree, items: Sequence[str]
) -> tuple[tuple[str, ...], NDArray[np.intp], NDArray[np.intp]]:
    """The tree's keys, and pairs of an item's position in `items` and a position among those keys
    of the item itself or of one it lies under."""
    keys = tuple(tree.items)
    position = {key: number for number, key in enumerate(keys)}
    pairs = [(number, position[above]) for number, key in enumerate(items) for above in tree.lineage(key)]
    members, ancestors = np.array(pairs, np.intp).T
    return keys, members, ancestors
