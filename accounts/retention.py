"""What is kept only for a time. Each app registers its kinds of record when it starts."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from .models import RetentionRule


@dataclass(frozen=True)
class KeptFor:
    """A kind of record: what has outlived a moment, and how that goes.

    `count` says how many there are from before that moment, `expire` takes them away and says how many.
    """

    kind: str
    label: str | Promise
    days: int | None
    count: Callable[[datetime.datetime], int]
    expire: Callable[[datetime.datetime], int]


@dataclass(frozen=True)
class Fate:
    """What one run did to a kind, or would do."""

    kind: KeptFor
    days: int | None
    number: int


_KINDS: dict[str, KeptFor] = {}


def keep_for(kind: KeptFor) -> None:
    """Register a kind of record. Raise ValueError for one that is there already."""
    if kind.kind in _KINDS:
        raise ValueError(f"There are two kinds of record named {kind.kind}.")
    _KINDS[kind.kind] = kind


def kinds() -> list[KeptFor]:
    return list(_KINDS.values())


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
            number = kind.count(before) if dry_run else kind.expire(before)
        fates.append(Fate(kind, days, number))
    return fates
