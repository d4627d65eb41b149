"""What the site holds about a person, as each app declares it: what is handed out, what goes, what stays."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from django.utils.functional import Promise

if TYPE_CHECKING:
    from .models import User

Words: TypeAlias = str | Promise


def nothing_to_hand_out(person: "User") -> Iterable[tuple[str, BinaryIO]]:
    return ()


def nothing_to_erase(person: "User") -> None:
    """For what stays: the reason is in `stays`."""


@dataclass(frozen=True)
class Holding:
    """One part of what is held about a person.

    `tell` gives what JSON can carry; `files` opens further files, by their name in the archive. `erase` takes
    away what may go, in one transaction with all others. `goes` says what that is, `stays` what does not.
    """

    name: str
    label: Words
    tell: Callable[["User"], Any]
    files: Callable[["User"], Iterable[tuple[str, BinaryIO]]] = nothing_to_hand_out
    erase: Callable[["User"], None] = nothing_to_erase
    goes: Words = ""
    stays: Words = ""


_HOLDINGS: dict[str, Holding] = {}


def hold(holding: Holding) -> None:
    """Register a part. Raise ValueError for a name that is taken."""
    if holding.name in _HOLDINGS:
        raise ValueError(f"There are two holdings named {holding.name}.")
    _HOLDINGS[holding.name] = holding


def holdings() -> list[Holding]:
    return list(_HOLDINGS.values())
