"""The archive: a plain tar, so that any machine can look into it.

It isn't compressed: photos and PostgreSQL's dump are already. The manifest comes last, because the
digests are known only when the parts have been read; an archive without one was cut off.
"""

import hashlib
import io
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .errors import BackupError
from .manifest import Manifest, Part, is_safe, read_manifest

MANIFEST = "manifest.json"
SEAL = "manifest.sha256"
CHUNK = 1024 * 1024
MANIFEST_MAX_BYTES = 512 * CHUNK

DAMAGED = "This backup is damaged: {what}. Nothing was changed. Use another copy of it, or an older backup."


class Digested:
    """A file that is read once, and knows what it was."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        try:
            content = self._file.read(size)
        except tarfile.TarError as error:
            raise _damaged("it is cut off") from error
        self._digest.update(content)
        self.size += len(content)
        return content

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


class Writer:
    """Writes parts one after the other."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.parts: list[Part] = []

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        if not is_safe(name):
            raise BackupError(f"The file name {name!r} can't be backed up. Rename the file and try again.")
        digested = Digested(file)
        try:
            self._tar.addfile(_entry(name, size), digested)
        except OSError as error:
            if digested.size < size and "unexpected end of data" in str(error):
                raise BackupError(f"{name} changed while it was read. Run the backup again.") from error
            raise
        self.parts.append(Part(name, size, digested.sha256))

    def seal(self, manifest: Manifest) -> None:
        for name, body in ((MANIFEST, manifest.as_bytes()), (SEAL, manifest.digest.encode())):
            self._tar.addfile(_entry(name, len(body)), io.BytesIO(body))


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    with tarfile.open(path, "x:", format=tarfile.PAX_FORMAT) as tar:
        path.chmod(0o600)
        yield Writer(tar)


def read_whole(path: Path) -> Manifest:
    """Read every byte of the archive and compare it with the manifest. Raises BackupError."""
    found: dict[str, Part] = {}
    closing: dict[str, bytes] = {}
    for member, file in _members(path):
        if closing and member.name != SEAL:
            raise _damaged("something follows its manifest")
        if member.name in (MANIFEST, SEAL):
            if member.size > MANIFEST_MAX_BYTES:
                raise _damaged("its manifest is too large")
            closing[member.name] = Digested(file).read()
            continue
        if not member.isreg() or not is_safe(member.name) or member.name in found:
            raise _damaged(f"it holds {member.name!r}, which no backup has")
        found[member.name] = _read(member, file)
    if set(closing) != {MANIFEST, SEAL}:
        raise _damaged("its end is missing")
    if hashlib.sha256(closing[MANIFEST]).hexdigest().encode() != closing[SEAL]:
        raise _damaged("its manifest was altered")
    manifest = read_manifest(closing[MANIFEST])
    _compare(manifest, found)
    return manifest


def read_parts(path: Path, manifest: Manifest) -> Iterator[tuple[Part, Digested]]:
    """Each part with its content, to be read before the next; call `check_read` after reading."""
    expected = {part.name: part for part in manifest.parts}
    for member, file in _members(path):
        if member.name in expected:
            yield expected[member.name], Digested(file)


def check_read(part: Part, content: Digested) -> None:
    """The archive may have changed since it was read as a whole."""
    if (content.size, content.sha256) != (part.size, part.sha256):
        raise _damaged(f"{part.name} changed while it was restored")


def _members(path: Path) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    try:
        with tarfile.open(path, "r:") as tar:
            for member in tar:
                file = tar.extractfile(member) if member.isreg() else None
                yield member, file or io.BytesIO()
    except tarfile.TarError as error:
        raise _damaged("it is cut off, or no backup at all") from error
    except FileNotFoundError as error:
        raise BackupError(f"There is no file {path}.") from error
    except (IsADirectoryError, PermissionError) as error:
        raise BackupError(f"{path} can't be read: {error.strerror}.") from error


def _read(member: tarfile.TarInfo, file: IO[bytes]) -> Part:
    digested = Digested(file)
    while digested.read(CHUNK):
        pass
    return Part(member.name, digested.size, digested.sha256)


def _compare(manifest: Manifest, found: dict[str, Part]) -> None:
    expected = {part.name: part for part in manifest.parts}
    if missing := sorted(set(expected) - set(found)):
        raise _damaged(f"{missing[0]} is missing")
    if extra := sorted(set(found) - set(expected)):
        raise _damaged(f"{extra[0]} is not in its manifest")
    if altered := sorted(name for name in expected if expected[name] != found[name]):
        raise _damaged(f"{altered[0]} was altered")


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size = size
    entry.mode = 0o600
    return entry


def _damaged(what: str) -> BackupError:
    return BackupError(DAMAGED.format(what=what))
