"""Taking away what has been kept long enough."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import RetentionRule
from accounts.retention import KeptFor, kinds


@dataclass(frozen=True)
class Fate:
    """What one run did to a kind, or would do."""

    kind: KeptFor
    days: int | None
    number: int


def apply_retention(*, dry_run: bool) -> list[Fate]:
    """Take away what has been kept long enough, each kind whole or not at all."""
    ruled = dict(RetentionRule.objects.values_list("kind", "days"))
    fates = []
    for kind in kinds():
        days = ruled.get(kind.kind, kind.days)
        if days is None:
            fates.append(Fate(kind, None, 0))
            continue
        before = timezone.now() - datetime.timedelta(days=days)
        with transaction.atomic():
            outlived = kind.outlived(before)
            number = outlived.count() if dry_run else kind.end(outlived)
        fates.append(Fate(kind, days, number))
    return fates
