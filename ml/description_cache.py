"""Descriptions of photos, kept by the SHA-256 of the file, the backbone and the recipe.

A file a photo, written whole or not at all, so that any number of processes may share the
folder; what is damaged is made anew. Adding one photo to a set describes one photo.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ml.backbone import LoadedBackbone
from ml.decoding import PhotoRefused, decode_pixels
from ml.describing import RECIPE, Blocks, DescriptionError, describe

Stored = NDArray[np.float16]


class PhotoUnusable(Exception):  # noqa: N818
    """One photo can't be described. The message names the file and the remedy."""


def default_cache() -> Path:
    """Beside the exported models, in `VAR_DIR`, which is var unless set."""
    return Path(os.environ.get("VAR_DIR") or "var") / "descriptions"


@dataclass(frozen=True, slots=True)
class DescribedPhoto:
    """A file, the SHA-256 of its content, and its description (D,) in half precision."""

    file: Path
    sha256: str
    description: Stored


class DescriptionCache:
    """Describes photo files, each once. `described` counts those that had to be looked at."""

    def __init__(self, backbone: LoadedBackbone, folder: Path | None = None) -> None:
        self._backbone = backbone
        self._size = Blocks.of(backbone.spec).size
        key = f"{backbone.spec.name}-{backbone.export.onnx_sha256[:16]}-{RECIPE}"
        self._folder = (folder or default_cache()) / key
        self.described = 0

    def of(self, file: Path) -> DescribedPhoto:
        """Raises PhotoUnusable where the file can't be read, decoded or described."""
        try:
            content = file.read_bytes()
        except OSError as error:
            raise PhotoUnusable(f"{file} can't be read ({error.strerror}).") from error
        return self.of_content(content, file)

    def of_content(self, content: bytes, file: Path) -> DescribedPhoto:
        """The same for a photo that lies elsewhere; `file` is what to call it. Raises PhotoUnusable."""
        sha256 = hashlib.sha256(content).hexdigest()
        return DescribedPhoto(file, sha256, self._kept(sha256, lambda: self._looked_at(file, content)))

    def _kept(self, sha256: str, make: Callable[[], Stored]) -> Stored:
        path = self._folder / sha256[:2] / f"{sha256}.npy"
        description = self._read(path)
        if description is None:
            description = make()
            self.described += 1
            with contextlib.suppress(OSError):  # without room to keep it, it is still good
                _write(path, description)
        return description

    def _read(self, path: Path) -> Stored | None:
        try:
            description = np.load(path, allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        whole = description.shape == (self._size,) and description.dtype == np.float16
        return description if whole and np.isfinite(description).all() else None

    def _looked_at(self, file: Path, content: bytes) -> Stored:
        try:
            return describe(self._backbone, decode_pixels(content))
        except PhotoRefused as refusal:
            raise PhotoUnusable(
                f"{file} can't be used ({refusal.code}). Replace it with a whole JPEG, PNG or WebP photo."
            ) from refusal
        except DescriptionError as error:
            raise PhotoUnusable(f"{file}: {error}") from error


def _write(path: Path, description: Stored) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".npy")
    try:
        with os.fdopen(handle, "wb") as file:
            np.save(file, description)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
