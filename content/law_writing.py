"""Writing a change of law into the items: the live rows, and the drafts that may be published later.

A draft keeps the whole item as it stood when it was written. So the change is written into the drafts that
somebody works on or that wait to be published, and again whenever an older one is published after all.
"""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q
from modelcluster.models import get_serializable_data_for_fields
from wagtail.models import Revision, TaskState
from wagtail.signals import published

from .law_rules import ending
from .models import LawChange, LegalStatus, ReferenceItem
from .models.law_changes import READ_BY
from .searching.terms import indexed_together

# A status in a draft, as JSON holds it.
Row = dict[str, Any]


def write_law(change: LawChange) -> None:
    """End the old statuses the day before, begin the new ones that day; note in `change.written` which."""
    change.written = []
    with indexed_together():
        for provision in change.provisions.all():
            for item in provision.items:
                statuses = LegalStatus.objects.filter(item=item)
                if change.ends_something:
                    for status in ending(change, provision, statuses):
                        _note(change, item, ended=status.key, until=_iso(status.in_force_until))
                        status.in_force_until = change.last_day_before
                        status.save(update_fields=["in_force_until"])
                if change.adds_something:
                    status = provision.status_for(item, change)
                    status.save()
                    _note(change, item, made=status.key)
    for item in _items(change):
        _into_drafts(change, item, _as_written)


def unwrite_law(change: LawChange) -> None:
    """Take it back: what it began is deleted, what it ended goes on as before."""
    with indexed_together():
        for entry in change.written:
            status = LegalStatus.objects.filter(item=entry["item"], key=entry.get("made") or entry["ended"])
            if "made" in entry:
                for one in status:
                    one.delete()
            else:
                status.filter(in_force_until=change.last_day_before).update(in_force_until=entry["until"])
    for item in _items(change):
        _into_drafts(change, item, _without)


def verify_law(change: LawChange) -> None:
    """An expert has read it: the new statuses are verified, in drafts too."""
    for entry in change.written:
        if "made" in entry:
            for status in LegalStatus.objects.filter(item=entry["item"], key=entry["made"]):
                status.verified_by, status.verified_on = READ_BY, change.read_on
                status.save(update_fields=["verified_by", "verified_on"])
    for item in _items(change):
        _into_drafts(change, item, _verified)


def keep_law(item: ReferenceItem, revision: Revision) -> None:
    """An item was published: a draft from before a change does not undo it.

    Whoever wrote the draft after the change may have corrected what it began, but not what it ended.
    """
    for change in LawChange.objects.written().of_item(item):
        kept = False
        for entry in _entries(change, item):
            if "ended" in entry:
                kept |= _end_again(item, entry["ended"], change.last_day_before)
            elif revision.created_at < change.announced_at:
                kept |= _begin_again(item, entry["made"], change)
        if kept:
            _into_drafts(change, item, _as_written)


def follow_publishing() -> None:
    """Called once, when the app is ready."""
    published.connect(_published, sender=ReferenceItem, dispatch_uid="law_kept_when_published")


def _published(
    sender: type[ReferenceItem], instance: ReferenceItem, revision: Revision, **_kwargs: Any
) -> None:
    keep_law(instance, revision)


def _end_again(item: ReferenceItem, key: str, day: datetime.date) -> bool:
    goes_on = Q(in_force_until=None) | Q(in_force_until__gt=day)
    return bool(LegalStatus.objects.filter(goes_on, item=item, key=key).update(in_force_until=day))


def _begin_again(item: ReferenceItem, key: str, change: LawChange) -> bool:
    if LegalStatus.objects.filter(item=item, key=key).exists():
        return False
    for provision in change.provisions.all():
        status = provision.status_for(item, change)
        if status.key == key:
            status.save()
    return True


# --- Drafts ---------------------------------------------------------------------------------------


def _into_drafts(
    change: LawChange, item: ReferenceItem, edit: Callable[[LawChange, ReferenceItem, list[Row]], list[Row]]
) -> None:
    for revision in _drafts(item):
        rows = revision.content.get("statuses", [])
        content = {**revision.content, "statuses": edit(change, item, rows)}
        if content != revision.content:
            # Not save(): this is no new version, and changes nobody's place in a workflow.
            Revision.objects.filter(pk=revision.pk).update(content=content)


def _drafts(item: ReferenceItem) -> Iterable[Revision]:
    """The revisions that editors see, or that may be published without anybody's seeing them again."""
    item = ReferenceItem.objects.get(pk=item.pk)
    revisions = Revision.objects.for_instance(item)
    in_review = TaskState.objects.filter(
        revision__in=revisions, status=TaskState.STATUS_IN_PROGRESS
    ).values_list("revision", flat=True)
    known = [pk for pk in (item.latest_revision_id, item.live_revision_id) if pk]
    return revisions.filter(Q(pk__in=[*known, *in_review]) | Q(approved_go_live_at__isnull=False))


def _as_written(change: LawChange, item: ReferenceItem, rows: list[Row]) -> list[Row]:
    ended = {entry["ended"] for entry in _entries(change, item) if "ended" in entry}
    made = [entry["made"] for entry in _entries(change, item) if "made" in entry]
    day = change.last_day_before.isoformat()
    rows = [{**row, "in_force_until": day} if row["key"] in ended else row for row in rows]
    there = {row["key"] for row in rows}
    new = LegalStatus.objects.filter(item=item, key__in=set(made) - there)
    return [*rows, *(get_serializable_data_for_fields(status) for status in new)]


def _without(change: LawChange, item: ReferenceItem, rows: list[Row]) -> list[Row]:
    entries = _entries(change, item)
    made = {entry["made"] for entry in entries if "made" in entry}
    until = {entry["ended"]: entry["until"] for entry in entries if "ended" in entry}
    return [
        {**row, "in_force_until": until[row["key"]]} if row["key"] in until else row
        for row in rows
        if row["key"] not in made
    ]


def _verified(change: LawChange, item: ReferenceItem, rows: list[Row]) -> list[Row]:
    made = {entry["made"] for entry in _entries(change, item) if "made" in entry}
    read = {"verified_by": READ_BY, "verified_on": _iso(change.read_on)}
    return [{**row, **read} if row["key"] in made else row for row in rows]


# --- What is noted --------------------------------------------------------------------------------


def _note(change: LawChange, item: ReferenceItem, **what: str | None) -> None:
    change.written.append({"item": item.pk, **what})


def _entries(change: LawChange, item: ReferenceItem) -> list[dict[str, Any]]:
    return [entry for entry in change.written if entry["item"] == item.pk]


def _items(change: LawChange) -> list[ReferenceItem]:
    return list(ReferenceItem.objects.filter(pk__in={entry["item"] for entry in change.written}))


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
