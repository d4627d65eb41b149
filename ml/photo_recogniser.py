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
from ml.roll_up import roll_up

METHOD = "photos-1"
SURE_ABOVE = 0.75  # from this probability an item, or a parent, is an answer
NEAREST = 5


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
        by_item = dict(zip(index.items, probabilities.tolist(), strict=True))
        return Recognition(
            candidates=self._ranked(probabilities),
            things_known=len(index.items),
            outside=0.0,
            unknown=unknown,
            reason="unlike_what_it_knows" if unknown else None,
            score=known,
            threshold=confidence.known_above,
            answer=None if unknown else roll_up(self.tree, by_item, SURE_ABOVE),
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
        order = np.argsort(-probabilities, kind="stable").tolist()
        values = probabilities.tolist()
        return tuple(Candidate(items[item], values[item], calibrated[item]) for item in order)

    def _disagreeing(self, scores: NDArray[np.float32], answer: int) -> tuple[int, ...]:
        """Photos whose own candidate set leaves out what all of them say together."""
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
