"""A folder with a sheet into reference photos: first what each row would do, then doing it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from accounts.models import User
from content.models import ReferenceItem, ReferencePhoto
from identify.models import PhotoImport, PhotoImportRow

from .adding import OpenedPhoto, PhotoFacts, PhotoNotTaken, add_draft, open_photo, publish_photo
from .folders import FileTooLarge, PhotoFolder, photos_of, read_photo, sheet_of, zip_folder
from .sheet import SheetRow, SheetUnreadable, read_sheet

Fate: Any = PhotoImportRow.Fate
State = PhotoImport.State
# An archive that nobody applies is not kept for ever.
KEPT = datetime.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What comes of one row. A new photo has `facts` and `opened`."""

    number: int
    file: str
    item: str
    fate: str
    reason: str = ""
    facts: PhotoFacts | None = None
    opened: OpenedPhoto | None = None
    photo: ReferencePhoto | None = None


def plan(folder: PhotoFolder) -> Iterator[PlannedRow]:
    """Every row's fate in turn, then the photos that no row names. Raises SheetUnreadable."""
    rows = read_sheet(sheet_of(folder))
    return _planned(folder, rows)


def import_folder(folder: PhotoFolder, by: User | None, *, publish: bool) -> Iterator[PlannedRow]:
    """Do it, row by row; what is new comes back with its photo. Raises SheetUnreadable."""
    for row in plan(folder):
        yield _added(row, by, publish) if row.fate == Fate.NEW else row


def receive_archive(upload: UploadedFile, by: User) -> PhotoImport:
    """Keep an uploaded archive, and have its rows looked at in the background."""
    _forget_old_archives()
    received = PhotoImport(uploaded_by=by, file_name=(upload.name or "")[:255])
    received.archive.save("archive", upload, save=False)
    received.save()
    transaction.on_commit(lambda: look_through.enqueue(received.pk))
    return received


def apply_archive(photo_import: PhotoImport, *, publish: bool) -> bool:
    """Do what was shown, in the background; False where it was begun already."""
    changed = PhotoImport.objects.filter(pk=photo_import.pk, state=State.SHOWN).update(
        state=State.APPLYING, publish=publish
    )
    if changed:
        transaction.on_commit(lambda: apply_rows.enqueue(photo_import.pk))
    return bool(changed)


@task()
def look_through(import_pk: int) -> None:
    """What each row would do. Looking twice shows the same."""
    received = PhotoImport.objects.get(pk=import_pk)
    if received.state != State.READING:
        return
    try:
        with received.archive.open("rb") as file, zip_folder(file) as folder:
            rows = [_row(received, planned) for planned in plan(folder)]
    except SheetUnreadable as error:
        received.state, received.problem = State.UNREADABLE, str(error)
        received.save()
        return
    with transaction.atomic():
        received.rows.all().delete()
        PhotoImportRow.objects.bulk_create(rows, batch_size=500)
        received.state = State.SHOWN
        received.save()


@task()
def apply_rows(import_pk: int) -> None:
    """Take in what was shown as new. Begun anew it goes on: what is in the guide already stays once."""
    received = PhotoImport.objects.get(pk=import_pk)
    if received.state != State.APPLYING:
        return
    shown = {row.file: row for row in received.rows.filter(fate=Fate.NEW, photo=None)}
    with received.archive.open("rb") as file, zip_folder(file) as folder:
        for planned in plan(folder):
            row = shown.get(planned.file)
            if row is None:
                continue
            done = (
                _added(planned, received.uploaded_by, received.publish)
                if planned.fate == Fate.NEW
                else planned
            )
            row.fate, row.reason, row.photo = done.fate, done.reason, done.photo
            row.save()
    received.archive.delete(save=False)
    received.state = State.APPLIED
    received.save()


def _forget_old_archives() -> None:
    for old in PhotoImport.objects.filter(uploaded_at__lt=timezone.now() - KEPT).exclude(state=State.APPLIED):
        old.archive.delete(save=False)
        old.delete()


def _planned(folder: PhotoFolder, rows: list[SheetRow]) -> Iterator[PlannedRow]:
    items = {item.key: item for item in ReferenceItem.objects.prefetch_related("common_names")}
    names = set(photos_of(folder))
    seen: dict[str, str] = {}
    for row in rows:
        yield _fate(folder, row, items, names, seen)
    named = {row.file for row in rows}
    for name in sorted(names - named):
        yield PlannedRow(0, name, "", Fate.NOT_NAMED)


def _fate(
    folder: PhotoFolder,
    row: SheetRow,
    items: dict[str, ReferenceItem],
    names: set[str],
    seen: dict[str, str],
) -> PlannedRow:
    def refused(reason: Any) -> PlannedRow:
        return PlannedRow(row.number, row.file, row.item, Fate.REFUSED, str(reason))

    if row.problem or row.licence is None:
        return refused(row.problem)
    if row.item not in items:
        return refused(_("The guide has no thing with the key “%(key)s”.") % {"key": row.item})
    if row.file not in names:
        return refused(_("This file is not in the folder, or is no photo."))
    try:
        opened = open_photo(read_photo(folder, row.file))
    except PhotoNotTaken as reason:
        fate = Fate.HERE if reason.in_the_guide else Fate.REFUSED
        return PlannedRow(row.number, row.file, row.item, fate, str(reason))
    except (OSError, FileTooLarge):
        return refused(_("The file can't be read, or is larger than 25 MB."))
    if opened.sha256 in seen:
        return refused(_("This is the same photo as “%(file)s”.") % {"file": seen[opened.sha256]})
    seen[opened.sha256] = row.file
    facts = PhotoFacts(items[row.item], row.view, row.author, row.licence, row.specimen, row.source)
    return PlannedRow(row.number, row.file, row.item, Fate.NEW, facts=facts, opened=opened)


def _added(row: PlannedRow, by: User | None, publish: bool) -> PlannedRow:
    if row.facts is None or row.opened is None:
        raise ValueError(f"Row {row.number} is not planned as new.")
    try:
        with transaction.atomic():
            photo = add_draft(row.opened, row.facts, by)
            if publish:
                publish_photo(photo, by)
    except IntegrityError:
        return PlannedRow(row.number, row.file, row.item, Fate.HERE)
    return PlannedRow(row.number, row.file, row.item, Fate.NEW, photo=photo)


def _row(received: PhotoImport, planned: PlannedRow) -> PhotoImportRow:
    return PhotoImportRow(
        photo_import=received,
        number=planned.number,
        file=planned.file,
        item=planned.item,
        fate=planned.fate,
        reason=planned.reason,
    )
