"""Staff lists: first what each row would do, then exactly that."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from accounts.models import Administration, Invitation, StaffList, StaffListRow, User
from accounts.staff_list_file import ReadFile, ReadRow

from .invitations import prepared, send_invitation
from .refusing import ActionRefused
from .requests import approve_request
from .standing import change_roles

BATCH = 500
# More rows than these are left to the worker.
AT_ONCE = 200

Fate: Any = StaffListRow.Fate
Problem: Any = StaffListRow.Problem
Outcome: Any = StaffListRow.Outcome


class StaffListRefused(ActionRefused):
    """Nothing of the list is applied."""


@dataclass(frozen=True)
class Known:
    """What the site knows of a batch of e-mail addresses."""

    people: dict[str, User]
    invitations: dict[str, Invitation]


def plan_staff_list(by: User, administration: Administration, name: str, read: ReadFile) -> StaffList:
    """Keep the list with the fate of each row; nobody is invited or changed. Raises StaffListRefused.

    The number of queries grows with the rows by one in hundreds.
    """
    if not by.coordinates(administration):
        raise StaffListRefused(_("Only a coordinator of the administration may send its staff list."))
    with transaction.atomic():
        StaffList.objects.filter(uploaded_by=by, state=StaffList.State.SHOWN).delete()
        staff_list = StaffList.objects.create(
            administration=administration,
            uploaded_by=by,
            file_name=name[:255],
            guessed_encoding=read.guessed,
        )
        for batch in _batches(read.rows):
            known = _known(administration, batch)
            StaffListRow.objects.bulk_create(_planned(staff_list, row, known, by) for row in batch)
    return staff_list


def apply_staff_list(staff_list: StaffList, by: User) -> StaffList:
    """Do what was shown: at once, or by the worker where there are many rows. Raises StaffListRefused.

    A list whose worker was stopped goes on where it stopped; no row is done twice.
    """
    if not by.coordinates(staff_list.administration):
        raise StaffListRefused(_("Only a coordinator of the administration may apply its staff list."))
    may_start = StaffList.objects.filter(pk=staff_list.pk).exclude(state=StaffList.State.APPLIED)
    if not may_start.update(state=StaffList.State.APPLYING):
        raise StaffListRefused(_("This list has been applied already."))
    if _still_to_do(staff_list).count() > AT_ONCE:
        apply_rows.enqueue(staff_list.pk, by.pk)
    else:
        apply_rows.call(staff_list.pk, by.pk)
    staff_list.refresh_from_db()
    return staff_list


@task()
def apply_rows(staff_list_pk: int, by_pk: int) -> None:
    """Batch by batch, each whole or not at all."""
    while _apply_batch(staff_list_pk, by_pk):
        pass


def _apply_batch(staff_list_pk: int, by_pk: int) -> bool:
    """Whether there may be more."""
    with transaction.atomic():
        staff_list = StaffList.objects.select_for_update().get(pk=staff_list_pk)
        by = User.objects.get(pk=by_pk)
        rows = list(_still_to_do(staff_list)[:BATCH])
        if not rows:
            StaffList.objects.filter(pk=staff_list.pk).update(state=StaffList.State.APPLIED)
            return False
        known = _known(staff_list.administration, rows)
        inviting = []
        for row in rows:
            fate, _problem, roles_now = _fate(row, known, by, staff_list.administration)
            as_shown = (fate, roles_now) == (row.fate, row.roles_now)
            if not as_shown or not by.coordinates(staff_list.administration):
                row.outcome = Outcome.CHANGED
            elif row.fate == Fate.INVITE:
                row.outcome = Outcome.DONE
                inviting.append(row)
            else:
                row.outcome = _changed(row, known.people[row.email], by)
        _invite(inviting, staff_list.administration, by)
        StaffListRow.objects.bulk_update(rows, ["outcome"], batch_size=BATCH)
    return True


def _still_to_do(staff_list: StaffList) -> Any:
    return staff_list.rows.filter(fate__in=StaffListRow.ACTING, outcome="").order_by("number")


def _changed(row: StaffListRow, person: User, by: User) -> str:
    try:
        with transaction.atomic():
            if row.fate == Fate.CHANGE:
                change_roles(person, row.roles, by, str(_("By a staff list")))
            else:
                request = person.access_requests.waiting().get()
                approve_request(request, by, row.roles[0])
                if len(row.roles) > 1:
                    change_roles(person, row.roles, by, str(_("By a staff list")))
    except ActionRefused:
        return Outcome.CHANGED
    return Outcome.DONE


def _invite(rows: list[StaffListRow], administration: Administration, by: User) -> None:
    """As `invite` does, for many at once."""
    emails = [row.email for row in rows]
    ended = Invitation.objects.unused().filter(administration=administration, email__in=emails)
    ended.update(withdrawn_at=timezone.now())
    made = [
        prepared(
            by,
            administration,
            row.email,
            row.roles,
            row.language or by.language,
            first_name=row.first_name,
            last_name=row.last_name,
        )
        for row in rows
    ]
    Invitation.objects.bulk_create([invitation for invitation, _secret in made])
    for invitation, secret in made:
        send_invitation(invitation, secret)


def _planned(staff_list: StaffList, row: ReadRow, known: Known, by: User) -> StaffListRow:
    fate, problem, roles_now = (
        (Fate.REFUSED, row.problem, []) if row.problem else _fate(row, known, by, staff_list.administration)
    )
    return StaffListRow(
        staff_list=staff_list,
        number=row.number,
        email=row.email,
        first_name=row.first_name,
        last_name=row.last_name,
        roles=row.roles,
        roles_now=roles_now,
        language=row.language,
        fate=fate,
        problem=problem,
    )


def _fate(
    row: ReadRow | StaffListRow, known: Known, by: User, administration: Administration
) -> tuple[str, str, list[str]]:
    """Fate, problem, and the roles held now."""
    person = known.people.get(row.email)
    if person is None:
        return _fate_of_stranger(row, known.invitations.get(row.email), by)
    if person.administration_id != administration.pk:
        return Fate.TRANSFER, "", []
    now = person.held_roles
    if person.approved and set(now) == set(row.roles):
        return Fate.HERE, "", now
    if not person.is_active:
        return Fate.REFUSED, Problem.CLOSED, now
    if person.pk == by.pk:
        return Fate.REFUSED, Problem.YOURSELF, now
    if person.is_superuser and not by.is_superuser:
        return Fate.REFUSED, Problem.ADMINISTRATOR, now
    if not by.may_grant(set(row.roles) - set(now)):
        return Fate.REFUSED, Problem.NOT_YOURS, now
    if person.approved:
        return Fate.CHANGE, "", now
    asks_here = any(
        request.state == "waiting" and request.administration_id == administration.pk
        for request in person.access_requests.all()
    )
    return (Fate.APPROVE, "", now) if asks_here else (Fate.REFUSED, Problem.NOT_ASKED, now)


def _fate_of_stranger(
    row: ReadRow | StaffListRow, invitation: Invitation | None, by: User
) -> tuple[str, str, list[str]]:
    if not by.may_grant(row.roles):
        return Fate.REFUSED, Problem.NOT_YOURS, []
    if invitation is None:
        return Fate.INVITE, "", []
    if set(invitation.roles) == set(row.roles):
        return Fate.INVITED, "", []
    return Fate.REFUSED, Problem.INVITED_OTHERWISE, []


def _known(administration: Administration, rows: Iterable[ReadRow | StaffListRow]) -> Known:
    """Four queries, however many rows. A sign-up elsewhere that nobody has proven is passed over."""
    emails = [row.email for row in rows]
    unproven = User.objects.unproven().exclude(administration=administration)
    people = (
        User.objects.filter(email__in=emails)
        .exclude(pk__in=unproven)
        .prefetch_related("groups", "access_requests")
    )
    invitations = Invitation.objects.usable().filter(administration=administration, email__in=emails)
    return Known(
        {person.email: person for person in people},
        {invitation.email: invitation for invitation in invitations},
    )


def _batches(rows: Iterable[ReadRow]) -> Iterator[list[ReadRow]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch
