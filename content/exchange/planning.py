"""Giving each row of a file its fate: by its own cells, by what the guide says, and by the rows around it."""

from django.utils.translation import gettext as _
from wagtail.models import LockableMixin

from accounts.models import User
from content.languages import SOURCE_LANGUAGE

from .cells import CellRefused
from .coded_columns import Identity
from .columns import Column, Words
from .file_rows import FileRow, GuideFile
from .guide_rows import Cells, Guide, row_digest
from .planned import Fate, Plan, PlannedRow
from .tables import AS_EXPORTED, PHOTOS, TABLES, Table
from .together import Place, needs, not_there, problems_together
from .word_marks import read_marks


def plan_import(file: GuideFile, guide: Guide, by: User | None) -> Plan:
    """What each row would do. The number of queries grows with the things that are changed."""
    plan = Plan(guide, [], file.missing())
    for table in TABLES:
        if table.name in file.tables:
            plan.rows += _planned(table, file, guide)
    _refuse_locked(plan, by)
    _refuse_what_hangs_on_nothing(plan)
    while _refuse_together(plan):
        _refuse_what_hangs_on_nothing(plan)
    return plan


def _planned(table: Table, file: GuideFile, guide: Guide) -> list[PlannedRow]:
    sheet, stands = file.tables[table.name], guide.rows[table.name]
    rows: list[PlannedRow] = []
    seen: dict[Identity, PlannedRow] = {}
    for read in sheet.rows:
        row = _fate(table, read, sheet.headings, guide)
        if row.identity in seen and Fate.REFUSED not in (row.fate, seen[row.identity].fate):
            row.refuse(
                _("Row %(number)d is about the same thing. Keep one.") % {"number": seen[row.identity].number}
            )
        seen.setdefault(row.identity, row)
        rows.append(row)
    absent = [key for key in sorted(stands) if key not in seen]
    return rows + [PlannedRow(table, 0, key, Fate.ABSENT) for key in absent]


def _fate(table: Table, read: FileRow, headings: list[str], guide: Guide) -> PlannedRow:
    cells = {name: _spelt(table.by_name.get(name), read.cells.get(name, "")) for name in headings}
    identity = tuple(cells[name][:100] for name in table.identity)
    row = PlannedRow(table, read.number, identity, Fate.NEW, cells)
    for problem in read.problems:
        row.refuse(problem)
    _check_identity(row)
    stands = guide.rows[table.name].get(identity)
    if row.fate == Fate.REFUSED:
        return row
    if stands is None:
        _plan_new(row)
    else:
        _plan_change(row, stands.cells)
    return row


def _spelt(column: Column | None, text: str) -> str:
    """A cell in its one right spelling; as it is, where it has none."""
    if column is None:
        return text
    try:
        return column.write(column.read(text))
    except CellRefused:
        return text


def _check_identity(row: PlannedRow) -> None:
    for name in row.table.owner_columns:
        if not row.cells[name]:
            row.refuse(f"{name}: " + _("It is empty, and is needed."))
    for column in row.table.own_identity:
        _value(row, column)


def _plan_new(row: PlannedRow) -> None:
    if row.table is PHOTOS:
        row.refuse(
            _("No photo in the guide has this number. Photos come in with their files: “Photos” in the menu.")
        )
        return
    for column in row.table.columns:
        if row.cells.get(column.name, "") or not column.has_default:
            _value(row, column)
    _check_english(row, [column.name for column in row.table.words()])
    try:
        row.values |= read_marks(row.table, row.cells)
    except CellRefused as reason:
        row.refuse(str(reason))


def _plan_change(row: PlannedRow, stands: Cells) -> None:
    given = [name for name in row.table.content if name in row.cells]
    differing = [name for name in given if row.cells[name] != stands[name]]
    exported = row.cells.get(AS_EXPORTED, "")
    whole = len(given) == len(row.table.content)
    if not differing:
        row.fate = Fate.UNCHANGED
        return
    if whole and exported == row_digest(row.table, row.cells):
        # Nobody touched the row: what differs was written in the guide since.
        row.fate = Fate.NEWER
        return
    row.fate = Fate.CHANGED
    row.changes = [(name, stands[name], row.cells[name]) for name in differing]
    row.cells = {**stands, **row.cells}
    if exported and exported != stands[AS_EXPORTED]:
        row.refuse(
            _(
                "Somebody has changed this in the guide since the file was made. Export again and make your "
                "change there; or empty “as exported” in this row, to write over theirs."
            )
        )
        return
    row.values.clear()
    for name in differing:
        _value(row, row.table.by_name[name])
    _check_english(row, differing)


def _value(row: PlannedRow, column: Column) -> None:
    try:
        row.values[column.name] = column.read(row.cells.get(column.name, ""))
    except CellRefused as reason:
        row.refuse(f"{column.name}: {reason}")


def _check_english(row: PlannedRow, names: list[str]) -> None:
    """Words are translated from the English: without it nobody knows what they say."""
    english = {
        column.heading: row.cells.get(column.name, "")
        for column in row.table.words()
        if column.language == SOURCE_LANGUAGE
    }
    for name in names:
        column = row.table.by_name[name]
        if isinstance(column, Words) and row.cells.get(name) and not english[column.heading]:
            row.refuse(f"{name}: " + _("There are no English words that it translates. Write them too."))


def _refuse_locked(plan: Plan, by: User | None) -> None:
    locked: dict[tuple[str, Identity], bool] = {}
    for row in plan.acting():
        place = (row.table.root.name, row.table.root_of(row.identity))
        root = plan.guide.rows[place[0]].get(place[1])
        if root is None or not isinstance(root.record, LockableMixin):
            continue
        if place not in locked:
            lock = root.record.get_lock()
            locked[place] = lock is not None and (by is None or bool(lock.for_user(by)))
        if locked[place]:
            row.refuse(
                _("“%(thing)s” is locked or being read by an expert. Wait until that is done.")
                % {"thing": " / ".join(place[1])}
            )


def _refuse_what_hangs_on_nothing(plan: Plan) -> None:
    """What is refused takes along what hangs on it, and so on: a row is asked once a thing it needs."""
    rows = plan.as_it_would_be()
    acting = {(row.table.name, row.identity): row for row in plan.acting()}
    hanging: dict[Place, list[Place]] = {}
    for place, row in acting.items():
        for needed in needs(row.table, row.identity, row.cells):
            hanging.setdefault(needed, []).append(place)
    asked = list(acting)
    while asked:
        place = asked.pop()
        row = acting[place]
        reasons = [reason for _place, reason in not_there(row.table, row.identity, rows)] if row.acts else []
        if not reasons:
            continue
        for reason in reasons:
            row.refuse(reason)
        stands = plan.guide.rows[place[0]].get(place[1])
        if stands:
            rows[place[0]][place[1]] = stands.cells
        else:
            del rows[place[0]][place[1]]
            asked += hanging.get(place, [])


def _refuse_together(plan: Plan) -> bool:
    """Refuse the rows that can't stand beside the others; whether there were any."""
    acting = {(row.table.name, row.identity): row for row in plan.acting()}
    found = [
        (acting[place], reason)
        for place, reason in problems_together(plan.as_it_would_be(), set(acting))
        if place in acting
    ]
    for row, reason in found:
        row.refuse(reason)
    return bool(found)
