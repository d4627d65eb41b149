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
# A record of the guide without a translation is shown in English and says so; a page would not exist.
OF_THE_GUIDE = ("guide/", "look_alikes/")


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


def guide_words(language: str, name: str) -> Any:
    """A words file of the guide. A language that has none yet lacks the translation, not the item."""
    if language != SOURCE_LANGUAGE and not (LIBRARY / language / f"{name}.yaml").exists():
        return {}
    return words(language, name)


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
    """Say where a language's words have a key that English lacks, or a page or question lacks its words."""
    return [
        *(f"{language}/{name}.yaml: {key} is not in English." for language, name, key in _strangers()),
        *(
            f"{language}/{name}.yaml: {key} is missing."
            for language, name, key in missing_words()
            if not name.startswith(OF_THE_GUIDE)
        ),
    ]


def missing_words() -> list[tuple[str, str, str]]:
    """The words that a language lacks: (language, file, key). The key is empty where the file is missing."""
    return [
        (language, name, key)
        for name in words_files()
        for language in LANGUAGES
        for key in sorted(_known(SOURCE_LANGUAGE, name) - _known(language, name))
    ]


def _strangers() -> list[tuple[str, str, str]]:
    return [
        (language, name, key)
        for name in words_files()
        for language in LANGUAGES
        for key in sorted(_known(language, name) - _known(SOURCE_LANGUAGE, name))
    ]


def _known(language: str, name: str) -> set[str]:
    return set(_keys(guide_words(language, name)))


def _keys(value: Any, prefix: str = "") -> Iterator[str]:
    """The dotted keys under which there is text. Lists count as one text: their lengths may differ."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _keys(below, f"{prefix}.{key}" if prefix else str(key))
    elif value:
        yield prefix
