"""Tables for a spreadsheet, in which no cell is taken for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"  # by which spreadsheets know that the text is UTF-8
# A cell that starts with one of these is calculated by spreadsheets instead of shown.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


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
    """The cell with an apostrophe in front where a spreadsheet would reckon it."""
    text = str(cell)
    return f"'{text}" if looks_like_a_formula(text) else text


def looks_like_a_formula(text: str) -> bool:
    return text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)
