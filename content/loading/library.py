"""The files of `content/library`: structure without language, and a folder of words for each language."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from content.languages import LANGUAGES, SOURCE_LANGUAGE

LIBRARY = Path(__file__).resolve().parent.parent / "library"
# The parser in C where PyYAML has it: ten times faster over some hundred files.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Parents stand in the files before their children.
GUIDE_FILES = (
    "devices",
    "animals",
    "checks",
    "ivory-and-horn",
    "mammals",
    "birds-and-reptiles",
    "sea",
    "plants",
    "timber",
    "devices-and-waste",
    "gases",
)


class LibraryError(Exception):
    """A file of the library is missing or wrong; the message names the file and the key."""


@cache
def read(path: Path) -> Any:
    """The content of one YAML file."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 (safe loaders both)
    except FileNotFoundError:
        raise LibraryError(f"{path.relative_to(LIBRARY)}: the file is missing.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LibraryError(f"{path.relative_to(LIBRARY)}: {error}") from error


def structure(name: str) -> Any:
    """The structure file of that name, such as "guide/devices"."""
    return read(LIBRARY / f"{name}.yaml")


def words(language: str, name: str) -> Any:
    """The words file of that name in a language, such as "guide/devices" in "fr"."""
    return read(LIBRARY / language / f"{name}.yaml")


def look_alike_files() -> list[str]:
    """The names of the files of look-alike pairs."""
    return sorted(f"look_alikes/{path.stem}" for path in (LIBRARY / "look_alikes").glob("*.yaml"))


def words_files() -> list[str]:
    """The names of all words files, as they stand in English."""
    folder = LIBRARY / SOURCE_LANGUAGE
    return sorted(path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.yaml"))


def module_files() -> list[str]:
    """The names of the modules' structure files."""
    return sorted(f"modules/{path.stem}" for path in (LIBRARY / "modules").glob("*.yaml"))


def problems() -> list[str]:
    """Say where a language's words lack a key that English has, or have one it lacks."""
    found = []
    for name in words_files():
        english = set(_keys(words(SOURCE_LANGUAGE, name)))
        for language in LANGUAGES:
            try:
                theirs = set(_keys(words(language, name)))
            except LibraryError as error:
                found.append(str(error))
                continue
            found += [f"{language}/{name}.yaml: {key} is missing." for key in sorted(english - theirs)]
            found += [f"{language}/{name}.yaml: {key} is not in English." for key in sorted(theirs - english)]
    return found


def _keys(value: Any, prefix: str = "") -> Iterator[str]:
    """The dotted keys under which there is text. Lists count as one text: their lengths may differ."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _keys(below, f"{prefix}.{key}" if prefix else str(key))
    elif value:
        yield prefix
