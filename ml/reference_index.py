"""An index from reference photos that lie anywhere: what a site learns when its photos change."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ml.backbone import LoadedBackbone
from ml.describing import Blocks
from ml.description_cache import DescriptionCache, PhotoUnusable
from ml.index import PhotoIndex, PhotoIndexError, Reference, build
from ml.recognition_by_item import ItemRecognition, recognition_by_item


@dataclass(frozen=True, slots=True)
class KnownPhoto:
    """A photo of a known specimen; `name` is what an answer calls it, `content` reads the file."""

    item: str
    specimen: str
    view: str
    name: str
    content: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class LearnedIndex:
    """index      None where fewer than two items have a photo that can be used: nothing to tell apart
    by_item    how well each item is recognised; empty without an index
    unusable   names of the photos that could not be used, and why
    """

    index: PhotoIndex | None
    by_item: Mapping[str, ItemRecognition]
    unusable: Mapping[str, str]


def learn_index(
    photos: Iterable[KnownPhoto],
    classes: Mapping[str, tuple[str, ...]],
    backbone: LoadedBackbone,
    cache: DescriptionCache | None = None,
) -> LearnedIndex:
    """`classes` are the backbone's names of items: they help those that have photos.

    Raises PhotoIndexError where a photo stands under two items.
    """
    cache = cache or DescriptionCache(backbone)
    references: list[Reference] = []
    unusable: dict[str, str] = {}
    for photo in photos:
        try:
            seen = cache.of_content(photo.content(), Path(photo.name))
        except (OSError, PhotoUnusable) as error:
            unusable[photo.name] = str(error)
            continue
        references.append(
            Reference(photo.item, photo.specimen, photo.name, seen.sha256, seen.description, photo.view)
        )
    if len({each.item for each in references}) < 2:
        return LearnedIndex(None, {}, unusable)
    position = {name: number for number, name in enumerate(backbone.class_names)}
    meant = {
        each.item: tuple(position[name] for name in classes.get(each.item, ()) if name in position)
        for each in references
    }
    index = build(references, backbone, meant)
    by_item = recognition_by_item(index, references, Blocks.of(backbone.spec), meant)
    return LearnedIndex(index, by_item, unusable)


__all__ = ["KnownPhoto", "LearnedIndex", "PhotoIndexError", "learn_index"]
