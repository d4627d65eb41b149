"""The drawings of the lessons: SVG files with labels by key, words by language.

A drawing is a Django template in content/library/figures/KEY.svg that uses the
tags of content/templatetags/figures.py. Its words are in
content/library/LANGUAGE/figures.yaml:

    KEY:
      title: what the drawing shows, in one line
      labels:
        label-key: text
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.template import Context, Engine, Template
from django.utils.safestring import SafeString, mark_safe

from .languages import LANGUAGES, direction_of, reader_language

VIEW_BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')


class FigureError(Exception):
    """A drawing, or its words in one language, is missing or incomplete."""


@dataclass
class Sheet:
    """What the tags of a drawing need to know while it is drawn."""

    title: str
    labels: Mapping[str, str]
    language: str
    width: int
    words_file: str
    key: str
    asked: set[str] = field(default_factory=set)

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    @property
    def is_mirrored(self) -> bool:
        return self.direction == "rtl"

    def label(self, key: str) -> str:
        self.asked.add(key)
        try:
            return self.labels[key]
        except KeyError:
            raise FigureError(f"{self.words_file}: {self.key} has no label {key!r}") from None


class _AnyLabel(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return key


@dataclass(frozen=True)
class FigureLibrary:
    """The drawings and their words below one folder."""

    root: Path

    def drawings(self) -> list[str]:
        return sorted(path.stem for path in (self.root / "figures").glob("*.svg"))

    def render(self, key: str, language: str) -> SafeString:
        words = self._words_of_figure(key, language)
        return self._draw(key, language, words["title"], words["labels"])[0]

    def title(self, key: str, language: str) -> str:
        return str(self._words_of_figure(key, language)["title"])

    def problems(self, languages: list[str]) -> list[str]:
        """Every word that is missing, or is there for nothing, in one line each."""
        return [problem for language in languages for problem in self._problems_in(language)]

    def _problems_in(self, language: str) -> Iterator[str]:
        path = self._words_path(language)
        shown = self._shown(path)
        if not path.is_file():
            yield f"{shown} is missing"
            return
        try:
            words = self._words(path)
        except FigureError as error:
            yield str(error)
            return
        for key in sorted(words.keys() - set(self.drawings())):
            yield f"{shown}: there is no drawing {key!r}"
        for key in self.drawings():
            if key not in words:
                yield f"{shown} has no words for the drawing {key!r}"
                continue
            yield from self._problems_with(shown, key, words[key])

    def _problems_with(self, shown: str, key: str, words: Any) -> Iterator[str]:
        entry: dict[str, Any] = words if isinstance(words, dict) else {}
        found: dict[str, Any] = entry.get("labels") or {}
        if not _is_text(entry.get("title")):
            yield f"{shown}: {key} has no title"
        needed = self.label_keys(key)
        for label in sorted(needed - found.keys()):
            yield f"{shown}: {key} has no label {label!r}"
        for label in sorted(found.keys() - needed):
            yield f"{shown}: {key} has a label {label!r} that the drawing does not use"
        for label in sorted(needed & found.keys()):
            if not _is_text(found[label]):
                yield f"{shown}: {key}: the label {label!r} is not a text"

    def label_keys(self, key: str) -> set[str]:
        """The labels a drawing asks for, found by drawing it with every word given."""
        return self._draw(key, "en", key, _AnyLabel())[1].asked

    def _draw(
        self, key: str, language: str, title: str, labels: Mapping[str, str]
    ) -> tuple[SafeString, Sheet]:
        template, width = self._template(key)
        words_file = self._shown(self._words_path(language))
        sheet = Sheet(title, labels, language, width, words_file, key)
        drawn = template.render(Context({"sheet": sheet}))
        return mark_safe(drawn.strip()), sheet  # noqa: S308 - the tags escape every word

    def _require(self, key: str) -> None:
        # Looked up among the files: no path is ever made from what was asked for.
        if key not in self.drawings():
            raise FigureError(f"there is no drawing {key!r} in {self._shown(self.root / 'figures')}")

    def _template(self, key: str) -> tuple[Template, int]:
        path = self.root / "figures" / f"{key}.svg"
        return _read_template(path, path.stat().st_mtime_ns)

    def _words_of_figure(self, key: str, language: str) -> dict[str, Any]:
        self._require(key)
        path = self._words_path(language)
        if not path.is_file():
            raise FigureError(f"{self._shown(path)} is missing")
        words: dict[str, Any] | None = self._words(path).get(key)
        if words is None:
            raise FigureError(f"{self._shown(path)} has no words for the drawing {key!r}")
        for part in ("title", "labels"):
            if part not in words:
                raise FigureError(f"{self._shown(path)}: {key} has no {part}")
        return words

    def _words(self, path: Path) -> dict[str, Any]:
        try:
            return _read_words(path, path.stat().st_mtime_ns)
        except yaml.YAMLError as error:
            raise FigureError(f"{self._shown(path)} cannot be read: {error}") from error

    def _words_path(self, language: str) -> Path:
        """The file of the language, or of the language a variant belongs to (zh-hans: zh)."""
        exact = self.root / language.lower() / "figures.yaml"
        return exact if exact.is_file() else self.root / base_of(language) / "figures.yaml"

    def _shown(self, path: Path) -> str:
        return str(Path("content/library") / path.relative_to(self.root))


LIBRARY = FigureLibrary(Path(__file__).resolve().parent / "library")


def figure_choices() -> list[tuple[str, str]]:
    """Every drawing as key and title, in the reader's language where it has one."""
    language = reader_language()
    return [(key, _title_or_key(key, language)) for key in LIBRARY.drawings()]


def render_figure(key: str, language: str) -> SafeString:
    """The drawing as inline SVG, worded and facing the way the language is read."""
    return LIBRARY.render(key, language)


def figure_problems() -> list[str]:
    """What is missing or left over in the words of any language of the site."""
    return LIBRARY.problems(LANGUAGES)


def base_of(language: str) -> str:
    return language.lower().split("-")[0]


def _title_or_key(key: str, language: str) -> str:
    try:
        return LIBRARY.title(key, language)
    except FigureError:
        return key


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


@cache
def _engine() -> Engine:
    # Made when first needed: the tags it names import this module.
    return Engine(libraries={"figures": "content.templatetags.figures"})


@lru_cache(maxsize=64)
def _read_words(path: Path, _changed: int) -> dict[str, Any]:
    words = yaml.safe_load(path.read_text(encoding="utf-8"))
    return words if isinstance(words, dict) else {}


@lru_cache(maxsize=64)
def _read_template(path: Path, _changed: int) -> tuple[Template, int]:
    source = path.read_text(encoding="utf-8")
    view_box = VIEW_BOX.search(source)
    if view_box is None:
        raise FigureError(f'figures/{path.name} has no viewBox="0 0 WIDTH HEIGHT"')
    return Template(source, engine=_engine()), int(view_box[1])
