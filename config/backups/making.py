"""Makes a backup of the running installation."""

import errno
import importlib.metadata
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.storage import Storage

from . import databases
from .archive import Writer, writing
from .errors import BackupError
from .manifest import DATABASE, FILES, FORMAT, Manifest, Part
from .stores import PRIVATE, names_in, stores


@dataclass(frozen=True, slots=True)
class Made:
    """Where the backup is, what is in it, and the sealed originals that were damaged before it was made."""

    path: Path
    manifest: Manifest
    broken_seals: list[str]


def make(destination: Path) -> Made:
    """Write one archive: into a folder under a name of its own, or to the file named.

    Under that name there is the whole backup or nothing. Raises BackupError.
    """
    now = datetime.now(UTC)
    path = destination / f"quaymark-{now:%Y%m%dT%H%M%SZ}.tar" if destination.is_dir() else destination
    if path.exists():
        raise BackupError(f"{path} is already there. Name another file.")
    if not path.parent.is_dir():
        raise BackupError(f"There is no folder {path.parent}. Make it first.")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as scratch:
            return _make(path, Path(scratch), now)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise BackupError(f"The disk of {path.parent} is full. No backup was made.") from error
        raise BackupError(f"No backup was made: {error}") from error


def _make(path: Path, scratch: Path, now: datetime) -> Made:
    snapshot = databases.copy_to(scratch)
    partial = scratch / path.name
    with writing(partial) as archive:
        with snapshot.path.open("rb") as file:
            archive.add(f"{DATABASE}/{snapshot.path.name}", file, snapshot.path.stat().st_size)
        for name, store in stores().items():
            _add_files(archive, name, store)
        manifest = Manifest(
            format=FORMAT,
            made_at=now.isoformat(timespec="seconds"),
            quaymark=importlib.metadata.version("quaymark"),
            engine=snapshot.engine,
            migrations=snapshot.migrations,
            counts=snapshot.counts,
            parts=archive.parts,
        )
        archive.seal(manifest)
    _keep(partial, path)
    return Made(path, manifest, _broken(snapshot.seals, archive.parts))


def _broken(seals: dict[str, str], parts: list[Part]) -> list[str]:
    """Sealed originals that are missing, or are no longer what they were at intake."""
    kept = {part.name_in_store: part.sha256 for part in parts if part.store == PRIVATE}
    return sorted(name for name, sha256 in seals.items() if kept.get(name) != sha256)


def _add_files(archive: Writer, store_name: str, store: Storage) -> None:
    for name in names_in(store):
        try:
            file = store.open(name)
        except FileNotFoundError:
            continue  # deleted since it was listed, by whoever may delete
        with file:
            archive.add(f"{FILES}/{store_name}/{name}", file, file.size)


def _keep(partial: Path, path: Path) -> None:
    """Flushed to the disk before it gets its name; a file of that name made meanwhile is not replaced."""
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    try:
        os.link(partial, path)
    except FileExistsError as error:
        raise BackupError(f"{path} is already there. Name another file.") from error
    except OSError:  # a file system without hard links
        partial.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
