"""The guide as an index: every item once, under its kind and its group, with what a reader scans for."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .models import LegalStatus, ReferenceItem

# What officers meet most comes first; whole animals, which only demonstrate, come last.
ORDER = [ReferenceItem.Kind(kind) for kind in ("product", "timber", "device", "waste", "substance", "taxon")]


@dataclass(slots=True)
class Row:
    """One item and the finer ones beneath it."""

    item: ReferenceItem
    strictest: LegalStatus | None
    rows: list["Row"] = field(default_factory=list)

    @property
    def needs_an_eye(self) -> bool:
        """Whether a photo alone can find neither it nor anything beneath it."""
        return not self.item.known_by_name and all(row.needs_an_eye for row in self.rows)

    def __len__(self) -> int:
        return 1 + sum(len(row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Section:
    """Everything of one kind."""

    kind: ReferenceItem.Kind
    rows: list[Row]

    @property
    def demonstration(self) -> bool:
        return all(row.item.demonstration for row in self.rows)

    def __len__(self) -> int:
        return sum(len(row) for row in self.rows)


def guide_index(items: Iterable[ReferenceItem]) -> list[Section]:
    """The items by kind, each beneath the one it belongs to. Reads only what came with the items."""
    rows = {item.pk: Row(item, strictest(item.statuses.all())) for item in items}
    tops: dict[str, list[Row]] = {}
    for row in rows.values():
        above = rows.get(row.item.parent_id) if row.item.parent_id else None
        (above.rows if above else tops.setdefault(row.item.kind, [])).append(row)
    return [Section(kind, tops[kind]) for kind in ORDER if kind in tops]


def strictest(statuses: Iterable[LegalStatus]) -> LegalStatus | None:
    """The listing that asks most: in force before adopted, then I before II, and A1181 before B3011."""
    listed = [status for status in statuses if status.listed and not status.ended]
    return min(listed, key=lambda one: (one.not_yet_in_force, one.leniency, one.listing), default=None)
