"""Where a folder of photos lies: on this machine's disk, or in a ZIP archive that somebody uploaded.

An archive is a stranger's file. What its entries claim about their size is not believed: reading stops
where a photo may be no larger.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .sheet import MAX_BYTES as SHEET_BYTES
from .sheet import SHEET_NAMES, SheetUnreadable

PHOTO_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif")
MAX_ENTRIES = 10_000


class FileTooLarge(Exception):  # noqa: N818
    """A file in the folder is larger than a photo may be."""


class PhotoFolder(Protocol):
    """Files by their path below the folder, with "/" between."""

    def names(self) -> list[str]: ...

    def read(self, name: str, limit: int) -> bytes:
        """Raises FileTooLarge; OSError where the file can't be read."""
        ...


class DiskFolder:
    """A folder on this machine's disk. Links that lead out of it are not followed."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def names(self) -> list[str]:
        files = (file for file in self._root.rglob("*") if file.is_file())
        inside = (file for file in files if file.resolve().is_relative_to(self._root))
        return sorted(file.relative_to(self._root).as_posix() for file in inside)

    def read(self, name: str, limit: int) -> bytes:
        with (self._root / name).open("rb") as file:
            return _limited(file, limit)


class ZipFolder:
    """An archive. A single folder at its top is looked through: archives are often made of a folder."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        entries = [
            entry for entry in archive.infolist() if not entry.is_dir() and not _is_clutter(entry.filename)
        ]
        if len(entries) > MAX_ENTRIES:
            raise SheetUnreadable(_("The archive holds more than 10,000 files. Send the photos in parts."))
        tops = {PurePosixPath(entry.filename).parts[0] for entry in entries}
        nested = len(tops) == 1 and all("/" in entry.filename for entry in entries)
        cut = len(tops.pop()) + 1 if nested else 0
        self._entries = {entry.filename[cut:]: entry for entry in entries}

    def names(self) -> list[str]:
        return sorted(self._entries)

    def read(self, name: str, limit: int) -> bytes:
        try:
            with self._archive.open(self._entries[name]) as file:
                return _limited(file, limit)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
            raise OSError(str(error)) from error


@contextmanager
def zip_folder(file: IO[bytes]) -> Iterator[ZipFolder]:
    """Raises SheetUnreadable where the file is no archive."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SheetUnreadable(_("This is no ZIP archive. Put the photos and the sheet into one.")) from error
    with archive:
        yield ZipFolder(archive)


def sheet_of(folder: PhotoFolder) -> bytes:
    """The content of the folder's sheet. Raises SheetUnreadable."""
    names = folder.names()
    name = next((each for each in SHEET_NAMES if each in names), None)
    if name is None:
        raise SheetUnreadable(
            _("There is no sheet beside the photos. It is called one of: %(names)s.")
            % {"names": ", ".join(SHEET_NAMES)}
        )
    try:
        return folder.read(name, SHEET_BYTES)
    except (OSError, FileTooLarge) as error:
        raise SheetUnreadable(_("The sheet can't be read, or is larger than 5 MB.")) from error


def photos_of(folder: PhotoFolder) -> list[str]:
    return [name for name in folder.names() if name.lower().endswith(PHOTO_ENDINGS)]


def read_photo(folder: PhotoFolder, name: str) -> bytes:
    return folder.read(name, settings.PHOTO_MAX_BYTES)


def _limited(file: IO[bytes], limit: int) -> bytes:
    content = file.read(limit + 1)
    if len(content) > limit:
        raise FileTooLarge
    return content


def _is_clutter(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not parts or parts[0] == "__MACOSX" or any(part.startswith(".") for part in parts)
