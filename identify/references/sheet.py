"""The sheet beside a folder of photos: which photo shows what, by whom, under which licence. No database."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from content.licences import Licence, LicenceRefused, read_licence
from content.models import ReferencePhoto

SHEET_NAMES = ("photos.csv", "sheet.csv", "metadata.csv")
NEEDED = ("file", "item", "view", "author", "licence")
OPTIONAL = ("specimen", "source")
MAX_ROWS = 5_000
MAX_BYTES = 5 * 1024 * 1024
LENGTHS = {"file": 255, "item": 50, "specimen": 120, "author": 160, "source": 500}


class SheetUnreadable(Exception):  # noqa: N818
    """The sheet as a whole can't be read. The text says why and what to do."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as read. With a problem it is refused; `licence` is None only then."""

    number: int
    file: str
    item: str
    view: str
    author: str
    licence: Licence | None
    specimen: str
    source: str
    problem: str = ""


def read_sheet(content: bytes) -> list[SheetRow]:
    """The rows of a CSV file in UTF-8, with commas, semicolons or tabs. Raises SheetUnreadable."""
    if len(content) > MAX_BYTES:
        raise SheetUnreadable(_("The sheet is larger than 5 MB. Send the photos in parts."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetUnreadable(_("The sheet is no CSV file in UTF-8. Save it as “CSV UTF-8”.")) from error
    records = _records(text)
    columns = [cell.strip().lower() for cell in next(records, (0, []))[1]]
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise SheetUnreadable(
            _("The sheet lacks these columns in its first row: %(columns)s.")
            % {"columns": ", ".join(missing)}
        )
    rows: list[SheetRow] = []
    seen: set[str] = set()
    for number, cells in records:
        if len(rows) == MAX_ROWS:
            raise SheetUnreadable(_("The sheet has more than 5000 rows. Send the photos in parts."))
        values = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        rows.append(_row(number, values, seen))
        seen.add(rows[-1].file)
    if not rows:
        raise SheetUnreadable(_("The sheet has a first row, but no photo stands below it."))
    return rows


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.partition("\n")[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise SheetUnreadable(
            _("Row %(number)d can't be read. Save the sheet as “CSV UTF-8”.") % {"number": reader.line_num}
        ) from error


def _row(number: int, values: dict[str, str], seen: set[str]) -> SheetRow:
    problem = _problem(values, seen)
    licence = None
    try:
        licence = read_licence(values.get("licence"))
    except LicenceRefused as refused:
        problem = problem or str(refused)
    given = {name: values.get(name, "")[: LENGTHS[name]] for name in LENGTHS}
    return SheetRow(number, view=values.get("view", ""), licence=licence, problem=problem, **given)


def _problem(values: dict[str, str], seen: set[str]) -> str:
    if not values.get("file"):
        return str(_("The name of the photo's file is missing."))
    if values["file"] in seen:
        return str(_("A row above names the same file. Keep one of the two."))
    if not values.get("author"):
        return str(_("The author is missing."))
    if values.get("view") not in ReferencePhoto.View.values:
        views = ", ".join(ReferencePhoto.View.values)
        return str(_("What the photo shows must be one of: %(views)s.") % {"views": views})
    for name, length in LENGTHS.items():
        if len(values.get(name, "")) > length:
            return str(
                _("“%(column)s” has more than %(length)d characters.") % {"column": name, "length": length}
            )
    if values.get("source"):
        try:
            URLValidator(["http", "https"])(values["source"])
        except ValidationError:
            return str(_("The source is no web address that begins with https://."))
    return ""
