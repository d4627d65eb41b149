"""The one door to `ml`: opens photos safely, learns from reference photos, and asks the recogniser what
photos are consistent with.

The exported backbone is loaded once a process, at the first question. What it may name comes from the
reference guide, what it knows by sight from the newest index; when either changes, the next question is
answered by a recogniser made anew.
"""

import hashlib
import json
import logging
import tempfile
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from content.models import ReferenceItem
from ml.backbone import BackboneError, LoadedBackbone, open_backbone
from ml.calibration import CalibrationError
from ml.decoding import DecodedPhoto, PhotoRefused
from ml.describing import DescriptionError
from ml.description_cache import DescriptionCache
from ml.index import only
from ml.index_file import open_index, write_index
from ml.photos_and_names import PhotoAndNameRecogniser
from ml.recognise import Item, ItemsError, NameRecogniser
from ml.recognition import Recognition
from ml.reference_index import KnownPhoto, PhotoIndexError, learn_index
from ml.sandbox import decode_safely

from .index_files import local_file
from .models import LearnedIndex

__all__ = [
    "DecodedPhoto",
    "KnownPhoto",
    "PhotoRefused",
    "RecogniserUnavailable",
    "Recognition",
    "decode",
    "learn_photos",
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
    """A recogniser made for one version of the guide and one index (its file), if there is any."""

    guide: Guide
    backbone: LoadedBackbone
    index: Path | None = None

    def recognise(self, photos: Sequence[DecodedPhoto]) -> Recognition:
        """Say what one to six photos of one thing are consistent with. Raises RecogniserUnavailable."""
        if not self.guide.items:
            return self._knows_nothing_of_this_kind(len(photos))
        try:
            made = _made(self.backbone, self.index, self.guide.items)
        except (ItemsError, CalibrationError) as error:
            logger.error("The recogniser can't be made: %s", error)
            raise RecogniserUnavailable(str(error)) from error
        found = made.recognise([photo.pixels for photo in photos])
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


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of learning: `content` is the index file, None where fewer than two items have photos.

    `items` holds for each item with photos the fields of `identify.models.learned.ItemLearned`; `notices`
    say which photos were left out or look alike, each with the photo's number.
    """

    content: ContentFile | None
    version: str
    backbone: str
    photos: int = 0
    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)


def decode(source: Path | bytes) -> DecodedPhoto:
    """Open one photo in a process of its own, which may die without harm. Raises PhotoRefused."""
    return decode_safely(source)


def open_recogniser(kind: str = "") -> Recogniser:
    """The recogniser for the guide as it stands, of one kind of thing or of all.

    Raises RecogniserUnavailable where no backbone is exported.
    """
    backbone = _backbone(settings.MODELS_ROOT, settings.BACKBONE)
    file, with_photos = _index_file(backbone)
    return Recogniser(_guide(backbone, kind, with_photos), backbone, file)


def learn_photos(photos: Iterable[KnownPhoto], classes: Mapping[str, tuple[str, ...]]) -> Learned:
    """Learn from reference photos; `classes` are the backbone's names of items.

    Raises RecogniserUnavailable where no backbone is exported or nothing can be learned.
    """
    backbone = _backbone(settings.MODELS_ROOT, settings.BACKBONE)
    cache = DescriptionCache(backbone, settings.VAR_DIR / "descriptions")
    name = f"{backbone.spec.name} {backbone.export.onnx_sha256[:12]}"
    try:
        found = learn_index(photos, classes, backbone, cache)
    except (PhotoIndexError, DescriptionError) as error:
        raise RecogniserUnavailable(str(error)) from error
    unusable = [f"{photo}: {why}" for photo, why in found.unusable.items()]
    if found.index is None:
        return Learned(None, "", name, notices=unusable)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "index"
        write_index(found.index, file)
        content = ContentFile(file.read_bytes())
    return Learned(
        content=content,
        version=found.index.version,
        backbone=name,
        photos=sum(each.photos for each in found.by_item.values()),
        items={key: asdict(each) for key, each in found.by_item.items()},
        notices=[*unusable, *found.index.notices],
    )


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


def _index_file(backbone: LoadedBackbone) -> tuple[Path | None, frozenset[str]]:
    """The newest index and the items that it knows by sight. Where it can't be used, names alone answer."""
    learned = LearnedIndex.objects.current()
    if learned is None or not learned.file:
        return None, frozenset()
    try:
        file = local_file(learned.file)
        return file, frozenset(_index(file, backbone).items)
    except (OSError, PhotoIndexError) as error:
        logger.error("The index %s can't be used, so that only names answer: %s", learned, error)
        return None, frozenset()


@lru_cache(maxsize=2)
def _index(file: Path, backbone: LoadedBackbone) -> Any:
    return open_index(file, backbone)


@lru_cache(maxsize=8)
def _made(
    backbone: LoadedBackbone, index: Path | None, items: tuple[Item, ...]
) -> NameRecogniser | PhotoAndNameRecogniser:
    known = only(_index(index, backbone), {item.key for item in items}) if index else None
    if known is None or not known.items:
        return NameRecogniser(backbone, list(items))
    return PhotoAndNameRecogniser(backbone, known, items)


def _guide(backbone: LoadedBackbone, kind: str, with_photos: Collection[str]) -> Guide:
    """Items that the backbone knows by name or the index by sight, and all they belong to."""
    rows = (
        ReferenceItem.objects.filter(live=True)
        .order_by("position", "key")
        .values_list("key", "kind", "backbone_classes", "parent__key")
    )
    live = {key for key, _kind, _classes, _parent in rows}
    # A group that was withdrawn leaves its things at the root.
    parents = {key: parent if parent in live else None for key, _kind, _classes, parent in rows}
    classes = {
        key: tuple(name for name in names if name in backbone.class_names)
        for key, item_kind, names, _parent in rows
        if not kind or item_kind == kind
    }
    needed: set[str] = set()
    for key, names in classes.items():
        above: str | None = key if names or key in with_photos else None
        while above is not None and above not in needed:
            needed.add(above)
            above = parents[above]
    items = tuple(Item(key, classes.get(key, ()), parents[key]) for key in parents if key in needed)
    listed = json.dumps([[item.key, item.classes, item.parent] for item in items])
    return Guide(items, hashlib.sha256(listed.encode()).hexdigest()[:12])
