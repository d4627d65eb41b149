"""The guide as a spreadsheet, written and read by openpyxl.

Every cell is text and formatted as text: what begins with "=" is shown, not reckoned. Nothing that somebody
sends is reckoned either: a cell with a formula is refused, because what it would give is nobody's word.
An xlsx file is a ZIP archive of XML: what it unpacks to is counted before anything is unpacked.
"""

import datetime
import io
import re
import zipfile
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.manifest import Manifest
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.xml.constants import ARC_CONTENT_TYPES
from openpyxl.xml.functions import fromstring

from .columns import Words
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
from .guide_rows import Guide
from .tables import REVIEWED, STALE, TABLES, Table, table_named

ABOUT = "About"
LONGEST_CELL = 32_767  # what a spreadsheet's cell holds
MAX_UNPACKED = 200 * 1024 * 1024
# Rows are read one by one, pictures not at all. The rest (styles, the theme) is read whole and slowly: ten
# megabytes of styles, 30 KB when packed, take a worker minutes. Programs write a hundredth of it.
NOT_READ_WHOLE = ("xl/worksheets/", "xl/sharedStrings.xml", "xl/media/")
ROW_BY_ROW = ("worksheet+xml", "sharedStrings+xml")  # the ends of types of content
MAX_READ_WHOLE = 1024 * 1024
MAX_PARTS = 500
LAST_ROW = 1_048_576  # a spreadsheet's own
MAX_COLUMNS = 200
TEXT = "@"  # the number format of cells that are text
# How the format writes signs that XML can't: _x000D_; and, lest a text be taken for one, _x005F_x000D_.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

ABOUT_LINES = (
    "Each sheet is a part of the guide, each row one thing. Keep the keys: they say what a row is about.",
    "An import shows what each row would do before anything is done. What it changes is a draft first.",
    "A row that is not here stays in the guide as it is. An empty cell empties what the guide has there.",
    "Leave the column “as exported” alone: by it, newer work in the guide is not overwritten. Empty it to "
    "write a row over whatever the guide says.",
    "“out of date” and “read by a native expert” are read only for what is new to the guide.",
)


class CellTooLong(Exception):  # noqa: N818
    """A text of the guide is longer than a spreadsheet's cell. The text says which."""


def write_spreadsheet(guide: Guide) -> bytes:
    """Raises CellTooLong."""
    _check_lengths(guide)
    book = Workbook(write_only=True)
    _write_about(book.create_sheet(ABOUT))
    for table in TABLES:
        sheet = book.create_sheet(table.title)
        sheet.freeze_panes = sheet_corner(table)
        for place, name in enumerate(table.headings, start=1):
            dimension = sheet.column_dimensions[get_column_letter(place)]
            dimension.width = 40 if isinstance(table.by_name.get(name), Words) else 18
            dimension.number_format = TEXT
        sheet.append([_cell(sheet, name, bold=True) for name in table.headings])
        for _identity, row in sorted(guide.rows[table.name].items()):
            sheet.append([_cell(sheet, row.cells.get(name, "")) for name in table.headings])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def sheet_corner(table: Table) -> str:
    """The first cell that moves: keys and headings stay in sight."""
    return f"{get_column_letter(len(table.identity) + 1)}2"


def read_spreadsheet(content: bytes) -> GuideFile:
    """Raises FileUnreadable."""
    check_size(content)
    _check_archive(content)
    try:
        _check_read_whole(content)
        # With formulas as they are written, not as somebody's program reckoned them: so they are seen.
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        return _read_book(book)
    except FileUnreadable:
        raise
    except Exception as error:
        # openpyxl raises whatever its parts raise: KeyError, ValueError, ParseError, defusedxml's own.
        raise FileUnreadable(_not_a_spreadsheet()) from error


def _not_a_spreadsheet() -> str:
    return _("This is no spreadsheet that can be read. Save it as “Excel workbook (.xlsx)”.")


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise FileUnreadable(_not_a_spreadsheet()) from error
    # More than it claims is never unpacked: reading stops at the claim.
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise FileUnreadable(
            _("The spreadsheet unpacks to more than 200 MB. Copy the rows into a new one, without pictures.")
        )


def _check_read_whole(content: bytes) -> None:
    """Count what the reader takes in at once, whatever its name: a workbook may call itself a sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sizes = {part.filename: part.file_size for part in archive.infolist()}
        if sizes[ARC_CONTENT_TYPES] > MAX_READ_WHOLE:
            raise FileUnreadable(_not_a_spreadsheet())
        types = Manifest.from_tree(fromstring(archive.read(ARC_CONTENT_TYPES)))
    other = {one.PartName.lstrip("/") for one in types.Override if not one.ContentType.endswith(ROW_BY_ROW)}
    whole = (
        size
        for name, size in sizes.items()
        if name in other or "_rels/" in name or not name.startswith(NOT_READ_WHOLE)
    )
    if sum(whole) > MAX_READ_WHOLE:
        raise FileUnreadable(_not_a_spreadsheet())


def _read_book(book: Any) -> GuideFile:
    file = GuideFile()
    unknown = []
    for sheet in book.worksheets:
        if sheet.title.strip().casefold() == ABOUT.casefold():
            _check_about(sheet)
            continue
        table = table_named(sheet.title)
        if table is None:
            unknown.append(sheet.title[:60])
        elif table.name in file.tables:
            raise FileUnreadable(_("There are two sheets “%(sheet)s”.") % {"sheet": table.title})
        else:
            _read_sheet(file, table, sheet)
    if unknown:
        raise FileUnreadable(
            _("There are sheets that are not known: %(names)s. Delete them, or call them one of: %(known)s.")
            % {"names": ", ".join(unknown[:10]), "known": ", ".join(table.title for table in TABLES)}
        )
    if not file.tables:
        raise FileUnreadable(_("No sheet of the guide is in the file. Begin with an export."))
    return file


def _check_about(sheet: Any) -> None:
    sheet.reset_dimensions()
    for name, value in sheet.iter_rows(max_row=5, max_col=2, values_only=True):
        if name == FORMAT and str(value) != str(VERSION):
            check_version(value)


def _read_sheet(file: GuideFile, table: Table, sheet: Any) -> None:
    # What the sheet says about its size is the sender's word.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=LAST_ROW, max_col=MAX_COLUMNS)
    first = [_text(cell)[0] for cell in next(rows, ())]
    while first and not first[-1].strip():
        first.pop()
    headings = headings_of(table, first)
    file.tables[table.name] = FileTable(headings)
    blank = None
    for number, cells in enumerate(rows, start=2):
        if cells is blank:
            continue
        # Most cells are empty, up to the last column that is looked at.
        read = [("", "") if cell.value is None else _text(cell) for cell in cells]
        if not any(text.strip() or problem for text, problem in read):
            # Before a row far down the same one may come a million times.
            blank = cells
            continue
        problems = [
            f"{name}: {problem}" for name, (_text_, problem) in zip(headings, read, strict=False) if problem
        ]
        if any(text.strip() for text, _problem in read[len(headings) :]):
            problems.append(_("There is something beside the last column. Delete it."))
        values = {name: text for name, (text, _problem) in zip(headings, read, strict=False)}
        file.add_row(table, row_of(number, values, problems))


def _text(cell: Any) -> tuple[str, str]:
    """A cell as text, and what is wrong with it."""
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if value is None:
        return "", ""
    if kind == "f":
        return "", _("There is a formula in it. Copy the cell and insert its value alone.")
    if kind == "e":
        return "", _("There is an error in it: %(error)s.") % {"error": str(value)[:20]}
    if isinstance(value, bool):
        return ("yes" if value else "no"), ""
    if isinstance(value, datetime.datetime):
        return (value.date() if value.time() == datetime.time() else value).isoformat(), ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value)), ""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value)), ""


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, value=_ESCAPED.sub(r"_x005F_x\1_", text))
    # openpyxl takes what begins with "=" for a formula.
    cell.data_type = "s"
    cell.number_format = TEXT
    if bold:
        cell.font = _BOLD
        cell.alignment = _WRAPPED
    return cell


_BOLD, _WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")


def _check_lengths(guide: Guide) -> None:
    for table in TABLES:
        for row in guide.rows[table.name].values():
            for name, text in row.cells.items():
                if len(_ESCAPED.sub(r"_x005F_x\1_", text)) > LONGEST_CELL:
                    raise CellTooLong(
                        _(
                            "%(sheet)s, %(row)s: “%(column)s” is longer than a spreadsheet's cell can be "
                            "(32,767 signs). Take the JSON file."
                        )
                        % {"sheet": table.title, "row": " / ".join(row.identity), "column": name}
                    )


def _write_about(sheet: Any) -> None:
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 36
    sheet.column_dimensions["C"].width = 80
    sheet.append([_cell(sheet, FORMAT, bold=True), _cell(sheet, str(VERSION))])
    for line in ABOUT_LINES:
        sheet.append([_cell(sheet, line)])
    sheet.append([])
    sheet.append([_cell(sheet, heading, bold=True) for heading in ("sheet", "column", "what goes there")])
    for table in TABLES:
        for name, hint in _hints(table):
            sheet.append([_cell(sheet, text) for text in (table.title, name, hint)])


def _hints(table: Table) -> list[tuple[str, str]]:
    owners = [(name, f"a key of “{name}s”") for name in table.owner_columns]
    notes = {STALE: "not read for what the guide has", REVIEWED: "not read for what the guide has"}
    own = [(column.name, column.hint) for column in table.columns]
    return [*owners, *own, *((name, notes.get(name, "leave it alone")) for name in table.notes)]
