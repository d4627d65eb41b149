"""Reading a staff list: bytes of whatever a spreadsheet has written, into checked rows. No database."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from accounts.addresses import somebodys
from accounts.models import StaffListRow
from accounts.names import holds_control_characters
from accounts.roles import Role
from accounts.spreadsheets import looks_like_a_formula

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
NAME_LENGTH = 150
EMAIL_LENGTH = 254

COLUMNS: dict[str, str | Promise] = {
    "email": _("e-mail address"),
    "first_name": _("first name"),
    "last_name": _("last name"),
    "role": pgettext_lazy("of a person", "role"),
    "language": _("language"),
    "standing": _("standing"),  # the export has it; here it is read past
}
NEEDED = ("email", "role")
DELIMITERS = (",", ";", "\t")
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

Problem: Any = StaffListRow.Problem


class StaffListUnreadable(Exception):  # noqa: N818
    """The file as a whole can't be read. The text says why and what to do."""


@dataclass
class ReadRow:
    """A row as it was read. With a problem, it is refused."""

    number: int
    email: str
    first_name: str = ""
    last_name: str = ""
    roles: list[str] = field(default_factory=list)
    language: str = ""
    problem: str = ""


@dataclass(frozen=True)
class ReadFile:
    """All rows, and whether the encoding had to be guessed."""

    rows: list[ReadRow]
    guessed: bool


def read_staff_list(content: bytes) -> ReadFile:
    """Raise StaffListUnreadable."""
    if not content.strip():
        raise StaffListUnreadable(_("The file is empty."))
    text, guessed = _decoded(content)
    if text.startswith("sep="):  # a line that some spreadsheets write for themselves
        text = text.partition("\n")[2]
    records = _records(text)
    columns = _columns(next(records)[1])
    seen: set[str] = set()
    rows: list[ReadRow] = []
    for number, cells in records:
        if len(rows) == MAX_ROWS:
            raise StaffListUnreadable(
                _("The file has more than %(count)s rows. Send it in parts.") % {"count": MAX_ROWS}
            )
        rows.append(_row(number, cells, columns, seen))
    if not rows:
        raise StaffListUnreadable(_("The file has a first line, but nobody stands below it."))
    return ReadFile(rows, guessed)


def _decoded(content: bytes) -> tuple[str, bool]:
    encoding = next((name for bom, name in BOMS if content.startswith(bom)), None)
    try:
        text, guessed = content.decode(encoding or "utf-8"), False
    except UnicodeDecodeError as error:
        if encoding:
            raise StaffListUnreadable(_not_a_csv()) from error
        text, guessed = content.decode("cp1252", errors="replace"), True
    if any(ord(character) < 32 and character not in "\t\r\n" for character in set(text)):
        raise StaffListUnreadable(_not_a_csv())
    return text, guessed


def _not_a_csv() -> str:
    return str(_("This is not a CSV file. In your spreadsheet, choose “Save as” and then “CSV UTF-8”."))


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, with their line in the file."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise StaffListUnreadable(
                _("Line %(number)s can't be read: a quotation mark is missing or one too many.")
                % {"number": number}
            ) from error
        if any(cells):
            yield number, cells


def _columns(header: list[str]) -> list[str]:
    names = _by_any_name(tuple(COLUMNS.items()))
    columns = [names.get(_plain(cell), "") for cell in header]
    unknown = [cell[:40] for cell, column in zip(header, columns, strict=True) if not column]
    known = ", ".join(COLUMNS)
    if not any(columns):
        raise StaffListUnreadable(
            _("The first line must name the columns: %(columns)s.") % {"columns": known}
        )
    if unknown:
        words = ngettext(
            "There is a column that is not known: %(unknown)s. Known are: %(columns)s.",
            "There are columns that are not known: %(unknown)s. Known are: %(columns)s.",
            len(unknown),
        )
        raise StaffListUnreadable(words % {"unknown": ", ".join(unknown[:10]), "columns": known})
    if len(set(columns)) < len(columns):
        raise StaffListUnreadable(_("A column stands there twice."))
    missing = [column for column in NEEDED if column not in columns]
    if missing:
        raise StaffListUnreadable(_("A column is missing: %(missing)s.") % {"missing": ", ".join(missing)})
    return columns


def _row(number: int, cells: list[str], columns: list[str], seen: set[str]) -> ReadRow:
    values = dict(zip(columns, cells, strict=False))
    email = _unquoted(values.get("email", "")).lower()
    roles, unknown_role = _roles(values.get("role", ""))
    language = _languages().get(_plain(values.get("language", "")))
    row = ReadRow(
        number,
        email[:EMAIL_LENGTH],
        _unquoted(values.get("first_name", "")),
        _unquoted(values.get("last_name", "")),
        list(roles),
        language or "",
    )
    checks: list[tuple[bool, str]] = [
        (len([cell for cell in cells[len(columns) :] if cell]) > 0, Problem.CELLS),
        (not email, Problem.EMAIL_MISSING),
        (not _is_email(email), Problem.EMAIL_WRONG),
        (email in seen, Problem.TWICE),
        (not (roles or unknown_role), Problem.ROLE_MISSING),
        (unknown_role, Problem.ROLE_UNKNOWN),
        (language is None and bool(values.get("language")), Problem.LANGUAGE_UNKNOWN),
    ]
    for name in (row.first_name, row.last_name):
        checks += [
            (len(name) > NAME_LENGTH, Problem.NAME_LONG),
            (holds_control_characters(name), Problem.NAME_CONTROL),
            (looks_like_a_formula(name), Problem.NAME_FORMULA),
        ]
    row.problem = next((problem for wrong, problem in checks if wrong), "")
    row.first_name, row.last_name = row.first_name[:NAME_LENGTH], row.last_name[:NAME_LENGTH]
    if not row.problem:
        seen.add(email)
    return row


def _unquoted(cell: str) -> str:
    """An export puts an apostrophe before what a spreadsheet would take for a formula."""
    return cell[1:] if cell.startswith("'") and looks_like_a_formula(cell[1:]) else cell


def _is_email(email: str) -> bool:
    if len(email) > EMAIL_LENGTH:
        return False
    try:
        validate_email(email)
        somebodys(email)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=256)
def _roles(cell: str) -> tuple[tuple[str, ...], bool]:
    """The roles in a cell (several with + between), and whether one is unknown."""
    names = _role_names()
    found = [names.get(_plain(part), "") for part in cell.split("+") if part.strip()]
    held = {role for role in found if role}
    return tuple(role for role in Role.values if role in held), "" in found


@cache
def _role_names() -> dict[str, str]:
    return _by_any_name(tuple(Role.choices))


@cache
def _languages() -> dict[str, str]:
    """By code and by own name."""
    return {_plain(name): code for code, own in settings.LANGUAGES for name in (code, own)} | {
        "zh": "zh-hans"
    }


def _by_any_name(labels: tuple[tuple[str, str | Promise], ...]) -> dict[str, str]:
    """Keys by themselves and by their label in each of the languages."""
    names: dict[str, str] = {}
    for code, _own in settings.LANGUAGES:
        with translation.override(code):
            names |= {_plain(str(label)): key for key, label in labels}
    return names | {_plain(key): key for key, _label in labels}


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split()).replace("e mail", "email")
