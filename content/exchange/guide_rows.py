"""The guide as it stands, as rows of text: what an export writes, and what an import compares with.

Of a record with a draft it is the draft: whoever edits the guide in a file goes on where the editors are.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from content.languages import LANGUAGES, SOURCE_LANGUAGE
from content.models.translated import TranslatedRecord

from .coded_columns import Identity, Reference
from .columns import Column
from .tables import AS_EXPORTED, REVIEWED, STALE, TABLES, Table

Cells = dict[str, str]


@dataclass(frozen=True)
class GuideRow:
    """A record, as a draft where there is one, and its cells by column."""

    identity: Identity
    cells: Cells
    record: Any


@dataclass
class Guide:
    """The rows of every table by identity, and the keys behind the numbers that records refer by."""

    rows: dict[str, dict[Identity, GuideRow]] = field(default_factory=dict)
    keys: dict[type[models.Model], dict[int, Identity]] = field(default_factory=dict)

    def digest(self) -> str:
        """What the whole guide says, in one short word: another word where anything is another."""
        digest = hashlib.sha256()
        for table in TABLES:
            for identity, row in sorted(self.rows[table.name].items()):
                digest.update(row_digest(table, row.cells).encode())
                digest.update("\x1f".join(identity).encode())
        return digest.hexdigest()

    def cell(self, column: Column, record: Any) -> str:
        if not isinstance(column, Reference):
            return column.write(column.get(record))
        value = column.get(record)
        numbers = value if isinstance(value, list) else [value] if value else []
        known = self.keys[column.of_model.related_model]
        return column.write(tuple(sorted(known[number] for number in numbers)))


def read_guide() -> Guide:
    """Everything, in a number of queries that grows only with the drafts."""
    guide = Guide(rows={table.name: {} for table in TABLES})
    roots = [table for table in TABLES if table.owner is None]
    records = {table.name: list(_records(table)) for table in roots}
    for table in roots:
        guide.keys[table.model] = {
            record.pk: tuple(getattr(record, column.field) for column in table.own_identity)
            for record in records[table.name]
        }
    for table in roots:
        for record in records[table.name]:
            _add(guide, table, (), record)
    return guide


def draft_of(record: Any) -> Any:
    """The record as its editors see it."""
    if getattr(record, "has_unpublished_changes", False) and record.latest_revision_id:
        return record.get_latest_revision_as_object()
    return record


def row_digest(table: Table, cells: Cells) -> str:
    """What a row says, in one short word."""
    said = "\x1f".join(f"{name}\x1e{cells.get(name, '')}" for name in table.content)
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _records(table: Table) -> Iterator[Any]:
    paths = [path for child in table.children() for path in _paths(child)]
    many = [column.field for column in table.columns if column.of_model.many_to_many]
    for record in table.model._default_manager.prefetch_related(*paths, *many).order_by("pk"):
        yield draft_of(record)


def _paths(table: Table) -> list[str]:
    below = [f"{table.related}__{path}" for child in table.children() for path in _paths(child)]
    return [table.related, *below]


def _add(guide: Guide, table: Table, owner: Identity, record: Any) -> None:
    cells = dict(zip(table.owner_columns, owner, strict=True))
    cells |= {column.name: guide.cell(column, record) for column in table.columns}
    identity = (*owner, *(cells[column.name] for column in table.own_identity))
    if isinstance(record, TranslatedRecord):
        cells[STALE] = _fields(
            table, lambda name, language: record.translation_state(name, language) == "stale"
        )
        cells[REVIEWED] = _fields(table, lambda name, language: _reviewed(record, name, language))
    cells[AS_EXPORTED] = row_digest(table, cells)
    guide.rows[table.name][identity] = GuideRow(identity, cells, record)
    for child in table.children():
        for part in getattr(record, child.related).all():
            _add(guide, child, identity, part)


def _reviewed(record: TranslatedRecord, name: str, language: str) -> bool:
    return bool(record.words(name, language)) and record.is_reviewed(name, language)


def _fields(table: Table, holds: Any) -> str:
    """Column names for which something holds in a language: one language a line, "fr: summary, title"."""
    headings = {column.field: column.heading for column in table.words()}
    lines = []
    for language in LANGUAGES:
        if language == SOURCE_LANGUAGE:
            continue
        found = [heading for name, heading in headings.items() if holds(name, language)]
        if found:
            lines.append(f"{language}: {'; '.join(found)}")
    return "\n".join(lines)
