"""The one door to `ml`: opens photos safely, and asks the recogniser what they are consistent with.

The exported backbone is loaded once a process, at the first question. What it may name comes from the
reference guide; when the guide changes, the recogniser is made anew.
"""

import hashlib
import json
import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from content.models import ReferenceItem
from ml.backbone import BackboneError, LoadedBackbone, open_backbone
from ml.calibration import CalibrationError
from ml.decoding import DecodedPhoto, PhotoRefused
from ml.recognise import Item, ItemsError, NameRecogniser
from ml.recognition import Recognition
from ml.sandbox import decode_safely

__all__ = [
    "DecodedPhoto",
    "PhotoRefused",
    "RecogniserUnavailable",
    "Recognition",
    "decode",
    "open_recogniser",
]

logger = logging.getLogger(__name__)
_loading = threading.Lock()
_loaded: dict[tuple[Path, str], LoadedBackbone] = {}


class RecogniserUnavailable(Exception):  # noqa: N818
    """No photo can be recognised at the moment; the message says what an administrator can do."""

    message = _(
        "The recogniser is not working. Your photos were not kept. "
        "Whoever runs this site finds the reason in its log."
    )


@dataclass(frozen=True, slots=True)
class Guide:
    """What the recogniser may name, and the version of that list."""

    items: tuple[Item, ...]
    version: str


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A recogniser made for one version of the guide."""

    guide: Guide
    backbone: LoadedBackbone

    def recognise(self, photos: Sequence[DecodedPhoto]) -> Recognition:
        """Say what one to six photos of one thing are consistent with. Raises RecogniserUnavailable."""
        if not any(item.classes for item in self.guide.items):
            return self._knows_nothing_of_this_kind(len(photos))
        try:
            named = _named(self.backbone, self.guide.items)
        except (ItemsError, CalibrationError) as error:
            logger.error("The recogniser can't be made: %s", error)
            raise RecogniserUnavailable(str(error)) from error
        found = named.recognise([photo.pixels for photo in photos])
        return replace(found, versions={**found.versions, "guide": self.guide.version})

    def _knows_nothing_of_this_kind(self, photos: int) -> Recognition:
        return Recognition(
            candidates=(),
            things_known=0,
            outside=1.0,
            unknown=True,
            reason="outside_the_guide",
            score=0.0,
            threshold=0.0,
            answer=None,
            calibrated=False,
            photos=photos,
            versions={
                "backbone": self.backbone.spec.name,
                "onnx_sha256": self.backbone.export.onnx_sha256,
                "guide": self.guide.version,
            },
        )


def decode(source: Path | bytes) -> DecodedPhoto:
    """Open one photo in a process of its own, which may die without harm. Raises PhotoRefused."""
    return decode_safely(source)


def open_recogniser(kind: str = "") -> Recogniser:
    """The recogniser for the guide as it stands, of one kind of thing or of all.

    Raises RecogniserUnavailable where no backbone is exported.
    """
    backbone = _backbone(settings.MODELS_ROOT, settings.BACKBONE)
    return Recogniser(_guide(backbone, kind), backbone)


def _backbone(folder: Path, name: str) -> LoadedBackbone:
    loaded = _loaded.get((folder, name))
    if loaded is not None:
        return loaded
    with _loading:
        if (folder, name) not in _loaded:
            try:
                _loaded[folder, name] = open_backbone(folder, name, threads=settings.RECOGNISER_THREADS)
            except BackboneError as error:
                logger.error("The recogniser can't be loaded: %s", error)
                raise RecogniserUnavailable(str(error)) from error
        return _loaded[folder, name]


@lru_cache(maxsize=8)
def _named(backbone: LoadedBackbone, items: tuple[Item, ...]) -> NameRecogniser:
    return NameRecogniser(backbone, list(items))


def _guide(backbone: LoadedBackbone, kind: str) -> Guide:
    """Items that the backbone knows by name, and all they belong to."""
    rows = (
        ReferenceItem.objects.filter(live=True)
        .order_by("position", "key")
        .values_list("key", "kind", "backbone_classes", "parent__key")
    )
    parents = {key: parent for key, _kind, _classes, parent in rows}
    classes = {
        key: tuple(name for name in names if name in backbone.class_names)
        for key, item_kind, names, _parent in rows
        if not kind or item_kind == kind
    }
    needed: set[str] = set()
    for key, names in classes.items():
        while names and key is not None and key not in needed:
            needed.add(key)
            key = parents[key]
    items = tuple(Item(key, classes.get(key, ()), parents[key]) for key in parents if key in needed)
    listed = json.dumps([[item.key, item.classes, item.parent] for item in items])
    return Guide(items, hashlib.sha256(listed.encode()).hexdigest()[:12])
