"""What can be done with a change of law, each a named unit with its refusal."""

import json
from collections.abc import Callable
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from accounts.actions.refusing import ActionRefused
from accounts.models import User
from accounts.roles import Role

from .law_days import begin_on_its_day, tell_owners
from .law_rules import problems_of_change
from .law_writing import unwrite_law, verify_law, write_law
from .models import LawChange, LawTold
from .models.translated import digest

MAY_ANNOUNCE = "content.announce_lawchange"
Moment = LawTold.Moment


class LawChangeRefused(ActionRefused):
    """Nothing was done. `problems` says everything that is wrong, a sentence each."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def may_announce(person: User) -> bool:
    """The permission; of an expert whom one administration of several has made, only reading."""
    return person.has_perm(MAY_ANNOUNCE) and person.may_approve_guide


def has_written(change: LawChange, person: User) -> bool:
    """Whether the person entered or edited a change, and somebody else has to read it."""
    if person.is_superuser:
        return False
    noted = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(LawChange),
        object_id=str(change.pk),
        user=person,
        action__in=["wagtail.create", "wagtail.edit"],
    )
    return change.entered_by_id == person.pk or noted.exists()


def what_it_says(change: LawChange) -> str:
    """The change with all that it does, in one short word: another word where anything is another."""
    return digest(json.dumps(change.serializable_data(), sort_keys=True, default=str))


def announce(change: LawChange, person: User, shown: str = "") -> LawChange:
    """Write the change into the items, from its day on, and tell the owners. Raises LawChangeRefused.

    `shown` is what it said when the person read it (`what_it_says`): what was edited meanwhile, nobody read.
    """
    _demand_permission(person)
    with transaction.atomic():
        change = _locked(change)
        if not change.is_planned:
            raise LawChangeRefused(_("This change has been announced or withdrawn already."))
        if has_written(change, person):
            raise LawChangeRefused(_("You entered this change. Somebody else has to read and announce it."))
        if shown and shown != what_it_says(change):
            raise LawChangeRefused(
                _("Somebody else has just saved a version. Look at it, then save yours again.")
            )
        problems = problems_of_change(change)
        if problems:
            raise LawChangeRefused(*problems)
        change.announced_by, change.announced_at = person, timezone.now()
        if Role.EXPERT in person.roles:
            change.read_by, change.read_on = person, timezone.localdate()
        write_law(change)
        change.state = LawChange.State.ANNOUNCED if change.to_come else LawChange.State.IN_EFFECT
        change.save()
        _afterwards(partial(tell_owners.enqueue, change.pk, str(Moment.ANNOUNCED)))
        if change.to_come:
            _afterwards(partial(begin_on_its_day, change))
    return change


def withdraw(change: LawChange, person: User) -> LawChange:
    """Take an announced change back before its day, and tell those who were told of it.

    Raises LawChangeRefused.
    """
    _demand_permission(person)
    with transaction.atomic():
        change = _locked(change)
        if not change.may_be_withdrawn:
            raise LawChangeRefused(
                _("Only an announced change can be taken back, and only before its day. Enter another one.")
            )
        unwrite_law(change)
        change.state, change.written = LawChange.State.WITHDRAWN, []
        change.save()
        _afterwards(partial(tell_owners.enqueue, change.pk, str(Moment.WITHDRAWN)))
    return change


def confirm_reading(change: LawChange, expert: User) -> LawChange:
    """An expert has read an announced change: what it began is verified. Raises LawChangeRefused."""
    _demand_permission(expert)
    with transaction.atomic():
        change = _locked(change)
        if Role.EXPERT not in expert.roles or not change.holds or change.read_on is not None:
            raise LawChangeRefused(_("An expert reads an announced change, once."))
        change.read_by, change.read_on = expert, timezone.localdate()
        verify_law(change)
        change.save()
    return change


def _demand_permission(person: User) -> None:
    if not may_announce(person):
        raise LawChangeRefused(_("An expert or an administrator announces changes of law."))


def _locked(change: LawChange) -> LawChange:
    return LawChange.objects.select_for_update().get(pk=change.pk)


def _afterwards(do: Callable[[], object]) -> None:
    transaction.on_commit(do)
