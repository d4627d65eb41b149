"""What the library knows of each gas and blend (content/library/refrigerants.yaml).

These are facts of nature and of treaties, the same for every administration and in every language, so they
are read from their file and not kept in the database.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from content.loading import library

# Strictest first. Annex F came with the Kigali Amendment.
ANNEXES = ("A-I", "A-II", "B-I", "B-II", "B-III", "C-I", "C-II", "C-III", "E-I", "F-II", "F-I")
UNCONTROLLED = "none"


@dataclass(frozen=True)
class Source:
    """Where facts of one kind stand, and whether they were compared with the fact tables."""

    text: str
    verified: bool


@dataclass(frozen=True)
class SharedNumber:
    """A UN number under which many things travel, so that it does not say which."""

    un: int
    title: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Stated:
    """A global warming potential as a set states it: a number, or only that it is less than one."""

    least: Decimal
    most: Decimal


@dataclass(frozen=True, eq=False)
class Refrigerant:
    """A gas, or a blend of gases (`parts`, in per cent by mass). Annexes and potentials may be none."""

    key: str
    name: str
    chemical: str
    formula: str
    cas: str
    un: int | None
    annex: str
    odp: Decimal | None
    stated: Mapping[str, Stated]
    safety: str
    liquid: bool
    also: tuple[str, ...]
    item_key: str
    warning: str
    verified: bool
    parts: tuple[tuple["Refrigerant", Decimal], ...] = ()

    def __str__(self) -> str:
        return self.key

    @property
    def number(self) -> str:
        """The number without the R."""
        return self.key.removeprefix("R-")

    @property
    def annexes(self) -> list[str]:
        """The annexes that control it or a part of it, the strictest first; empty where none does."""
        found = {one.annex for one in self.substances if one.annex}
        return [annex for annex in ANNEXES if annex in found]

    @property
    def substances(self) -> list["Refrigerant"]:
        """What it consists of; itself, where it is no blend."""
        return [part for part, _share in self.parts] or [self]

    @property
    def hazard_keys(self) -> list[str]:
        """The guide's hazards, the worst first. Without a group it may be anything; labels can be false."""
        keys = ["pressure", "asphyxiation", "flammable-gas"]
        if not self.safety or self.safety[1:] != "1":
            keys = ["flammable-gas", "pressure", "asphyxiation"]
        return ["toxic-gas", *keys] if self.safety[:1] in ("", "B") else keys


@dataclass(frozen=True)
class Refrigerants:
    """Everything that the file says."""

    by_key: Mapping[str, Refrigerant]
    shared: Mapping[int, SharedNumber]
    sources: Mapping[str, Source]
    as_of: datetime.date

    def under(self, number: SharedNumber) -> list[Refrigerant]:
        """The gases without a UN number of their own that may travel under a shared one."""
        gases = [one for one in self.by_key.values() if one.un is None and not one.liquid]
        return [one for one in gases if one.safety in number.groups]


def refrigerants() -> Refrigerants:
    """The library's gases and blends. Raise LibraryError where the file is missing or wrong."""
    return _read(str(library.LIBRARY))


@cache
def _read(_folder: str) -> Refrigerants:
    content = library.structure("refrigerants")
    by_key = {entry["key"]: _substance(entry) for entry in content["substances"]}
    for entry in content["blends"]:
        by_key[entry["key"]] = _blend(entry, by_key)
    return Refrigerants(
        by_key=by_key,
        shared={
            entry["un"]: SharedNumber(entry["un"], entry["title"], tuple(entry["groups"]))
            for entry in content["shared_un"]
        },
        sources={key: Source(**source) for key, source in content["sources"].items()},
        as_of=content["as_of"],
    )


def _substance(entry: dict[str, Any]) -> Refrigerant:
    return Refrigerant(
        name=entry["name"],
        chemical=entry["chemical"],
        formula=entry["formula"],
        cas=entry["cas"],
        annex=entry.get("annex", ""),
        odp=Decimal(str(entry["odp"])) if "odp" in entry else None,
        stated={name: _stated(value) for name, value in entry.get("gwp", {}).items()},
        **_of_both(entry),
    )


def _blend(entry: dict[str, Any], known: Mapping[str, Refrigerant]) -> Refrigerant:
    parts = tuple((known[key], Decimal(str(share))) for key, share in entry["parts"].items())
    return Refrigerant(
        name="",
        chemical="",
        formula="",
        cas="",
        annex="",
        odp=None,
        stated={},
        parts=parts,
        **_of_both(entry),
    )


def _of_both(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": entry["key"],
        "un": entry.get("un"),
        "safety": entry.get("safety", ""),
        "liquid": entry.get("liquid", False),
        "also": tuple(entry.get("also", [])),
        "item_key": entry.get("item", ""),
        "warning": entry.get("warning", ""),
        "verified": entry["verified"],
    }


def _stated(value: int | float | str) -> Stated:
    """ "<1" lies from 0 to 1, whatever it is exactly."""
    if isinstance(value, str):
        return Stated(Decimal(0), Decimal(value.removeprefix("<")))
    return Stated(Decimal(str(value)), Decimal(str(value)))
