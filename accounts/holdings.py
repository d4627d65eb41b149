"""What this app holds about a person."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .models import AccessLogEntry, Invitation, SentMail, StaffListRow, User
from .personal_data import Holding, hold


def register() -> None:
    """Called once, when the app is ready."""
    hold(
        Holding(
            "account",
            _("Your account"),
            tell=_account,
            erase=_erase_account,
            goes=_("Your name, e-mail address, password, roles and API tokens."),
            stays=_("A row without your name: evidence needs an author, and the author an administration."),
        )
    )
    hold(
        Holding(
            "accesses",
            _("The access log"),
            tell=_accesses,
            stays=_(
                "Which sensitive records you opened, without your name, until the log's time is over: "
                "it protects other people's data."
            ),
        )
    )
    hold(
        Holding(
            "requests",
            _("Your requests for a role"),
            tell=_requests,
            erase=_erase_requests,
            goes=_("What you wrote when you asked for a role."),
        )
    )
    hold(
        Holding(
            "standing",
            _("Changes of your account"),
            tell=_changes,
            erase=_erase_reasons,
            goes=_("The reasons given for changes of your account."),
            stays=_(
                "When your roles, administration and standing changed: who was an officer when is evidence."
            ),
        )
    )
    hold(
        Holding(
            "mails",
            _("E-mails to you"),
            tell=_mails,
            erase=_erase_mails,
            goes=_("The e-mails written to you."),
        )
    )
    hold(
        Holding(
            "sign_in",
            _("How you sign in"),
            tell=_sign_in,
            erase=_erase_sign_in,
            goes=_("Second steps, passkeys, and the list of where you were signed in."),
        )
    )


def _account(person: User) -> dict[str, Any]:
    return {
        "email": person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "language": person.language,
        "administration": str(person.administration or ""),
        "standing": person.standing,
        "roles": sorted(person.roles),
        "joined": person.date_joined,
        "last_signed_in": person.last_login,
        "tokens": list(person.api_tokens.values("name", "scopes", "created_at", "expires_at", "revoked_at")),
    }


def _erase_account(person: User) -> None:
    person.api_tokens.all().delete()
    EmailAddress.objects.filter(user=person).delete()
    profile = getattr(person, "wagtail_userprofile", None)
    if profile is not None:
        profile.avatar.delete(save=False)
        profile.delete()


def _accesses(person: User) -> list[dict[str, Any]]:
    return list(AccessLogEntry.objects.filter(reader=person).values("kind", "record", "how", "at"))


def _requests(person: User) -> list[dict[str, Any]]:
    asked = person.access_requests.select_related("administration")
    return [
        {
            "administration": str(one.administration),
            "role": one.role,
            "reason": one.reason,
            "state": one.state,
            "asked_at": one.asked_at,
            "decided_at": one.decided_at,
            "note": one.note,
        }
        for one in asked
    ]


def _erase_requests(person: User) -> None:
    """Requests, invitations to this address, and its rows of staff lists."""
    person.access_requests.all().delete()
    Invitation.objects.filter(email=person.email).delete()
    StaffListRow.objects.filter(email=person.email).delete()


def _changes(person: User) -> list[dict[str, Any]]:
    told = ("act", "at", "reason", "standing", "roles", "administration__name")
    return list(person.standing_changes.values(*told))


def _erase_reasons(person: User) -> None:
    person.standing_changes.all().forget_reasons()


def _mails(person: User) -> list[dict[str, Any]]:
    return list(person.mails.values("at", "subject", "state"))


def _erase_mails(person: User) -> None:
    """Those to the person, also by address alone, and those that tell others of the person."""
    to_or_about = Q(recipient=person) | Q(to__iexact=person.email) | Q(about=person)
    SentMail.objects.filter(to_or_about).delete()


def _sign_in(person: User) -> dict[str, Any]:
    return {
        "second_steps": list(Authenticator.objects.filter(user=person).values("type", "created_at")),
        "own_sign_in": list(SocialAccount.objects.filter(user=person).values("provider", "uid")),
        "signed_in_on": list(
            UserSession.objects.filter(user=person).values("created_at", "last_seen_at", "ip", "user_agent")
        ),
    }


def _erase_sign_in(person: User) -> None:
    for model in (Authenticator, SocialAccount, UserSession):
        model.objects.filter(user=person).delete()
