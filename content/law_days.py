"""What a change of law leaves to the worker: telling people, and noting that its day has come."""

import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from .law_telling import tell
from .models import LawChange, LawTold

# A little after midnight, so that no clock is before it.
MINUTES_AFTER_MIDNIGHT = 5


@task()
def tell_owners(change_pk: int, moment: str) -> None:
    """Tell everybody concerned who has not been told yet."""
    change = LawChange.objects.filter(pk=change_pk).first()
    if change is not None:
        tell(change, LawTold.Moment(moment))


@task()
def begin_due_changes() -> None:
    """Note which changes have taken effect, and tell the owners. The law itself turns by its date alone."""
    begin_due()


def begin_due() -> list[LawChange]:
    """Those that have taken effect since the last time; each once, whoever else asks."""
    begun = []
    for change in LawChange.objects.due():
        with transaction.atomic():
            mine = LawChange.objects.due().filter(pk=change.pk).update(state=LawChange.State.IN_EFFECT)
            if mine:
                begun.append(change)
                transaction.on_commit(partial(tell_owners.enqueue, change.pk, str(LawTold.Moment.IN_EFFECT)))
    return begun


def begin_on_its_day(change: LawChange) -> None:
    """Let the worker look on the day. `manage.py begin_law_changes`, once a day, catches what is missed."""
    if not begin_due_changes.get_backend().supports_defer:
        return
    midnight = datetime.datetime.combine(
        change.effective_on, datetime.time(minute=MINUTES_AFTER_MIDNIGHT), timezone.get_current_timezone()
    )
    begin_due_changes.using(run_after=midnight).enqueue()
