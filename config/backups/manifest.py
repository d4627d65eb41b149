"""What an archive says about itself: its versions, its counts, and the SHA-256 of every part."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from .errors import BackupError

FORMAT = 1
DATABASE = "database"
FILES = "files"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the archive: `database/…`, or `files/STORE/…`."""

    name: str
    size: int
    sha256: str

    @property
    def store(self) -> str | None:
        """The file store it belongs to; None for the database."""
        first, second, *_ = self.name.split("/")
        return second if first == FILES else None

    @property
    def name_in_store(self) -> str:
        return self.name.split("/", 2)[2]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The archive's last part but one; `manifest.sha256` follows it."""

    format: int
    made_at: str
    quaymark: str
    engine: str
    migrations: list[str]
    counts: dict[str, int]
    parts: list[Part]

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @property
    def digest(self) -> str:
        """Stands for the whole archive, as the manifest holds the digest of every part."""
        return hashlib.sha256(self.as_bytes()).hexdigest()

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts)


def read_manifest(content: bytes) -> Manifest:
    """Raises BackupError where this version can't read it."""
    try:
        found: dict[str, Any] = json.loads(content)
        if found["format"] > FORMAT:
            raise BackupError(
                f"This backup was made by a newer version of Quaymark ({found['quaymark']}). "
                "Install that version, then restore."
            )
        parts = [Part(**part) for part in found.pop("parts")]
        return Manifest(**found, parts=parts)
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError("This file is damaged: its manifest can't be read. Nothing was changed.") from error


def is_safe(name: str) -> bool:
    """Whether a part's name stays inside the archive's own folders."""
    path = PurePosixPath(name)
    pieces = name.split("/")
    deep_enough = len(pieces) >= (3 if pieces[0] == FILES else 2)
    return (
        pieces[0] in (DATABASE, FILES)
        and deep_enough
        and not path.is_absolute()
        and not {"", ".", ".."} & set(pieces)
        and "\\" not in name
        and "\0" not in name
    )
