"""What this app holds about a person, and what of it is kept only for a time."""

import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from .actions.erasure import NOBODYS_DOMAIN, erase_person
from .models import AccessLogEntry, User
from .personal_data import Holding, hold
from .retention import KeptFor, keep_for


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
    keep_for(KeptFor("access_log", _("Access log"), 730, _count_accesses, _expire_accesses))
    keep_for(
        KeptFor(
            "departed_people", _("Personal data of departed people"), 365, _count_departed, _erase_departed
        )
    )
    keep_for(KeptFor("sessions", _("Ended sessions"), 0, _count_sessions, _expire_sessions))


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
        "tokens": list(person.api_tokens.values("name", "expires_at")),
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


def _count_accesses(before: datetime.datetime) -> int:
    return AccessLogEntry.objects.expired(before).count()


def _expire_accesses(before: datetime.datetime) -> int:
    return AccessLogEntry.objects.expired(before).expire()


def _departed(before: datetime.datetime) -> Any:
    departed = User.objects.filter(standing=User.Standing.DEPARTED, departed_at__lt=before)
    return departed.exclude(email__endswith=f"@{NOBODYS_DOMAIN}")


def _count_departed(before: datetime.datetime) -> int:
    return _departed(before).count()


def _erase_departed(before: datetime.datetime) -> int:
    people = list(_departed(before))
    for person in people:
        erase_person(person)
    return len(people)


def _count_sessions(before: datetime.datetime) -> int:
    return _sessions(before).count()


def _expire_sessions(before: datetime.datetime) -> int:
    return _sessions(before).delete()[0]


def _sessions(before: datetime.datetime) -> Any:
    """Sessions in the database; other engines forget by themselves."""
    ended = Session.objects.filter(expire_date__lt=before)
    return ended if settings.SESSION_ENGINE.endswith((".db", ".cached_db")) else ended.none()
