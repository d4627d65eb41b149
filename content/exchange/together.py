"""What is wrong with rows beside each other: the guide as a file would leave it, looked at as a whole.

What must hold before readers see a record is in content/guide_rules.py; here stands what a draft can't be
without: that what it names is there, and that no two rows contradict each other.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from content.guide_rules import contradictions
from content.models import LegalStatus, Protocol, ProtocolStep
from content.protocol_graph import faults

from .cells import CellRefused
from .coded_columns import Identity, Reference
from .guide_rows import Cells
from .tables import (
    ANSWERS,
    ITEMS,
    LOOK_ALIKES,
    NAMES,
    OUTCOMES,
    PROTOCOLS,
    STATUSES,
    STEPS,
    TABLES,
    Table,
)

Place = tuple[str, Identity]
Rows = dict[str, dict[Identity, Cells]]
Problems = Iterator[tuple[Place, str]]
NAMED_OF_A_CIRCLE = 8


def problems_together(rows: Rows, acting: set[Place]) -> Problems:
    """Why rows can't stand together: (table and identity, reason). Only what acts is asked about.

    That what they need is there, `not_there` says.
    """
    mine = {table.name: [key for name, key in acting if name == table.name] for table in TABLES}
    return chain(
        _circles(mine[ITEMS.name], rows),
        _pairs(mine[LOOK_ALIKES.name], rows),
        _preferred(mine[NAMES.name], rows),
        *(_days(key, rows) for key in mine[STATUSES.name]),
        _contradictions(mine[STATUSES.name], rows),
        *(_readings(key, rows) for key in mine[STEPS.name]),
        _ways(mine, rows),
    )


def needs(table: Table, key: Identity, cells: Cells) -> list[Place]:
    """Whose row it is, and what it refers to."""
    owners = [(table.owner.name, table.owner_of(key))] if table.owner else []
    return owners + [
        (column.table, named)
        for column in table.columns
        if isinstance(column, Reference)
        for named in _named(column, cells.get(column.name, ""))
    ]


def not_there(table: Table, key: Identity, rows: Rows) -> Problems:
    """What a row needs, and is neither in the guide nor in a row that can be taken."""
    place = (table.name, key)
    owner = table.owner_of(key)
    if table.owner and owner not in rows[table.owner.name]:
        yield (
            place,
            _("“%(owner)s” is not in the guide, nor in a row of “%(sheet)s” that can be taken.")
            % {"owner": " / ".join(owner), "sheet": table.owner.title},
        )
    cells = rows[table.name][key]
    for column in table.columns:
        if isinstance(column, Reference):
            for named in _named(column, cells.get(column.name, "")):
                if named not in rows[column.table]:
                    yield (
                        place,
                        _("%(column)s: “%(key)s” is not in the guide, nor in a row that can be taken.")
                        % {"column": column.name, "key": named[-1]},
                    )


def _named(column: Reference, text: str) -> tuple[Identity, ...]:
    try:
        return column.read(text)
    except CellRefused:
        return ()


def _circles(keys: list[Identity], rows: Rows) -> Problems:
    """Each line is followed once: a file may have ten thousand rows, each above the next."""
    items = rows[ITEMS.name]
    followed: set[Identity] = set()
    on_a_circle: dict[Identity, str] = {}
    for key in keys:
        line: dict[Identity, int] = {}
        above = key
        while above in items and above not in followed:
            followed.add(above)
            line[above] = len(line)
            above = (items[above].get("belongs to", ""),)
        if above in line:
            circle = list(line)[line[above] :]
            on_a_circle |= {one: _line_from(one_at, circle) for one_at, one in enumerate(circle)}
    for key in keys:
        if key in on_a_circle:
            yield (
                (ITEMS.name, key),
                _("belongs to: goes round in a circle: %(line)s. Let one of them belong to something else.")
                % {"line": on_a_circle[key]},
            )


def _line_from(place: int, circle: list[Identity]) -> str:
    """The circle from one of its keys back to it; of a long one, its beginning and its end."""
    keys = [circle[(place + step) % len(circle)][0] for step in range(min(len(circle), NAMED_OF_A_CIRCLE))]
    return " < ".join([*keys, *(["…"] if len(circle) > len(keys) else []), circle[place][0]])


def _sides(cells: Cells) -> frozenset[str]:
    return frozenset((cells.get("one thing", ""), cells.get("the other thing", "")))


def _pairs(keys: list[Identity], rows: Rows) -> Problems:
    pairs = Counter(_sides(cells) for cells in rows[LOOK_ALIKES.name].values())
    for key in keys:
        sides = _sides(rows[LOOK_ALIKES.name][key])
        if len(sides) == 1:
            yield (LOOK_ALIKES.name, key), _("A thing is no look-alike of itself. Name another one.")
        elif pairs[sides] > 1:
            yield (
                (LOOK_ALIKES.name, key),
                _("This pair is there already under another key. Add your marks to that one."),
            )


def _preferred(keys: list[Identity], rows: Rows) -> Problems:
    """`key` is item, language, region, name."""
    preferred: dict[Identity, list[str]] = {}
    for (item, language, _region, name), cells in rows[NAMES.name].items():
        if cells.get("preferred") == "yes":
            preferred.setdefault((item, language), []).append(name)
    for key in keys:
        names = preferred.get(key[:2], [])
        if len(names) > 1 and rows[NAMES.name][key].get("preferred") == "yes":
            yield (
                (NAMES.name, key),
                _("Two names are preferred in one language: %(names)s. Write “no” beside all but one.")
                % {"names": ", ".join(names)},
            )


def _days(key: Identity, rows: Rows) -> Problems:
    cells = rows[STATUSES.name][key]
    begins, ends = cells.get("in force from", ""), cells.get("in force until", "")
    # Days that can be read are written so that the alphabet sorts them.
    if begins and ends and ends < begins:
        yield (STATUSES.name, key), _("in force until: lies before “in force from”. Correct one of the two.")


def _contradictions(keys: list[Identity], rows: Rows) -> Problems:
    of_item: dict[str, dict[Identity, LegalStatus]] = {}
    items = {key[0] for key in keys}
    for key, cells in rows[STATUSES.name].items():
        if key[0] in items:
            of_item.setdefault(key[0], {})[key] = assembled(STATUSES, cells)
    for key in keys:
        mine = of_item[key[0]][key]
        for other, status in of_item[key[0]].items():
            if other != key:
                for problem in contradictions([mine, status]):
                    yield (STATUSES.name, key), problem


def _readings(key: Identity, rows: Rows) -> Problems:
    step = assembled(STEPS, rows[STEPS.name][key])
    if step.readings_most < step.readings_least:
        yield (STEPS.name, key), _("most readings: are fewer than “fewest readings”. Correct one of the two.")


def _ways(mine: dict[str, list[Identity]], rows: Rows) -> Problems:
    """A protocol that readers see at once must lead to an outcome on every way."""
    if PROTOCOLS.keeps_drafts:
        return
    parts = (PROTOCOLS, STEPS, ANSWERS, OUTCOMES)
    for key in sorted({key[:1] for table in parts for key in mine[table.name]}):
        if key not in rows[PROTOCOLS.name]:
            continue
        for fault in faults(_protocol(key, rows)):
            for table in parts:
                for part in mine[table.name]:
                    if part[:1] == key:
                        yield (table.name, part), fault


def _protocol(key: Identity, rows: Rows) -> Protocol:
    protocol = Protocol(key=key[0])
    steps: list[ProtocolStep] = []
    for place, cells in rows[STEPS.name].items():
        if place[:1] == key:
            step = assembled(STEPS, cells)
            step.answers.set(_parts_of(ANSWERS, place, rows))
            steps.append(step)
    protocol.steps.set(steps)
    protocol.outcomes.set(_parts_of(OUTCOMES, key, rows))
    return protocol


def _parts_of(table: Table, owner: Identity, rows: Rows) -> list[Any]:
    return [
        assembled(table, cells) for key, cells in rows[table.name].items() if table.owner_of(key) == owner
    ]


def assembled(table: Table, cells: Cells) -> Any:
    """A record of what its cells say, without what it refers to; never saved. Unreadable cells are left."""
    record = table.model()
    for column in table.columns:
        if not isinstance(column, Reference):
            try:
                column.put(record, column.read(cells.get(column.name, "")))
            except CellRefused:
                continue
    return record
