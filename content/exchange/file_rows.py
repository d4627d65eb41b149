"""What a file holds, whatever its kind: rows of text by sheet. Nothing of the guide is looked at here."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .cells import CellRefused, check_signs, tidy
from .columns import Words
from .tables import TABLES, Table

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
FORMAT, VERSION = "quaymark-guide", 1


class FileUnreadable(Exception):  # noqa: N818
    """The file as a whole can't be read. The text says why and what to do."""


@dataclass
class FileRow:
    """A row with anything in it; `number` is its place in the sheet. With a problem, it is refused."""

    number: int
    cells: dict[str, str]
    problems: list[str] = field(default_factory=list)


@dataclass
class FileTable:
    """A sheet's columns, as they are called here, and its rows."""

    headings: list[str]
    rows: list[FileRow] = field(default_factory=list)


@dataclass
class GuideFile:
    """The sheets that the file has, by name."""

    tables: dict[str, FileTable] = field(default_factory=dict)

    def add_row(self, table: Table, row: FileRow) -> None:
        """Raises FileUnreadable where there are too many."""
        if sum(len(one.rows) for one in self.tables.values()) >= MAX_ROWS:
            raise FileUnreadable(
                _("The file has more than %(number)d rows. Send it in parts.") % {"number": MAX_ROWS}
            )
        self.tables[table.name].rows.append(row)

    def missing(self) -> list[str]:
        """What the file leaves out, in words: a sheet, or a column of one."""
        found = []
        for table in TABLES:
            if table.name not in self.tables:
                found.append(
                    _("There is no sheet “%(sheet)s”: what the guide has there stays.")
                    % {"sheet": table.title}
                )
                continue
            lacking = [name for name in table.content if name not in self.tables[table.name].headings]
            if lacking:
                found.append(
                    _("Sheet “%(sheet)s” lacks columns: %(columns)s. What the guide has there stays.")
                    % {"sheet": table.title, "columns": ", ".join(lacking)}
                )
        return found


def check_size(content: bytes) -> None:
    """Raises FileUnreadable."""
    if not content:
        raise FileUnreadable(_("The file is empty."))
    if len(content) > MAX_BYTES:
        raise FileUnreadable(_("The file is larger than 20 MB. Send it in parts."))


def check_version(version: object) -> None:
    """Raises FileUnreadable."""
    if version != VERSION:
        raise FileUnreadable(
            _("The file has version %(found)s; this site reads version %(known)d. Export the guide anew.")
            % {"found": str(version)[:20], "known": VERSION}
        )


def headings_of(table: Table, names: Iterable[str]) -> list[str]:
    """The columns' own names. Raises FileUnreadable on one that is unknown, twice there, or missing."""
    own = {_plain(name): name for name in table.headings}
    given = [name.strip() for name in names]
    unknown = [name[:60] or _("(no name)") for name in given if _plain(name) not in own]
    sheet = {"sheet": table.title}
    if unknown:
        raise FileUnreadable(
            _("Sheet “%(sheet)s” has columns that are not known: %(columns)s. Known are: %(known)s.")
            % {**sheet, "columns": ", ".join(unknown[:10]), "known": ", ".join(_shortened(table))}
        )
    found = [own[_plain(name)] for name in given]
    twice = sorted(name for name, count in Counter(found).items() if count > 1)
    if twice:
        raise FileUnreadable(
            _("Sheet “%(sheet)s” has a column twice: %(columns)s. Delete one of the two.")
            % {**sheet, "columns": ", ".join(twice)}
        )
    lacking = [name for name in table.identity if name not in found]
    if lacking:
        raise FileUnreadable(
            _(
                "Sheet “%(sheet)s” lacks a column that says which thing a row is about: %(columns)s. "
                "Take the first line from an export."
            )
            % {**sheet, "columns": ", ".join(lacking)}
        )
    return found


def row_of(number: int, cells: dict[str, str], problems: Iterable[str] = ()) -> FileRow:
    """A row whose cells are tidy; what is wrong with their signs stands beside them."""
    row = FileRow(number, {}, list(problems))
    for name, text in cells.items():
        try:
            check_signs(text)
        except CellRefused as reason:
            row.problems.append(f"{name}: {reason}")
        row.cells[name] = tidy(text)
    return row


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").split())


def _shortened(table: Table) -> list[str]:
    """The names of the columns; of those that stand once a language, the heading alone."""
    headings = [
        f"{column.heading} (…)" if isinstance(column, Words) else column.name for column in table.columns
    ]
    return list(dict.fromkeys([*table.owner_columns, *headings, *table.notes]))
