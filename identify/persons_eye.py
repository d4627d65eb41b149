"""Things that a photo alone can't find yet, so that a person has to look."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from content.models import ReferenceItem

from .models import LearnedIndex

FORMS = {form.value: place for place, form in enumerate(ReferenceItem.Form)}


@dataclass(frozen=True, slots=True)
class ThingsOfAForm:
    """What may lie before an officer, by the part or device that it is."""

    form: str
    label: str
    items: list[ReferenceItem]


def things_for_a_persons_eye(kind: str = "") -> list[ThingsOfAForm]:
    """Items that the recogniser knows neither by name nor by photos, and under which it knows nothing; no
    demonstrations. Without a form they stand last. Four queries, however long the guide is."""
    items = list(_unknown(kind))
    items.sort(key=lambda item: (FORMS.get(item.form, len(FORMS)), item.position, item.key))
    return [
        ThingsOfAForm(form, str(found[0].get_form_display()) if form else "", found)
        for form, group in groupby(items, key=lambda item: item.form)
        if (found := list(group))
    ]


def _unknown(kind: str) -> Iterator[ReferenceItem]:
    learned = LearnedIndex.objects.current()
    by_sight = learned.items.keys() if learned and learned.file else set()
    live = ReferenceItem.objects.filter(live=True).prefetch_related("common_names", "hazards")
    items = {item.pk: item for item in live}
    known: set[int] = set()
    for item in items.values():
        above: int | None = item.pk if item.backbone_classes or item.key in by_sight else None
        while above is not None and above in items and above not in known:
            known.add(above)
            above = items[above].parent_id
    for item in items.values():
        if item.pk not in known and not item.demonstration and kind in ("", item.kind):
            yield item
