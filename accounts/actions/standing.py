"""What coordinators do to people's standing: each act is recorded, and ends access where it must."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.mail import send_mail_to
from accounts.models import AccessRequest, Administration, Invitation, StandingChange, User
from accounts.roles import ONLY_ADMINISTRATORS_GRANT, Role

from .mailing import absolute_address, tell_those_who_decide
from .refusing import ActionRefused

Act: Any = StandingChange.Act


class SuspensionRefused(ActionRefused):
    """The person is not suspended."""


class ReinstatementRefused(ActionRefused):
    """The person is not reinstated."""


class DepartureRefused(ActionRefused):
    """The person has not departed."""


class TransferRefused(ActionRefused):
    """The person is not transferred."""


class RoleChangeRefused(ActionRefused):
    """The roles are as they were."""


class LastCoordinator(ActionRefused):
    """It would leave an administration without a coordinator, and nobody has said that this is meant."""

    def __init__(self) -> None:
        super().__init__(
            _("This is the last coordinator here. Tick that you know it, or name another one first.")
        )


def suspend(person: User, by: User, reason: str, *, although_last: bool = False) -> User:
    """Close the account for now. Sessions and tokens end at once; the roles rest.

    Raises SuspensionRefused, LastCoordinator.
    """
    with transaction.atomic():
        person = _taken(person, by, SuspensionRefused)
        if person == by:
            raise SuspensionRefused(_("You can't suspend yourself."))
        if not person.is_active:
            raise SuspensionRefused(_("This account is closed already."))
        _heed_last_coordinator(person, although_last)
        with _recorded(Act.SUSPENSION, person, by, reason):
            person.standing, person.is_active = User.Standing.SUSPENDED, False
            person.end_access()
            person.save()
            _withdraw_requests(person)
            _withdraw_invitations_by(person)
        send_mail_to(person, "suspended", {"reason": reason})
    return person


def reinstate(person: User, by: User, reason: str) -> User:
    """Open a closed account. One suspended has the roles of before; one departed has none.

    Raises ReinstatementRefused.
    """
    with transaction.atomic():
        person = _taken(person, by, ReinstatementRefused)
        if person == by or person.is_active:
            raise ReinstatementRefused(_("This account is open already."))
        if person.is_erased:
            raise ReinstatementRefused(_("This account is erased. Nobody can bring it back."))
        with _recorded(Act.REINSTATEMENT, person, by, reason):
            person.standing, person.is_active = User.Standing.APPROVED, True
            # What was open when the account was closed stays ended.
            person.end_access()
            person.save()
        url = absolute_address("account_login", person.language)
        send_mail_to(person, "reinstated", {"url": url})
    return person


def depart(person: User, by: User, reason: str, *, although_last: bool = False) -> User:
    """Somebody leaves: the account is closed, all roles are dropped. One may leave oneself.

    Raises DepartureRefused, LastCoordinator.
    """
    with transaction.atomic():
        person = _taken(person, by, DepartureRefused)
        if person.standing == User.Standing.DEPARTED:
            raise DepartureRefused(_("This person has left already."))
        _heed_last_coordinator(person, although_last)
        with _recorded(Act.DEPARTURE, person, by, reason):
            person.standing, person.is_active = User.Standing.DEPARTED, False
            person.end_access()
            person.save()
            person.groups.clear()
            _withdraw_requests(person)
            _withdraw_invitations_by(person)
    return person


def transfer(
    person: User, to: Administration, by: User, reason: str, *, although_last: bool = False
) -> AccessRequest:
    """Hand somebody over to another administration, whose coordinator has to approve them there.

    Roles are dropped, sessions and tokens end. Raises TransferRefused, LastCoordinator.
    """
    with transaction.atomic():
        person = _taken(person, by, TransferRefused)
        if person.administration == to:
            raise TransferRefused(_("This person works there already."))
        if not person.is_active:
            raise TransferRefused(_("This account is closed. Reinstate it first."))
        _heed_last_coordinator(person, although_last)
        wanted = _leading(person.held_roles)
        with _recorded(Act.TRANSFER, person, by, reason):
            move(person, to, User.Standing.WAITING)
        request = AccessRequest.objects.create(person=person, administration=to, role=wanted, reason=reason)
        tell_those_who_decide(request)
    return request


def change_roles(
    person: User, roles: Collection[str], by: User, reason: str = "", *, although_last: bool = False
) -> User:
    """Give an approved person exactly these roles. Raises RoleChangeRefused, LastCoordinator."""
    with transaction.atomic():
        person = _taken(person, by, RoleChangeRefused)
        if person == by:
            raise RoleChangeRefused(_("You can't change your own roles."))
        if not person.approved:
            raise RoleChangeRefused(_("Only an approved person can have roles."))
        if set(roles) == set(person.held_roles):
            raise RoleChangeRefused(_("These are the roles that the person has already."))
        if not by.may_grant(set(roles) - set(person.held_roles)):
            raise RoleChangeRefused(ONLY_ADMINISTRATORS_GRANT)
        if Role.COORDINATOR not in roles:
            _heed_last_coordinator(person, although_last)
        with _recorded(Act.ROLES, person, by, reason):
            give_exactly(person, roles)
        if not person.may_coordinate:
            _withdraw_invitations_by(person)
    return person


# --- What other acts on people are made of ---------------------------------------------------------


def move(person: User, to: Administration, standing: Any) -> None:
    """Another administration: no roles, no session, no token, no open request is taken along."""
    person.administration, person.standing = to, standing
    person.end_access()
    person.save()
    person.groups.clear()
    _withdraw_requests(person)
    _withdraw_invitations_by(person)


def give_exactly(person: User, roles: Collection[str]) -> None:
    """Set the roles; other groups stay."""
    kept = list(person.groups.exclude(name__in=Role.values))
    person.groups.set([*kept, *Group.objects.filter(name__in=roles)])
    forget_roles(person)


def forget_roles(person: User) -> None:
    """The person's object read its roles before they changed."""
    for name in ("roles", "may_coordinate", "_prefetched_objects_cache"):
        person.__dict__.pop(name, None)


@dataclass
class _recorded:  # noqa: N801 (reads as a verb after `with`)
    """Keep what was and what became of a person's standing around an act."""

    act: str
    person: User
    by: User
    reason: str

    def __enter__(self) -> None:
        self.before = (self.person.administration, self.person.standing, self.person.held_roles)

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is None:
            record(self.act, self.person, self.by, self.reason, *self.before)


def record(
    act: str,
    person: User,
    by: User | None,
    reason: str,
    administration_before: Administration | None,
    standing_before: str,
    roles_before: list[str],
) -> StandingChange:
    """Add one act to the record."""
    forget_roles(person)
    return StandingChange.objects.create(
        act=act,
        person=person,
        by=by,
        reason=reason,
        administration_before=administration_before,
        administration=person.administration,
        standing_before=standing_before,
        standing=person.standing,
        roles_before=roles_before,
        roles=person.held_roles,
    )


def _taken(person: User, by: User, refusal: type[ActionRefused]) -> User:
    """The person as they are now, held until the act is done; refused to who may not decide for them."""
    # First the administration: two coordinators who dismiss each other at the same moment wait here.
    Administration.objects.select_for_update().filter(people=person).order_by("pk").first()
    person = User.objects.select_for_update().get(pk=person.pk)
    by = by if by.pk != person.pk else person
    decides = by.coordinates(person.administration) or person == by
    if not decides or (person.is_superuser and not by.is_superuser):
        raise refusal(_("Only a coordinator of the person's administration may do this."))
    return person


def is_last_coordinator(person: User) -> bool:
    """Whether nobody else can approve people of the administration."""
    coordinators = list(User.objects.coordinators_of(person.administration).values_list("pk", flat=True)[:2])
    return coordinators == [person.pk]


def _heed_last_coordinator(person: User, although_last: bool) -> None:
    if not although_last and is_last_coordinator(person):
        raise LastCoordinator


def _withdraw_requests(person: User) -> None:
    AccessRequest.objects.waiting().filter(person=person).update(
        state=AccessRequest.State.WITHDRAWN, decided_at=timezone.now()
    )


def _withdraw_invitations_by(person: User) -> None:
    """Who decides no longer has not decided either about those who have not come yet."""
    Invitation.objects.unused().filter(invited_by=person).update(withdrawn_at=timezone.now())


def _leading(roles: list[str]) -> Any:
    """The one role to ask for on somebody's behalf."""
    order: list[Any] = [Role.EXPERT, Role.TRAINER, Role.OFFICER]
    return next((role for role in order if role in roles), Role.TRAINEE)
