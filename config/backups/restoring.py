"""Fills an empty installation from a backup: all of it or nothing."""

import errno
import hashlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from . import databases
from .archive import CHUNK, Digested, check_read, read_parts, read_whole
from .errors import BackupError
from .manifest import Manifest, Part
from .stores import MODELS, names_in, stores

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def restore(path: Path, tell: Callable[[str], None] = lambda line: None) -> Manifest:
    """Check the whole archive, then fill database and stores. Raises BackupError, having changed nothing."""
    tell(f"Reading {path} from end to end.")
    manifest = read_whole(path)
    _check_fits(manifest)
    _check_empty(manifest)
    _check_room(manifest)
    tell(f"Digest: {manifest.digest}")
    tell(f"The backup of {manifest.made_at} is whole. Restoring {len(manifest.parts)} files.")
    written: list[tuple[Storage, str]] = []
    try:
        with tempfile.TemporaryDirectory(prefix="quaymark-restore-", dir=_scratch()) as scratch:
            snapshot = _write_files(path, manifest, Path(scratch), written)
            # Last, so that a site with a database always has its files.
            databases.load(snapshot, manifest.counts)
    except BaseException as error:
        for store, name in reversed(written):
            store.delete(name)
        if isinstance(error, OSError):
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            why = "The disk is full" if full else str(error)
            raise BackupError(f"{why}. Nothing was restored.") from error
        raise
    return manifest


def _check_fits(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        here, there = ENGINES.get(connection.vendor, connection.vendor), ENGINES.get(manifest.engine, "?")
        raise BackupError(f"This backup is of {there}, and DATABASE_URL names {here}. They must be the same.")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := [name for name in manifest.migrations if name not in known]:
        raise BackupError(
            f"This backup was made by another version of Quaymark ({manifest.quaymark}), whose database has "
            f"{newer[0]}; this version lacks it. Install that version or a later one, then restore."
        )
    if unknown := {part.store for part in manifest.parts} - set(stores()) - {None}:
        raise BackupError(f"This installation has no file store “{min(map(str, unknown))}”.")
    if [part.store for part in manifest.parts].count(None) != 1:
        raise BackupError("This backup holds no database. Nothing was changed.")


def _check_empty(manifest: Manifest) -> None:
    if not databases.is_empty():
        raise BackupError(
            "The database is not empty. A backup is restored only into an empty installation: "
            "name a new database in DATABASE_URL, and don't run `migrate` before."
        )
    for name, store in stores().items():
        wanted = {part.name_in_store: part for part in manifest.parts if part.store == name}
        for file in names_in(store):
            if name == MODELS and file in wanted and _is_same(store, wanted[file]):
                continue
            raise BackupError(
                f"The file store “{name}” is not empty: it holds {file}. "
                "A backup is restored only into an empty installation."
            )


def _is_same(store: Storage, part: Part) -> bool:
    with store.open(part.name_in_store) as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == part.sha256


def _check_room(manifest: Manifest) -> None:
    """Before anything is written: a disk that fills up in the middle costs an hour, and then fails."""
    wanted: dict[Path, int] = {}
    for part in manifest.parts:
        store = stores()[part.store] if part.store else None
        if store is None:
            # SQLite's copy lies beside the database while it is loaded.
            wanted[_scratch()] = wanted.get(_scratch(), 0) + 2 * part.size
        elif isinstance(store, FileSystemStorage):
            folder = _existing(Path(store.location))
            wanted[folder] = wanted.get(folder, 0) + part.size
    by_disk: dict[int, tuple[Path, int]] = {}
    for folder, size in wanted.items():
        disk = folder.stat().st_dev
        by_disk[disk] = (folder, by_disk.get(disk, (folder, 0))[1] + size)
    for folder, size in by_disk.values():
        free = shutil.disk_usage(folder).free
        if free < size:
            raise BackupError(
                f"The disk of {folder} has {free // 10**6} MB free, and this backup needs "
                f"{size // 10**6 + 1} MB. Nothing was changed."
            )


def _write_files(path: Path, manifest: Manifest, scratch: Path, written: list[tuple[Storage, str]]) -> Path:
    """Fill the stores; give back the database's snapshot."""
    snapshot = scratch / "database"
    every = stores()
    for part, content in read_parts(path, manifest):
        if part.store is None:
            with snapshot.open("wb") as file:
                while chunk := content.read(CHUNK):
                    file.write(chunk)
        elif not every[part.store].exists(part.name_in_store):
            _save(every[part.store], part, content, written)
        else:
            continue  # a model that is already there, checked before
        check_read(part, content)
    return snapshot


def _save(store: Storage, part: Part, content: Digested, written: list[tuple[Storage, str]]) -> None:
    written.append((store, part.name_in_store))
    with tempfile.SpooledTemporaryFile(max_size=32 * CHUNK, dir=str(_scratch())) as file:
        while chunk := content.read(CHUNK):
            file.write(chunk)
        file.seek(0)
        saved = store.save(part.name_in_store, File(file, name=part.name_in_store))
    if saved != part.name_in_store:
        written.append((store, saved))
        raise BackupError(f"The file store “{part.store}” changed while it was filled. Nothing was restored.")


def _scratch() -> Path:
    return _existing(Path(settings.VAR_DIR))


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    while not folder.exists():
        folder = folder.parent
    return folder
