"""Inviting somebody, and coming in by an invitation."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.mail import send_mail_to
from accounts.models import Administration, Invitation, StandingChange, User
from accounts.models.invitations import digest_of
from accounts.querysets import PersonQuerySet
from accounts.roles import ONLY_ADMINISTRATORS_GRANT

from .mailing import absolute_address
from .refusing import ActionRefused
from .standing import give_exactly, record


class InvitationRefused(ActionRefused):
    """Nobody is invited."""


class InvitationUnusable(ActionRefused):
    """The invitation opens nothing."""


def invite(
    by: User,
    administration: Administration,
    email: str,
    roles: Sequence[str],
    language: str,
    **names: str,
) -> tuple[Invitation, str]:
    """Send somebody a secret link to an account with these roles; the secret is returned too.

    An earlier invitation to the same address is withdrawn. Raises InvitationRefused.
    """
    email = email.strip().lower()
    if not by.coordinates(administration):
        raise InvitationRefused(_("Only a coordinator of the administration may invite."))
    if not by.may_grant(roles):
        raise InvitationRefused(ONLY_ADMINISTRATORS_GRANT)
    try:
        with transaction.atomic():
            _refuse_if_known(email, administration)
            Invitation.objects.unused().filter(administration=administration, email=email).update(
                withdrawn_at=timezone.now()
            )
            invitation, secret = prepared(by, administration, email, roles, language, **names)
            invitation.save()
            send_invitation(invitation, secret)
    except IntegrityError as error:
        raise InvitationRefused(_("This address is being invited by somebody else. Look again.")) from error
    return invitation, secret


def prepared(
    by: User, administration: Administration, email: str, roles: Sequence[str], language: str, **names: str
) -> tuple[Invitation, str]:
    """An invitation that is not saved yet, and its secret."""
    invitation = Invitation(
        administration=administration,
        email=email,
        roles=list(roles),
        language=language,
        invited_by=by,
        **names,
    )
    return invitation, invitation.renew()


def send_invitation(invitation: Invitation, secret: str) -> None:
    """E-mail the link."""
    letter = {"invitation": invitation, "url": invitation_address(invitation, secret)}
    send_mail_to(invitation.email, "invitation", letter, language=invitation.language, secret=True)


def invitation_address(invitation: Invitation, secret: str) -> str:
    return absolute_address("accounts:invitation", invitation.language, secret)


def invite_again(invitation: Invitation, by: User) -> tuple[Invitation, str]:
    """Send a new link, whose secret is returned too; the old one opens nothing any more.

    Who sends it vouches for it from now on. Raises InvitationRefused.
    """
    with transaction.atomic():
        invitation = _open_to(invitation, by)
        _refuse_if_known(invitation.email, invitation.administration)
        if not by.may_grant(invitation.roles):
            raise InvitationRefused(ONLY_ADMINISTRATORS_GRANT)
        secret = invitation.renew()
        invitation.invited_by = by
        invitation.save()
        send_invitation(invitation, secret)
    return invitation, secret


def withdraw_invitation(invitation: Invitation, by: User) -> Invitation:
    """Make the link useless. Raises InvitationRefused."""
    with transaction.atomic():
        invitation = _open_to(invitation, by)
        invitation.withdrawn_at = timezone.now()
        invitation.save()
    return invitation


def usable_invitation(secret: str) -> Invitation:
    """The invitation a link belongs to. Raises InvitationUnusable."""
    invitation = Invitation.objects.filter(digest=digest_of(secret)).select_related("administration").first()
    if invitation is None:
        raise InvitationUnusable(_("This link belongs to no invitation. Open it again from the e-mail."))
    _refuse_unless_open(invitation)
    return invitation


def accept_invitation(invitation: Invitation, password: str, **names: str) -> User:
    """Make the account, approved, with the roles of the invitation. Raises InvitationUnusable.

    A sign-up by somebody who has not shown that they read the address is taken over: the link shows it.
    """
    fields = {"language": invitation.language, **names}
    try:
        with transaction.atomic():
            invitation = _to_accept(invitation)
            person = _unproven(invitation.email).first()
            if person is None:
                waiting = User.Standing.WAITING
                person = User.objects.create_user(invitation.email, password, standing=waiting, **fields)
            else:
                _take_over(person, password, fields)
            _let_in(person, invitation)
    except IntegrityError as error:
        raise InvitationUnusable(
            _("There is an account with this e-mail address already. Sign in, then open the link again.")
        ) from error
    return person


def accept_invitation_as(person: User, invitation: Invitation) -> User:
    """Somebody who has signed up meanwhile, and waits, comes in by the invitation.

    Raises InvitationUnusable.
    """
    with transaction.atomic():
        invitation = _to_accept(invitation)
        person = User.objects.select_for_update().get(pk=person.pk)
        if person.email != invitation.email:
            raise InvitationUnusable(
                _("This invitation is for another e-mail address than the one you are signed in with.")
            )
        if person.standing != User.Standing.WAITING:
            raise InvitationUnusable(
                _("Your account belongs to an administration already. Ask its coordinator to transfer it.")
            )
        _let_in(person, invitation)
    return person


def needs_to_sign_in(invitation: Invitation) -> bool:
    """Whether there is an account of this address that its owner can be asked to open."""
    people = User.objects.filter(email=invitation.email)
    return people.exists() and not _unproven(invitation.email).exists()


def _unproven(email: str) -> PersonQuerySet:
    return User.objects.unproven().filter(email=email)


def _take_over(person: User, password: str, fields: dict[str, str]) -> None:
    """Leave whoever has signed up with this address no way in."""
    for name, value in fields.items():
        setattr(person, name, value)
    person.set_password(password)
    person.end_access()
    person.authenticator_set.all().delete()
    person.socialaccount_set.all().delete()


def _let_in(person: User, invitation: Invitation) -> None:
    before = (person.administration, person.standing, person.held_roles)
    person.administration, person.standing = invitation.administration, User.Standing.APPROVED
    person.save()
    give_exactly(person, invitation.roles)
    person.access_requests.waiting().update(state="withdrawn", decided_at=timezone.now())
    # The link came by e-mail: whoever opened it reads that address.
    person.confirm_address()
    invitation.accepted_at = timezone.now()
    invitation.save()
    act: Any = StandingChange.Act.APPROVAL
    record(act, person, invitation.invited_by, "", *before)


def _to_accept(invitation: Invitation) -> Invitation:
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _refuse_unless_open(invitation)
    return invitation


def _refuse_unless_open(invitation: Invitation) -> None:
    """Also where who has invited decides no longer, in whatever way that came."""
    refusals = {
        Invitation.State.ACCEPTED: _("This invitation has been used already. Sign in instead."),
        Invitation.State.WITHDRAWN: _(
            "This invitation has been withdrawn. Use the newest one, or ask your national coordinator."
        ),
        Invitation.State.ENDED: _(
            "This invitation has ended. Ask your national coordinator to send it again."
        ),
    }
    by = invitation.invited_by
    vouched_for = by is not None and by.coordinates(invitation.administration)
    state = invitation.state if invitation.accepted_at or vouched_for else Invitation.State.WITHDRAWN
    if state in refusals:
        raise InvitationUnusable(refusals[state])


def _open_to(invitation: Invitation, by: User) -> Invitation:
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not by.coordinates(invitation.administration):
        raise InvitationRefused(_("Only a coordinator of the administration may do this."))
    if invitation.accepted_at or invitation.withdrawn_at:
        raise InvitationRefused(_("This invitation has been used or withdrawn meanwhile."))
    return invitation


def _refuse_if_known(email: str, administration: Administration) -> None:
    person = User.objects.filter(email=email).first()
    if person is None:
        return
    if person.administration_id != administration.pk:
        if _unproven(email).exists():
            return
        raise InvitationRefused(
            _("This person has an account with another administration. Ask its coordinator to transfer it.")
        )
    if person.standing == User.Standing.WAITING:
        raise InvitationRefused(_("This person has an account here and waits for your approval."))
    raise InvitationRefused(_("This person has an account here already."))
