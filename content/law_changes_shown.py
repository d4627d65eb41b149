"""Changes of law as readers see them: what is to come, and what has changed in the last year."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from .legal import LawShown, law_now
from .models import LawChange, LawProvision, ReferenceItem

SHOWN_FOR = datetime.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class ProvisionShown:
    """What a change does to some items: what ends, what begins."""

    items: list[ReferenceItem]
    ends: str
    ends_listed: bool
    law: list[LawShown]


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """A change, with the items that the guide shows."""

    change: LawChange
    provisions: list[ProvisionShown]


def changes_shown() -> tuple[list[ChangeShown], list[ChangeShown]]:
    """Those to come, the nearest first; then those of the last year, the latest first."""
    since = timezone.localdate() - SHOWN_FOR
    changes = list(LawChange.objects.written().since(since).whole().order_by("-effective_on", "-pk"))
    to_come = [_shown(change) for change in reversed(changes) if change.to_come]
    return to_come, [_shown(change) for change in changes if not change.to_come]


def _shown(change: LawChange) -> ChangeShown:
    provisions = [_provision(change, provision) for provision in change.provisions.all()]
    return ChangeShown(change, [provision for provision in provisions if provision.items])


def _provision(change: LawChange, provision: LawProvision) -> ProvisionShown:
    items = [item for item in provision.items if item.live]
    begins = items and change.adds_something
    return ProvisionShown(
        items,
        provision.listing_that_ends if change.ends_something else "",
        change.ends_something,
        law_now([provision.status_for(items[0], change)]) if begins else [],
    )
