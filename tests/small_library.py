"""A copy of the product's library that loads in a few seconds: one module and the first part of the guide."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from content.loading import library

LIBRARY = library.LIBRARY
GUIDE_FILES = ("devices", "animals", "checks")
# By kind of file, what stays. What other kinds there are stays whole.
KEPT: dict[str, set[str]] = {
    "guide": {*GUIDE_FILES, "shared", "protocols", "refrigerants"},
    "look_alikes": set(),
    "modules": {"e-waste-at-the-border"},
    "questions": {"e-waste"},
}


@contextmanager
def small_library() -> Iterator[Path]:
    """The folder of the copy, which a test may change; inside, it is what is loaded."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        mock.patch.object(library, "LIBRARY", Path(scratch) / "library"),
        mock.patch.object(library, "GUIDE_FILES", GUIDE_FILES),
    ):
        shutil.copytree(LIBRARY, library.LIBRARY)
        for kind, kept in KEPT.items():
            for path in [*library.LIBRARY.glob(f"{kind}/*"), *library.LIBRARY.glob(f"*/{kind}/*")]:
                if path.stem not in kept:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
        library.read.cache_clear()
        try:
            yield library.LIBRARY
        finally:
            library.read.cache_clear()
