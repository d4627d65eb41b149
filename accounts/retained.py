"""What this app keeps only for a time, and for how many days unless the installation says otherwise."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .actions.erasure import erase_person
from .addresses import NOBODYS_DOMAIN
from .models import AccessLogEntry, AccessRequest, Invitation, SentMail, StaffList, User
from .retention import KeptFor, keep_for


def register() -> None:
    """Called once, when the app is ready."""
    keep_for(KeptFor("access_log", _("Access log"), 730, _accesses, lambda entries: entries.expire()))
    keep_for(KeptFor("mails", _("E-mails"), 90, lambda before: SentMail.objects.filter(at__lt=before)))
    keep_for(KeptFor("requests", _("Answered requests for a role"), 730, _requests))
    keep_for(KeptFor("invitations", _("Invitations that are over"), 90, _invitations))
    keep_for(KeptFor("staff_lists", _("Staff lists"), 30, _staff_lists))
    keep_for(KeptFor("departed_people", _("Personal data of departed people"), 365, _departed, _erase_each))
    keep_for(KeptFor("sessions", _("Ended sessions"), 0, _sessions))


def _accesses(before: datetime.datetime) -> Any:
    return AccessLogEntry.objects.expired(before)


def _requests(before: datetime.datetime) -> Any:
    return AccessRequest.objects.filter(decided_at__lt=before)


def _invitations(before: datetime.datetime) -> Any:
    return Invitation.objects.filter(
        Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before) | Q(expires_at__lt=before)
    )


def _staff_lists(before: datetime.datetime) -> Any:
    return StaffList.objects.filter(uploaded_at__lt=before).exclude(state=StaffList.State.APPLYING)


def _departed(before: datetime.datetime) -> Any:
    departed = User.objects.filter(standing=User.Standing.DEPARTED, departed_at__lt=before)
    return departed.exclude(email__endswith=f"@{NOBODYS_DOMAIN}")


def _erase_each(people: Any) -> int:
    erased = list(people)
    for person in erased:
        erase_person(person)
    return len(erased)


def _sessions(before: datetime.datetime) -> Any:
    """Sessions in the database; other engines forget by themselves."""
    ended = Session.objects.filter(expire_date__lt=before)
    return ended if settings.SESSION_ENGINE.endswith((".db", ".cached_db")) else ended.none()
