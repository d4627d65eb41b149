"""Doing what a plan says: whole or not at all, as drafts that an expert reads before readers do."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, RevisionMixin

from accounts.models import User
from content.models import ReferenceItem
from content.searching.terms import indexed_together

from .coded_columns import Identity, Reference, References
from .columns import Words
from .file_rows import GuideFile
from .guide_rows import draft_of, read_guide
from .planned import Fate, Plan, PlannedRow
from .planning import plan_import
from .tables import ITEMS, REVIEWED, STALE, TABLES, Table
from .word_marks import put_marks

Place = tuple[str, Identity]


class GuideChanged(Exception):  # noqa: N818
    """The guide is no longer as it was when the fates were shown. Nothing was done."""


def apply_import(file: GuideFile, by: User | None, *, at_once: bool, shown: str = "") -> Plan:
    """Do what `plan_import` says of the file; `shown` is the guide's digest when somebody saw the fates.

    Records that keep no drafts are written where `at_once` is true; otherwise only new ones are, if readers
    meet them nowhere yet. Raises GuideChanged.
    """
    with transaction.atomic(), indexed_together():
        # Nobody else changes the guide between the look and the deed.
        list(ReferenceItem.objects.select_for_update().values_list("pk"))
        guide = read_guide()
        if shown and guide.digest() != shown:
            raise GuideChanged
        plan = plan_import(file, guide, by)
        if not at_once:
            _leave_what_readers_see(plan)
        _Writer(plan, by).write_all()
    return plan


def _leave_what_readers_see(plan: Plan) -> None:
    """Take out of the plan what would reach readers at once, and what refers to that."""
    for row in plan.acting():
        if row.at_once:
            row.refuse(str(_("Left: readers would see it at once.")))
    left = {(row.table.name, row.identity) for row in plan.rows if row.fate == Fate.REFUSED}
    left = {place for place in left if place[1] not in plan.guide.rows[place[0]]}
    for row in plan.acting():
        for column in row.table.columns:
            if isinstance(column, Reference) and any(
                (column.table, named) in left for named in row.values.get(column.name, ())
            ):
                row.refuse(str(_("Left: what it refers to would be seen by readers at once.")))


class _Writer:
    """Writes the acting rows, a record with all its parts at a time."""

    def __init__(self, plan: Plan, by: User | None) -> None:
        self._plan, self._by = plan, by
        self._rows: dict[Place, PlannedRow] = {(row.table.name, row.identity): row for row in plan.acting()}
        self._made: dict[Place, int] = {}
        # What is to be written of each record and its parts.
        self._of_root: dict[Place, list[PlannedRow]] = {}
        for row in plan.acting():
            place = (row.table.root.name, row.table.root_of(row.identity))
            self._of_root.setdefault(place, []).append(row)

    def write_all(self) -> None:
        for table in TABLES:
            mine = [identity for name, identity in self._of_root if name == table.name]
            for identity in self._parents_first(table, mine):
                self._write(table, identity)

    def _parents_first(self, table: Table, identities: list[Identity]) -> Iterable[Identity]:
        if table is not ITEMS:
            return identities
        rows = self._plan.as_it_would_be()[ITEMS.name]

        def depth(identity: Identity) -> int:
            deep, above = 0, (rows[identity].get("belongs to", ""),)
            while above in rows and deep < len(rows):
                deep, above = deep + 1, (rows[above].get("belongs to", ""),)
            return deep

        return sorted(identities, key=depth)

    def _write(self, table: Table, identity: Identity) -> None:
        stands = self._plan.guide.rows[table.name].get(identity)
        # Fresh from the database: what was read for the comparison may share its parts with other records.
        record: Any = (
            draft_of(table.model._default_manager.get(pk=stands.record.pk)) if stands else table.model()
        )
        self._put(table, identity, record)
        self._put_parts(table, identity, record, self._of_root[table.name, identity])
        if stands is None:
            if isinstance(record, DraftStateMixin):
                record.live = False
            record.save()
            self._made[table.name, identity] = record.pk
        elif not isinstance(record, RevisionMixin):
            record.save()
        if isinstance(record, RevisionMixin):
            # The rows have been looked at; what more readers need is asked when it is published.
            record.save_revision(user=self._by, clean=False)
        log(instance=record, action="wagtail.edit" if stands else "wagtail.create", user=self._by)

    def _put(self, table: Table, identity: Identity, record: Any) -> None:
        row = self._rows.get((table.name, identity))
        if row is None:
            return
        # English first: the other languages are marked with the English that they translate.
        for column in table.columns:
            if column.name not in row.values:
                continue
            value = row.values[column.name]
            if isinstance(column, References):
                column.put(record, [self._pk(column.table, named) for named in value])
            elif isinstance(column, Reference):
                column.put(record, self._pk(column.table, value[0]) if value else None)
            elif not (isinstance(column, Words) and not value and row.fate == Fate.NEW):
                column.put(record, value)
        marks = {name: row.values[name] for name in (STALE, REVIEWED) if name in row.values}
        if marks:
            put_marks(record, marks)

    def _put_parts(
        self, table: Table, identity: Identity, record: models.Model, rows: list[PlannedRow]
    ) -> None:
        for child in table.children():
            below = [row for row in rows if _is_below(child, row.table) and _starts(row.identity, identity)]
            if not below:
                continue
            parts = list(getattr(record, child.related).all())
            by_key = {self._key_of(child, identity, part): part for part in parts}
            for place in dict.fromkeys(row.identity[: len(child.identity)] for row in below):
                if place not in by_key:
                    by_key[place] = child.model()
                self._put(child, place, by_key[place])
                self._put_parts(child, place, by_key[place], below)
            getattr(record, child.related).set(by_key.values())

    def _key_of(self, table: Table, owner: Identity, part: models.Model) -> Identity:
        return (*owner, *(column.write(column.get(part)) for column in table.own_identity))

    def _pk(self, name: str, identity: Identity) -> int:
        if (name, identity) in self._made:
            return self._made[name, identity]
        return self._plan.guide.rows[name][identity].record.pk


def _is_below(table: Table, other: Table | None) -> bool:
    """Whether the other table is this one, or hangs on it."""
    while other is not None and other is not table:
        other = other.owner
    return other is table


def _starts(identity: Identity, owner: Identity) -> bool:
    return identity[: len(owner)] == owner
