"""What an import would do: each row's fate, before anything is done."""

from dataclasses import dataclass, field
from typing import Any

from content.models import GuideImportRow

from .coded_columns import Identity
from .guide_rows import Cells, Guide
from .tables import TABLES, Table

Fate: Any = GuideImportRow.Fate
ACTING = GuideImportRow.ACTING
# A new one of these is read by nobody before an item names it.
READ_WHERE_NAMED = ("hazards", "advice")


@dataclass
class PlannedRow:
    """A row and its fate. `cells` is the row as it would be; `values` is what is to be set, by column."""

    table: Table
    number: int
    identity: Identity
    fate: str
    cells: Cells = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def acts(self) -> bool:
        return self.fate in ACTING

    @property
    def name(self) -> str:
        return " / ".join(self.identity)

    @property
    def at_once(self) -> bool:
        """Whether readers would see it without anybody reading it first."""
        nowhere_yet = self.fate == Fate.NEW and self.table.root.name in READ_WHERE_NAMED
        return self.acts and not self.table.keeps_drafts and not nowhere_yet

    def refuse(self, reason: str) -> None:
        self.fate = Fate.REFUSED
        if reason not in self.reasons:
            self.reasons.append(reason)


@dataclass
class Plan:
    """All rows, in the order of the tables, and what the file leaves out."""

    guide: Guide
    rows: list[PlannedRow]
    missing: list[str]

    def acting(self) -> list[PlannedRow]:
        return [row for row in self.rows if row.acts]

    def as_it_would_be(self) -> dict[str, dict[Identity, Cells]]:
        """Every row of the guide with what acts, by table and identity."""
        rows = {
            table.name: {key: row.cells for key, row in self.guide.rows[table.name].items()}
            for table in TABLES
        }
        for row in self.rows:
            if row.acts:
                rows[row.table.name][row.identity] = row.cells
        return rows
