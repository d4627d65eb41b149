"""A folder of photos, one folder a class: which files count, and which specimen each shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PHOTO_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
SPECIMEN_MARK = "__"


class PhotoSetError(Exception):
    """The folder can't be used. The message names the folder or file and the remedy."""


@dataclass(frozen=True, slots=True)
class PhotoClass:
    """One class (one item): its name and its photos, by file name in code-point order."""

    name: str
    files: tuple[Path, ...]

    @property
    def specimens(self) -> tuple[str, ...]:
        """The specimen that each photo shows: the name before `__`, else the photo itself."""
        return tuple(specimen_of(file) for file in self.files)

    @property
    def shares_specimens(self) -> bool:
        """Whether two of its photos show one specimen; then it must be split by specimen."""
        named = [specimen for file in self.files if (specimen := named_specimen(file)) is not None]
        return len(set(named)) < len(named)


def named_specimen(file: Path) -> str | None:
    """None where the file name says nothing of a specimen."""
    before, mark, _after = file.name.partition(SPECIMEN_MARK)
    return before if mark else None


def specimen_of(file: Path) -> str:
    """Without a named specimen each photo counts as one of its own."""
    return named_specimen(file) or file.name


def read_classes(folder: Path) -> tuple[PhotoClass, ...]:
    """The classes of a folder, in code-point order. Raises PhotoSetError where there is none."""
    if not folder.is_dir():
        raise PhotoSetError(f"{folder} is not a folder. Name a folder that holds one folder a class.")
    classes = tuple(
        PhotoClass(inner.name, tuple(_photos(inner)))
        for inner in sorted(folder.iterdir(), key=lambda path: path.name)
        if inner.is_dir()
    )
    if not any(group.files for group in classes):
        raise PhotoSetError(
            f"{folder} holds no photos. Put one folder a class into it, with photos ending in "
            f"{', '.join(PHOTO_ENDINGS)}."
        )
    return classes


def only(classes: tuple[PhotoClass, ...], wanted: Callable[[Path], bool]) -> tuple[PhotoClass, ...]:
    """The same classes with the wanted photos only: what can't be read is left out before counting."""
    return tuple(PhotoClass(group.name, tuple(filter(wanted, group.files))) for group in classes)


def _photos(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.lower().endswith(PHOTO_ENDINGS) and path.is_file():
            yield path
