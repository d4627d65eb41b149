"""The gettext catalogues, kept with Babel: no gettext binaries are needed.

`messages()` reads every translatable sentence from code and templates; `update` brings the catalogues
in `locale/` in line with them; `compile_all` writes what Django reads; `problems` says what is missing.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

APPS = ("accounts", "config", "content", "identify", "learning")
KEYWORDS: dict[str, tuple | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
COMMENT = "Translators:"


@dataclass(frozen=True)
class Counts:
    """How many sentences of the interface stand how in a language."""

    complete: int
    stale: int
    missing: int
    unreviewed: int


def languages() -> list[str]:
    """The languages that have a catalogue: all but English."""
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def path_of(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES" / "django.po"


def messages() -> Catalog:
    """Every translatable sentence of the project, with the files it stands in."""
    template = Catalog(project="Quaymark", charset="utf-8")
    for path in _sources():
        name = path.relative_to(settings.BASE_DIR).as_posix()
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            source = _as_python(source, name)
        lines = io.BytesIO(source.encode())
        for line, message, comments, context in extract("python", lines, KEYWORDS, [COMMENT]):
            flags = ["python-format"] if "%(" in str(message) else []
            template.add(
                message, locations=[(name, line)], auto_comments=comments, context=context, flags=flags
            )
    return template


def read(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=to_locale(language), charset="utf-8", project="Quaymark", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=to_locale(language))


def update() -> None:
    """Bring every catalogue in line with the code. A changed sentence starts untranslated, never guessed."""
    template = messages()
    for language in languages():
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        catalogue.fuzzy = False
        catalogue.header_comment = f"# Quaymark's interface in {language}."
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=110, include_lineno=False, sort_output=True, omit_header=False)


def compile_all() -> None:
    """Write the binary catalogues beside the readable ones, where they are older."""
    for language in languages():
        source = path_of(language)
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with target.open("wb") as file:
            write_mo(file, read(language))


def problems() -> list[str]:
    """Say which sentences lack a translation, are no longer used, or have a broken placeholder."""
    template = messages()
    found = []
    for language in languages():
        catalogue = read(language)
        used = {_key(message) for message in template if message.id}
        for key in used:
            message = catalogue.get(*key)
            if message is None or not _is_translated(message):
                found.append(f"{language}: not translated: {key[0]}")
            else:
                found += [f"{language}: {error}: {key[0]}" for error in message.check(catalogue)]
        found += [
            f"{language}: no longer used: {message.id}"
            for message in catalogue
            if message.id and _key(message) not in used
        ]
    return sorted(found)


def counts(language: str) -> Counts:
    """How the interface stands in a language. A catalogue is reviewed as a whole: its header says by whom."""
    wanted = [message for message in messages() if message.id]
    if language == settings.LANGUAGE_CODE:
        return Counts(complete=len(wanted), stale=0, missing=0, unreviewed=0)
    catalogue = read(language)
    ours = [catalogue.get(*_key(message)) for message in wanted]
    stale = sum(1 for message in ours if message is not None and message.fuzzy)
    complete = sum(1 for message in ours if message is not None and _is_translated(message))
    reviewed = any(name == "X-Reviewed-By" and value for name, value in catalogue.mime_headers)
    return Counts(complete, stale, len(wanted) - complete - stale, 0 if reviewed else complete)


def _sources() -> Iterator[Path]:
    for app in APPS:
        folder = Path(settings.BASE_DIR) / app
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder).parts
            if path.suffix == ".py" and inside[0] not in ("migrations", "management"):
                yield path
            if path.suffix in (".html", ".txt") and "templates" in inside:
                yield path


def _as_python(source: str, name: str) -> str:
    """A template's sentences as calls that Babel's Python extractor understands."""
    return "\n".join(line.strip() for line in templatize(source, origin=name).splitlines())


def _key(message: Message) -> tuple:
    identifier = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return identifier, message.context


def _is_translated(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple | list) else [message.string]
    return bool(texts) and all(texts) and not message.fuzzy
