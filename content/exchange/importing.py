"""An uploaded file: kept, looked through by the worker, shown, and applied as it was shown."""

import datetime
from collections.abc import Callable
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import User
from content.models import GuideImport, GuideImportRow

from .applying import GuideChanged, apply_import
from .file_rows import FileUnreadable, GuideFile
from .guide_rows import read_guide
from .json_files import read_json
from .planned import Plan, PlannedRow
from .planning import plan_import
from .spreadsheets import read_spreadsheet

State = GuideImport.State
# A file that nobody applies is not kept for ever.
KEPT = datetime.timedelta(days=30)
SHOWN_LENGTH = 300  # of what was there and what comes, in a table
READERS: dict[str, Callable[[bytes], GuideFile]] = {".xlsx": read_spreadsheet, ".json": read_json}


def read_file(name: str, content: bytes) -> GuideFile:
    """Raises FileUnreadable."""
    ending = PurePath(name).suffix.lower()
    if ending not in READERS:
        raise FileUnreadable(_("The file's name must end in .xlsx or .json."))
    return READERS[ending](content)


def receive_file(upload: UploadedFile, by: User) -> GuideImport:
    """Keep an uploaded file, and have its rows looked at in the background."""
    _forget_old_files()
    received = GuideImport(uploaded_by=by, file_name=(upload.name or "")[-255:])
    received.file.save("file", upload, save=False)
    received.save()
    transaction.on_commit(lambda: look_through.enqueue(received.pk))
    return received


def apply_shown(received: GuideImport, *, at_once: bool) -> bool:
    """Do what was shown, in the background; False where it was begun already."""
    begun = GuideImport.objects.filter(pk=received.pk, state=State.SHOWN).update(
        state=State.APPLYING, at_once=at_once, problem=""
    )
    if begun:
        transaction.on_commit(lambda: apply_rows.enqueue(received.pk))
    return bool(begun)


@task()
def look_through(import_pk: int) -> None:
    """What each row would do. Looking twice shows the same."""
    received = GuideImport.objects.select_related("uploaded_by").get(pk=import_pk)
    if received.state != State.READING:
        return
    with translation.override(received.uploaded_by.language):
        try:
            file = read_file(received.file_name, _content(received))
        except FileUnreadable as reason:
            received.state, received.problem = State.UNREADABLE, str(reason)
            received.save()
            return
        _show(received, file)


@task()
def apply_rows(import_pk: int) -> None:
    """Do it whole; or, where the guide has changed meanwhile, say so and show the fates anew."""
    received = GuideImport.objects.select_related("uploaded_by").get(pk=import_pk)
    if received.state != State.APPLYING:
        return
    with translation.override(received.uploaded_by.language):
        file = read_file(received.file_name, _content(received))
        try:
            with transaction.atomic():
                plan = apply_import(
                    file, received.uploaded_by, at_once=received.at_once, shown=received.guide_digest
                )
                _keep(received, plan)
                received.state = State.APPLIED
                received.save()
        except GuideChanged:
            received.problem = _(
                "Nothing was done: somebody changed the guide after you saw this. Below is what would come "
                "of each row now."
            )
            _show(received, file)
        except Exception:
            received.state = State.SHOWN
            received.problem = _("Nothing was done: there was an error, which is in the site's log.")
            received.save()
            raise
    if received.state == State.APPLIED:
        received.file.delete(save=True)


def _show(received: GuideImport, file: GuideFile) -> None:
    guide = read_guide()
    plan = plan_import(file, guide, received.uploaded_by)
    with transaction.atomic():
        _keep(received, plan)
        received.guide_digest = guide.digest()
        received.state = State.SHOWN
        received.save()


def _keep(received: GuideImport, plan: Plan) -> None:
    received.missing = plan.missing
    received.rows.all().delete()
    GuideImportRow.objects.bulk_create((_row(received, row) for row in plan.rows), batch_size=500)


def _row(received: GuideImport, row: PlannedRow) -> GuideImportRow:
    return GuideImportRow(
        guide_import=received,
        sheet=row.table.title,
        number=row.number,
        name=row.name[:300],
        fate=row.fate,
        reason="\n".join(row.reasons),
        changes=[[name, _short(before), _short(after)] for name, before, after in row.changes],
        at_once=row.at_once,
    )


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH]}…"


def _content(received: GuideImport) -> bytes:
    with received.file.open("rb") as file:
        return file.read()


def _forget_old_files() -> None:
    for old in GuideImport.objects.filter(uploaded_at__lt=timezone.now() - KEPT).exclude(state=State.APPLIED):
        old.file.delete(save=False)
        old.delete()
