"""Asking for a role, and answering."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.mail import send_mail_to
from accounts.models import AccessRequest, Administration, StandingChange, User
from accounts.roles import ONLY_ADMINISTRATORS_GRANT

from .mailing import absolute_address, tell_those_who_decide
from .refusing import ActionRefused
from .standing import give_exactly, is_last_coordinator, move, record

State: Any = AccessRequest.State
Act: Any = StandingChange.Act


class AskingRefused(ActionRefused):
    """No request is made."""


class DecisionRefused(ActionRefused):
    """The request is as it was."""


def ask_for_access(person: User, administration: Administration, role: str, reason: str) -> AccessRequest:
    """Ask, or change what one has asked for. Raises AskingRefused.

    One who waits works, until approved, for the administration they last asked.
    """
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=person.pk)
        if not person.is_active:
            raise AskingRefused(_("This account is closed."))
        same = person.administration_id == administration.pk
        if person.approved and same and role in person.held_roles:
            raise AskingRefused(_("You have this role already."))
        AccessRequest.objects.waiting().filter(person=person).update(
            state=State.WITHDRAWN, decided_at=timezone.now()
        )
        if person.standing == User.Standing.WAITING and not same:
            person.administration = administration
            person.save()
        try:
            with transaction.atomic():
                request = AccessRequest.objects.create(
                    person=person, administration=administration, role=role, reason=reason
                )
        except IntegrityError as error:  # the same form sent twice at once, on another connection
            raise AskingRefused(_("You have asked already.")) from error
        tell_those_who_decide(request)
    return request


def withdraw_request(person: User) -> bool:
    """Whether there was a waiting request to withdraw."""
    return bool(
        AccessRequest.objects.waiting()
        .filter(person=person)
        .update(state=State.WITHDRAWN, decided_at=timezone.now())
    )


def approve_request(request: AccessRequest, by: User, role: str = "", note: str = "") -> AccessRequest:
    """Give the role asked for, or another. One who worked elsewhere is moved. Raises DecisionRefused."""
    with transaction.atomic():
        request = _to_decide(request, by)
        person = User.objects.select_for_update().get(pk=request.person_id)
        if not person.is_active:
            raise DecisionRefused(_("This account is closed. Reinstate it first."))
        before = (person.administration, person.standing, person.held_roles)
        act = Act.APPROVAL
        _decide(request, State.APPROVED, by, note)
        given = roles = {role or request.role}
        if person.approved and person.administration == request.administration:
            act, roles, given = Act.ROLES, roles | set(person.held_roles), given - set(person.held_roles)
        elif person.approved:
            act = Act.TRANSFER
            if is_last_coordinator(person) and not by.is_superuser:
                raise DecisionRefused(
                    _("This is the last coordinator elsewhere. Another one has to be named there first.")
                )
            move(person, request.administration, User.Standing.APPROVED)
        else:
            person.administration, person.standing = request.administration, User.Standing.APPROVED
            person.save()
        if not by.may_grant(given):
            raise DecisionRefused(ONLY_ADMINISTRATORS_GRANT)
        give_exactly(person, roles)
        if not settings.MAIL_SERVER_SET:
            # No link can prove who reads the address: the page has told who decides to make sure of it.
            person.confirm_address()
        record(act, person, by, note, *before)
        url = absolute_address("accounts:next", person.language)
        send_mail_to(person, "request_approved", {"request": request, "url": url})
    return request


def refuse_request(request: AccessRequest, by: User, note: str = "") -> AccessRequest:
    """Say no; the person goes on as before and may ask again. Raises DecisionRefused."""
    with transaction.atomic():
        request = _to_decide(request, by)
        _decide(request, State.REFUSED, by, note)
        person = request.person
        url = absolute_address("accounts:access", person.language)
        send_mail_to(person, "request_refused", {"request": request, "note": note, "url": url})
    return request


def _to_decide(request: AccessRequest, by: User) -> AccessRequest:
    request = AccessRequest.objects.select_for_update().get(pk=request.pk)
    if request.person_id == by.pk:
        raise DecisionRefused(_("Nobody decides about their own request."))
    if not by.coordinates(request.administration):
        raise DecisionRefused(_("Only a coordinator of the administration asked may decide."))
    if request.state != State.WAITING:
        raise DecisionRefused(_("This request has been decided or withdrawn meanwhile."))
    return request


def _decide(request: AccessRequest, state: str, by: User, note: str) -> None:
    request.state, request.decided_by, request.note = state, by, note
    request.decided_at = timezone.now()
    request.save()
