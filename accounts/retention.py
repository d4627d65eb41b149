"""What is kept only for a time. Each app registers its kinds of record when it starts."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise


def delete_rows(rows: Any) -> int:
    """Delete the rows, and say how many of them there were (not how many hung on them)."""
    number: int = rows.count()
    rows.delete()
    return number


@dataclass(frozen=True)
class KeptFor:
    """A kind of record: what of it has outlived a moment, and how that goes.

    `days` holds where the installation has no rule of its own; None keeps for ever.
    """

    kind: str
    label: str | Promise
    days: int | None
    outlived: Callable[[datetime.datetime], QuerySet]
    end: Callable[[Any], int] = delete_rows


_KINDS: dict[str, KeptFor] = {}


def keep_for(kind: KeptFor) -> None:
    """Register a kind of record. Raise ValueError for one that is there already."""
    if kind.kind in _KINDS:
        raise ValueError(f"There are two kinds of record named {kind.kind}.")
    _KINDS[kind.kind] = kind


def kinds() -> list[KeptFor]:
    return list(_KINDS.values())
