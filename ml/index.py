"""An index: all that was learned from reference photos, ready to answer from.

It holds heads, mean and confidence, and one half-precision vector a photo to find the nearest
photos by. Built from the same references it is the same, whatever order they came in; its
version is a hash of what went in.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.backbone import LoadedBackbone
from ml.confidence import Confidence
from ml.describing import RECIPE, Blocks, DescriptionError
from ml.description_cache import Stored
from ml.learning import learn
from ml.names import Classes
from ml.prior import read_prior
from ml.ridge import Classifier

INDEX_FORMAT = 1
# Between photos of different things .88 was the most seen; the same photo at six tenths of its
# size and quality 60 gave .83 to .98, so one that was shrunk hard may be missed.
SAME_PHOTO = 0.92
COMPARED = 10_000  # photos; beyond that every pair is too many
ROWS = 2_048


class PhotoIndexError(Exception):
    """An index can't be built, written or read. The message names the file and the remedy."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A photo of a known specimen. `name` is what the photo is called where it is shown."""

    item: str
    specimen: str
    name: str
    sha256: str
    description: Stored
    view: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What an index was made from and with, beside its photos."""

    backbone: str
    onnx_sha256: str
    recipe: str
    prior: str
    version: str
    meant: tuple[Classes, ...]


@dataclass(frozen=True, slots=True)
class PhotoNames:
    """The photos' names as one run of UTF-8 (bytes,) and where each begins (N + 1,)."""

    text: NDArray[np.uint8]
    starts: NDArray[np.int64]

    def __getitem__(self, photo: int) -> str:
        return bytes(self.text[self.starts[photo] : self.starts[photo + 1]]).decode("utf-8")

    @classmethod
    def of(cls, names: Sequence[str]) -> "PhotoNames":
        encoded = [name.encode("utf-8") for name in names]
        starts = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
        return cls(np.frombuffer(b"".join(encoded), np.uint8), starts)


@dataclass(frozen=True, slots=True)
class PhotoIndex:
    """items       C keys, in code-point order
    first_photo (C + 1,): photos of item c are those from first_photo[c] to first_photo[c + 1]
    vectors     (N, 1280) half precision: the last layer, centred, of length 1
    names       of the N photos
    notices     what whoever built it should know, each naming an item or photo and the remedy
    """

    items: tuple[str, ...]
    classifier: Classifier
    confidence: Confidence
    first_photo: NDArray[np.int64]
    vectors: NDArray[np.float16]
    names: PhotoNames
    source: Source
    notices: tuple[str, ...] = field(default=(), compare=False)

    @property
    def version(self) -> str:
        return self.source.version

    def check_fits(self, backbone: LoadedBackbone, where: str = "This index") -> None:
        """Raise PhotoIndexError for another backbone, or other looks, than the index was built with."""
        if self.source.onnx_sha256 != backbone.export.onnx_sha256 or self.source.recipe != RECIPE:
            raise PhotoIndexError(
                f"{where} was built with another backbone ({self.source.backbone}) than the one in use "
                f"({backbone.spec.name}). Run `python -m ml index` to build it anew."
            )


def only(index: PhotoIndex, items: Collection[str]) -> PhotoIndex:
    """The index of those of its items that are asked for, as they were learned beside the others."""
    kept = [number for number, item in enumerate(index.items) if item in items]
    if len(kept) == len(index.items):
        return index
    photos = [np.arange(index.first_photo[number], index.first_photo[number + 1]) for number in kept]
    places = np.concatenate(photos) if photos else np.empty(0, np.intp)
    return replace(
        index,
        items=tuple(index.items[number] for number in kept),
        classifier=replace(index.classifier, heads=index.classifier.heads[kept]),
        confidence=replace(
            index.confidence, calibrated=tuple(index.confidence.calibrated[number] for number in kept)
        ),
        first_photo=np.cumsum([0, *map(len, photos)]).astype(np.int64),
        vectors=index.vectors[places],
        names=PhotoNames.of([index.names[photo] for photo in places.tolist()]),
    )


def build(
    references: Iterable[Reference],
    backbone: LoadedBackbone,
    meant: dict[str, Classes] | None = None,
) -> PhotoIndex:
    """Learn from references; `meant` names the backbone's classes of items, with or without photos.

    Raises PhotoIndexError where a photo stands under two items, or nothing is there to learn.
    """
    meant = {item: classes for item, classes in (meant or {}).items() if classes}
    ordered = sorted(references, key=lambda each: (each.item, each.specimen, each.sha256, each.name))
    _check(ordered)
    ordered = _once(ordered)
    items = tuple(sorted({each.item for each in ordered} | set(meant)))
    if len(items) < 2:
        raise PhotoIndexError("An index needs two items to tell apart. Add photos of another item.")
    position = {item: number for number, item in enumerate(items)}
    labels = np.array([position[each.item] for each in ordered], np.intp)
    descriptions = np.stack([each.description for each in ordered])
    meant_by_item = tuple(meant.get(item, ()) for item in items)
    blocks = Blocks.of(backbone.spec)
    learned = learn(
        blocks, descriptions, labels, [each.specimen for each in ordered], len(items), meant_by_item
    )
    vectors = _last_layers(learned.classifier, descriptions)
    return PhotoIndex(
        items=items,
        classifier=learned.classifier,
        confidence=learned.confidence,
        first_photo=np.searchsorted(labels, np.arange(len(items) + 1)).astype(np.int64),
        vectors=vectors,
        names=PhotoNames.of([each.name for each in ordered]),
        source=_source(backbone, ordered, meant_by_item),
        notices=(*_single_photos(ordered), *_same_photos(ordered, labels, vectors)),
    )


def last_layer(classifier: Classifier, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The block to find the nearest photos by (n, 1280), of length 1, from vectors (n, D)."""
    place, length = classifier.blocks.parts()[0]
    return vectors[:, place] / np.float32(length)


def _check(references: Sequence[Reference]) -> None:
    if not references:
        raise PhotoIndexError("There are no photos to build an index from. Add three to ten of each item.")
    items: dict[str, Reference] = {}
    for each in references:
        if not np.isfinite(each.description).all():
            raise DescriptionError(f"{each.name}: its description is not a number. Leave the photo out.")
        other = items.setdefault(each.sha256, each)
        if other.item != each.item:
            raise PhotoIndexError(
                f"{each.name} ({each.item}) is the same photo as {other.name} ({other.item}). "
                "Remove it from the item that it does not show."
            )


def _once(references: Sequence[Reference]) -> list[Reference]:
    """Without the copies of a photo under its own item."""
    first: dict[str, Reference] = {}
    for each in references:
        first.setdefault(each.sha256, each)
    return [each for each in references if first[each.sha256] is each]


def _single_photos(references: Sequence[Reference]) -> tuple[str, ...]:
    photos: dict[str, list[Reference]] = {}
    for each in references:
        photos.setdefault(each.item, []).append(each)
    return tuple(
        f"{item} has one photo ({own[0].name}): its probability is not calibrated. "
        "Add two or more photos, of another specimen if you can."
        for item, own in photos.items()
        if len(own) == 1
    )


def _same_photos(
    references: Sequence[Reference], labels: NDArray[np.intp], vectors: NDArray[np.float16]
) -> tuple[str, ...]:
    """One photo under two items, saved anew so that its bytes differ."""
    if len(references) > COMPARED:
        return ()
    looks = vectors.astype(np.float32)
    found: list[str] = []
    for start in range(0, len(looks), ROWS):
        alike = looks[start : start + ROWS] @ looks.T >= SAME_PHOTO
        alike &= labels[start : start + ROWS, None] < labels
        for first, second in zip(*np.nonzero(alike), strict=True):
            one, other = references[start + int(first)], references[int(second)]
            found.append(
                f"{one.name} ({one.item}) and {other.name} ({other.item}) look like the same photo. "
                "Remove it from the item that it does not show."
            )
    return tuple(found)


def _last_layers(classifier: Classifier, descriptions: NDArray[np.float16]) -> NDArray[np.float16]:
    """In slices, so that a hundred thousand photos need no second copy in single precision."""
    rows = range(0, len(descriptions), 4096)
    slices = (classifier.vectors(descriptions[row : row + 4096]) for row in rows)
    return np.concatenate([last_layer(classifier, vectors).astype(np.float16) for vectors in slices])


def _source(backbone: LoadedBackbone, references: Sequence[Reference], meant: tuple[Classes, ...]) -> Source:
    made_with: dict[str, Any] = {
        "backbone": backbone.spec.name,
        "onnx_sha256": backbone.export.onnx_sha256,
        "recipe": RECIPE,
        "prior": read_prior().version,
        "meant": meant,
    }
    went_in = hashlib.sha256(json.dumps([INDEX_FORMAT, made_with], sort_keys=True).encode())
    for each in references:
        went_in.update(json.dumps([each.item, each.specimen, each.view, each.name, each.sha256]).encode())
    return Source(**made_with, version=went_in.hexdigest()[:16])
