"""The guide as JSON: the same rows, with lists and truth values as such. docs/guide-files.md describes it."""

import json
from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from .columns import Column, Number, Words, YesNo
from .file_rows import (
    FORMAT,
    VERSION,
    FileTable,
    FileUnreadable,
    GuideFile,
    check_size,
    check_version,
    headings_of,
    row_of,
)
from .guide_rows import Cells, Guide
from .tables import TABLES, Table


def write_json(guide: Guide) -> bytes:
    """The same guide gives the same bytes: tables in their order, rows by key, every column in its place."""
    tables = {
        table.name: [_as_object(table, row.cells) for _key, row in sorted(guide.rows[table.name].items())]
        for table in TABLES
    }
    whole = {"format": FORMAT, "version": VERSION, **tables}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def read_json(content: bytes) -> GuideFile:
    """Raises FileUnreadable."""
    check_size(content)
    whole = _parsed(content)
    if not isinstance(whole, dict) or whole.pop("format", None) != FORMAT:
        raise FileUnreadable(_("This JSON file is no guide: it does not begin as an export does."))
    check_version(whole.pop("version", None))
    by_name = {table.name: table for table in TABLES}
    unknown = [name for name in whole if name not in by_name]
    if unknown:
        raise FileUnreadable(
            _("The file has parts that are not known: %(names)s.") % {"names": ", ".join(unknown)[:200]}
        )
    file = GuideFile()
    for table in TABLES:
        if table.name in whole:
            _read_table(file, table, whole[table.name])
    return file


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_without_twins, parse_constant=_refused
        )
    except (ValueError, RecursionError) as error:
        raise FileUnreadable(
            _("The JSON can't be read: %(reason)s.") % {"reason": str(error)[:200]}
        ) from error


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON lets the second of two equal names win in silence; here nothing is lost in silence."""
    whole = dict(pairs)
    if len(whole) < len(pairs):
        twice = sorted(name for name, count in Counter(name for name, _value in pairs).items() if count > 1)
        raise ValueError(_("a name stands there twice: %(names)s") % {"names": ", ".join(twice)[:100]})
    return whole


def _refused(constant: str) -> None:
    raise ValueError(constant)


def _as_object(table: Table, cells: Cells) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name in table.headings:
        column, text = table.by_name.get(name), cells.get(name, "")
        if isinstance(column, Words):
            made.setdefault(column.heading, {})[column.language] = text
        else:
            made[name] = _as_value(column, text)
    return made


def _as_value(column: Column | None, text: str) -> Any:
    if column is None:
        return text
    if column.as_list:
        return column.parts(text)  # type: ignore[attr-defined]
    if isinstance(column, YesNo):
        return text == "yes"
    if isinstance(column, Number):
        return int(text) if text.isdecimal() else text
    return text


def _read_table(file: GuideFile, table: Table, objects: Any) -> None:
    if not isinstance(objects, list) or not all(isinstance(each, dict) for each in objects):
        raise FileUnreadable(_("“%(sheet)s” must be a list of objects.") % {"sheet": table.name})
    flat = [_flat(table, each) for each in objects]
    # Not every object has every name: the first one's come first, as in a sheet.
    names = list(dict.fromkeys(name for each in flat for name in each)) or list(table.headings)
    file.tables[table.name] = FileTable(headings_of(table, names))
    for number, each in enumerate(flat, start=1):
        problems = []
        cells = {}
        for name, value in each.items():
            try:
                cells[name] = _as_text(table.by_name.get(name), value)
            except TypeError:
                cells[name] = ""
                problems.append(_("%(column)s: write text there.") % {"column": name})
        file.add_row(table, row_of(number, cells, problems))


def _flat(table: Table, each: dict[str, Any]) -> dict[str, Any]:
    """With a column a language in place of an object of languages."""
    headings = {column.heading for column in table.words()}
    flat: dict[str, Any] = {}
    for name, value in each.items():
        if name in headings and isinstance(value, dict):
            flat |= {f"{name} ({language})": text for language, text in value.items()}
        else:
            flat[name] = value
    return flat


def _as_text(column: Column | None, value: Any) -> str:
    """Raises TypeError where a value can't stand in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | str):
        return str(value)
    takes_lists = column is not None and column.as_list
    if takes_lists and isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n".join(value)
    raise TypeError
