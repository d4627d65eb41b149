"""Index files where `ml` can map them into memory: on this machine's disk."""

import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.db.models.fields.files import FieldFile


def local_file(file: FieldFile) -> Path:
    """The file's path; a file on S3 is fetched once a machine. Raises OSError."""
    try:
        return Path(file.path)
    except NotImplementedError:
        return _fetched(file)


def _fetched(file: FieldFile) -> Path:
    """Written whole or not at all, as several processes may fetch it at once."""
    path: Path = settings.VAR_DIR / "indexes" / Path(file.name).name
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as copy, file.storage.open(file.name) as content:
            shutil.copyfileobj(content, copy)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    for old in sorted(path.parent.glob("*.safetensors"), key=lambda one: one.stat().st_mtime)[:-2]:
        old.unlink(missing_ok=True)
    return path
