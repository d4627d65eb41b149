"""An index from a folder of photos, one folder an item."""

from pathlib import Path

from ml.backbone import LoadedBackbone
from ml.description_cache import DescriptionCache, PhotoUnusable
from ml.index import PhotoIndex, PhotoIndexError, Reference, build
from ml.names import classes_meant
from ml.photo_sets import PhotoClass, read_classes, specimen_of


def index_of_folder(
    folder: Path, backbone: LoadedBackbone, cache: DescriptionCache | None = None
) -> tuple[PhotoIndex, tuple[str, ...]]:
    """The index, and what to tell whoever asked for it: each names a file or item and the remedy.

    A folder without photos counts by its name where the backbone knows it.
    Raises PhotoSetError or PhotoIndexError where nothing can be built.
    """
    cache = cache or DescriptionCache(backbone)
    references: list[Reference] = []
    notices: list[str] = []
    classes = read_classes(folder)
    for group in classes:
        found, unusable = _references(group, folder, cache)
        references.extend(found)
        notices.extend(unusable)
    meant = {group.name: classes_meant(group.name, backbone.class_names) for group in classes}
    having = {each.item for each in references}
    notices += [
        f"{folder / group.name} holds no photo that can be used and its name says nothing to the backbone: "
        "it is left out. Add three to ten photos."
        for group in classes
        if group.name not in having and not meant[group.name]
    ]
    if not references:
        raise PhotoIndexError(f"{folder} holds no photo that can be used. Add three to ten of each item.")
    index = build(references, backbone, meant)
    return index, (*notices, *index.notices)


def _references(
    group: PhotoClass, folder: Path, cache: DescriptionCache
) -> tuple[list[Reference], list[str]]:
    references: list[Reference] = []
    unusable: list[str] = []
    for file in group.files:
        try:
            seen = cache.of(file)
        except PhotoUnusable as error:
            unusable.append(str(error))
            continue
        name = file.relative_to(folder).as_posix()
        references.append(Reference(group.name, specimen_of(file), name, seen.sha256, seen.description))
    return references, unusable
