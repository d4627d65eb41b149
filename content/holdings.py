"""What this app holds about a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal_data import Holding, hold

from .models import Acceptance


def register() -> None:
    """Called once, when the app is ready."""
    hold(
        Holding(
            "acceptances",
            _("What you have agreed to"),
            tell=_acceptances,
            stays=_(
                "Which terms were accepted, and when, without your name. What you wrote for the guide stays."
            ),
        )
    )


def _acceptances(person: User) -> list[dict[str, Any]]:
    return [
        {
            "kind": one.notice.kind,
            "version": one.notice.version,
            "administration": str(one.notice.administration or ""),
            "language": one.language,
            "accepted_at": one.accepted_at,
        }
        for one in Acceptance.objects.filter(person=person).select_related("notice__administration")
    ]
