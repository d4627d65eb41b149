"""Tables for a spreadsheet, in which no cell is taken for a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"  # by which spreadsheets know that the text is UTF-8
# A cell that starts with one of these is calculated by spreadsheets instead of shown.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# In half the world a cell ends at ";": what is one cell here is two there, and the second is calculated too.
AFTER_A_SEPARATOR = re.compile(r"([;,\t\r\n]\s*)(?=[=+\-@＝＋－＠])")


class _Line:
    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The rows as lines of CSV, one at a time."""
    writer = csv.writer(_Line())
    yield BOM
    for row in rows:
        yield writer.writerow([as_text(cell) for cell in row])


def as_text(cell: object) -> str:
    """The cell with an apostrophe wherever a spreadsheet would begin to reckon."""
    text = AFTER_A_SEPARATOR.sub(r"\1'", str(cell))
    return f"'{text}" if _begins_a_formula(text) else text


def looks_like_a_formula(text: str) -> bool:
    """Whether any spreadsheet, whatever separator it goes by, would reckon the text or a part of it."""
    return _begins_a_formula(text) or bool(AFTER_A_SEPARATOR.search(text))


def _begins_a_formula(text: str) -> bool:
    return text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)
