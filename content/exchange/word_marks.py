"""Which translations are out of date, or read by a native expert: a language a line, "fr: summary"."""

from django.utils.translation import gettext as _

from content.languages import LANGUAGES, SOURCE_LANGUAGE
from content.models.translated import TranslatedRecord, digest

from .cells import CellRefused
from .guide_rows import Cells
from .tables import REVIEWED, STALE, Table

Marks = list[tuple[str, str]]  # field and language


def read_marks(table: Table, cells: Cells) -> dict[str, Marks]:
    """By column. Raises CellRefused."""
    return {name: _read(table, name, cells[name]) for name in (STALE, REVIEWED) if cells.get(name)}


def _read(table: Table, name: str, text: str) -> Marks:
    fields = {column.heading: column.field for column in table.words()}
    marks = []
    for line in text.split("\n"):
        language, _colon, headings = line.partition(":")
        for heading in headings.split(";"):
            if language.strip() not in LANGUAGES or heading.strip() not in fields:
                raise CellRefused(
                    _("%(column)s: “%(line)s” is not understood. Write it like “fr: %(heading)s”.")
                    % {"column": name, "line": line[:60], "heading": next(iter(fields))}
                )
            marks.append((fields[heading.strip()], language.strip()))
    return marks


def put_marks(record: TranslatedRecord, marks: dict[str, Marks]) -> None:
    """On a record whose words are set."""
    for name, language in marks.get(STALE, []):
        # From which older English it was made is lost with that English; that it was older is not.
        record.translated_from.setdefault(language, {})[name] = digest("")
    for name, language in marks.get(REVIEWED, []):
        record.reviewed.setdefault(language, {})[name] = digest(record.words(name, SOURCE_LANGUAGE))
