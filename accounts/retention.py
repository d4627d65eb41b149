"""What is kept only for a time. Each app registers its kinds of record when it starts."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise


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


_KINDS: dict[str, KeptFor] = {}


def keep_for(kind: KeptFor) -> None:
    """Register a kind of record. Raise ValueError for one that is there already."""
    if kind.kind in _KINDS:
        raise ValueError(f"There are two kinds of record named {kind.kind}.")
    _KINDS[kind.kind] = kind


def kinds() -> list[KeptFor]:
    return list(_KINDS.values())
