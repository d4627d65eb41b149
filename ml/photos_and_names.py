"""Recognises by reference photos where items have them, and by the backbone's names for the rest.

Each way has its own word on whether it knows the thing at all, and neither silences the other: an item
reached by name is found as well after others got photos as before. Where both know it, the names say how
probably it is an item without photos, and the photos decide among the others. Of a group that names know,
photos may know some kinds: these share the group's probability, so that they are found, but the answer
stays the group's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from ml.backbone import LoadedBackbone
from ml.calibration import Calibration, Probabilities
from ml.decoding import Pixels
from ml.describing import VIEWS, description_of
from ml.index import PhotoIndex
from ml.items import Item, ItemTree
from ml.photo_recogniser import LISTED, SURE_ABOVE, PhotoRecogniser
from ml.recognise import MAX_PHOTOS, NAME_VIEWS, NameRecogniser, look_of
from ml.recognition import Candidate, Recognition
from ml.roll_up import roll_up
from ml.views import look_at

METHOD = "photos-and-names-2"
# What kinds known by sight may take of their group: it is as likely one of the kinds that are not.
SHARE_OF_KINDS = 0.5
_NAME_PLACES = [VIEWS.index(view) for view in NAME_VIEWS]


class PhotoAndNameRecogniser:
    """Answers from an index and from class names. Build once, keep; safe to use from several threads."""

    def __init__(
        self,
        backbone: LoadedBackbone,
        index: PhotoIndex,
        items: Iterable[Item],
        calibration: Calibration | None = None,
    ) -> None:
        """Raises PhotoIndexError, ItemsError or CalibrationError where something doesn't fit."""
        listed = list(items)
        self._backbone = backbone
        self._photos = PhotoRecogniser(backbone, index, listed)
        named = any(item.classes for item in listed)
        self._names = NameRecogniser(backbone, listed, calibration) if named else None
        self.tree: ItemTree = self._photos.tree
        self._with_photos = frozenset(index.items)

    def recognise(self, photos: Sequence[Pixels]) -> Recognition:
        """One to six photos of one thing (height, width, 3; uint8 RGB) to an answer."""
        if not 1 <= len(photos) <= MAX_PHOTOS:
            raise ValueError(f"1 to {MAX_PHOTOS} photos of one thing, not {len(photos)}")
        seen = [look_at(photo, self._backbone, VIEWS) for photo in photos]
        descriptions = np.stack([description_of(each, self._backbone.spec.name) for each in seen])
        return self.judge(descriptions, [look_of(each.logits[_NAME_PLACES]) for each in seen])

    def judge(self, descriptions: np.ndarray, looks: Sequence[Probabilities]) -> Recognition:
        """From what was seen in p photos, (p, D) and class probabilities, to the answer."""
        by_photos = self._photos.judge(descriptions)
        if self._names is None:
            return replace(by_photos, versions=self._versions(by_photos, None))
        by_names = self._names.judge(looks)
        found = self._both(by_photos, by_names)
        known = self._with_photos | {item.key for item in self._names.named}
        return replace(found, things_known=len(known), versions=self._versions(by_photos, by_names))

    def _both(self, by_photos: Recognition, by_names: Recognition) -> Recognition:
        if by_photos.unknown:
            # Also where neither knows it: names can say that it is a thing outside the guide.
            return replace(by_names, disagreeing=by_photos.disagreeing)
        if by_names.unknown:
            return by_photos
        mixed = self._mixed(
            {c.item: c.probability for c in by_photos.candidates},
            {c.item: c.probability for c in by_names.candidates},
        )
        calibrated = {c.item for c in by_photos.candidates if c.calibrated}
        ranked = sorted(mixed.items(), key=lambda pair: (-pair[1], pair[0]))
        return replace(
            by_photos,
            candidates=tuple(Candidate(item, p, item in calibrated) for item, p in ranked[:LISTED]),
            answer=roll_up(self.tree, mixed, SURE_ABOVE),
            # Part of the probability comes from names, which are never calibrated.
            calibrated=False,
            candidate_set=(),
        )

    def _mixed(self, by_photos: dict[str, float], by_names: dict[str, float]) -> dict[str, float]:
        without = {item: p for item, p in by_names.items() if item not in self._with_photos}
        rest = 1 - sum(without.values())
        mixed = dict(without)
        for item, p in by_photos.items():
            mixed[item] = rest * p
            for group in self.tree.lineage(item)[1:]:
                if group in without:
                    part = SHARE_OF_KINDS * without[group] * p
                    mixed[item] += part
                    mixed[group] -= part
        return mixed

    def _versions(self, by_photos: Recognition, by_names: Recognition | None) -> dict[str, str]:
        names = {"calibration_of_names": by_names.versions["calibration"]} if by_names else {}
        return {**by_photos.versions, **names, "method": METHOD}
