"""Which cases a change of law touches: counted for those who write the guide, named to their officers."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.law_touching import HeldElsewhere, Share
from content.signals import law_touches

from .answers import worth_showing
from .models import Case, Identification

LABEL = gettext_lazy("Open cases")
NO_ADMINISTRATION = gettext_lazy("without an administration")


def connect() -> None:
    """Called once, when the app is ready."""
    law_touches.connect(_touched, dispatch_uid="law_touches_cases")


def _touched(sender: Any, keys: set[str], **_kwargs: Any) -> HeldElsewhere:
    cases = cases_about(keys)
    counts = Counter(
        case.administration.name if case.administration else str(NO_ADMINISTRATION) for case in cases
    )
    return HeldElsewhere(
        LABEL,
        dict(sorted(counts.items())),
        # What was met for another administration than the officer's own stays with that one.
        [(case.officer_id, _share(case)) for case in cases if _is_still_theirs(case)],
    )


def cases_about(keys: Iterable[str]) -> list[Case]:
    """The cases of which the last answer names one of the items, or shows it as a candidate.

    A case can't be closed yet: all are open.
    """
    wanted = set(keys)
    # The law is kept with an answer for the items that it may show, and no others.
    named = Identification.objects.filter(law__has_any_keys=sorted(wanted)).values("case")
    answers = (
        Identification.objects.filter(case__in=named)
        .select_related("case__administration", "case__officer")
        .defer("law", "scores", "nearest", "versions")
        .order_by("case", "created_at", "pk")
    )
    latest = {answer.case_id: answer for answer in answers.iterator(chunk_size=1000)}
    return [answer.case for answer in latest.values() if wanted & _shown(answer)]


def _shown(answer: Identification) -> set[str]:
    return {answer.item, *(row["item"] for row in worth_showing(answer.candidates))}


def _is_still_theirs(case: Case) -> bool:
    return case.officer.administration_id == case.administration_id


def _share(case: Case) -> Share:
    """Nothing of what was met: a mail lies open. The address asks who reads it."""
    day = timezone.localdate(case.opened_at)
    return Share(
        LABEL,
        lambda: _("Your case of %(day)s") % {"day": date_format(day)},
        lambda: reverse("identify:answer", args=[case.public_id]),
    )
