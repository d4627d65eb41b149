"""A gas as a page or the API shows it: what controls it, what hurts, how much it warms."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.languages import SOURCE_LANGUAGE, reader_language
from content.legal import CHECK_AGAIN_AFTER
from content.loading import library
from content.numerals import write_number
from content.templatetags.records import Words

from .records import UNCONTROLLED, Refrigerant, Source, refrigerants
from .warming import Gwp, GwpSet, gwp

WORDS = "guide/refrigerants"
# What is less is not written as zero.
SMALLEST = Decimal("0.001")
SET_NAMES: dict[GwpSet, Promise] = {
    GwpSet.MONTREAL: gettext_lazy("Montreal Protocol"),
    GwpSet.AR4: gettext_lazy("IPCC AR4 (2007)"),
    GwpSet.AR5: gettext_lazy("IPCC AR5 (2013)"),
    GwpSet.AR6: gettext_lazy("IPCC AR6 (2021)"),
}


def words_of(*path: str) -> Words:
    """A text of the calculator in the reader's language, or in English where it isn't translated."""
    for language in (reader_language(), SOURCE_LANGUAGE):
        found: Any = library.guide_words(language, WORDS)
        for key in path:
            found = found.get(key, {}) if isinstance(found, dict) else {}
        if found and isinstance(found, str):
            return Words(found, language, foreign=language != reader_language())
    raise library.LibraryError(f"{SOURCE_LANGUAGE}/{WORDS}.yaml: {'.'.join(path)} is missing.")


@dataclass(frozen=True)
class ControlShown:
    """An annex of the Montreal Protocol (or `none`), what it asks, and where the gas is still lawful."""

    annex: str
    title: Words
    law: Words
    lawful: Words

    @property
    def listing(self) -> str:
        """The badge's text, as the guide writes it; empty for what is not controlled."""
        if self.annex == UNCONTROLLED:
            return ""
        return "F" if self.annex.startswith("F") else self.annex


@dataclass(frozen=True)
class WarmingShown:
    """A potential by one set and, where a mass is given, its tonnes of CO₂ equivalent."""

    set: GwpSet
    name: str
    source: Source
    gwp: Gwp
    kilograms: Decimal | None

    @property
    def tonnes(self) -> tuple[Decimal, Decimal] | None:
        """Least and most; None where there is no mass or nothing is stated."""
        if self.kilograms is None or not self.gwp.is_stated:
            return None
        return self.gwp.tonnes(self.kilograms)

    @property
    def text(self) -> str:
        """The potential. "None stated" is never a number."""
        if not self.gwp.is_stated:
            return _("none stated")
        return _between(self.gwp.least, self.gwp.most)

    @property
    def tonnes_text(self) -> str:
        if self.tonnes is None:
            return _("not known")
        return _between(*self.tonnes)

    @property
    def unstated_text(self) -> str:
        """What the number leaves out; empty where it is whole, or where there is none."""
        if self.gwp.is_whole or not self.gwp.is_stated:
            return ""
        return _("%(share)s %% of the mass has none stated and is not counted.") % {
            "share": write_number(self.gwp.unstated)
        }


@dataclass(frozen=True)
class GasShown:
    """One gas or blend, ready to be read; `kilograms` is the whole net mass in question."""

    gas: Refrigerant
    kilograms: Decimal | None = None

    @cached_property
    def controls(self) -> list[ControlShown]:
        return [
            ControlShown(
                annex,
                words_of("controls", annex, "title"),
                words_of("controls", annex, "law"),
                words_of("controls", annex, "lawful"),
            )
            for annex in self.gas.annexes or [UNCONTROLLED]
        ]

    @property
    def is_controlled(self) -> bool:
        return bool(self.gas.annexes)

    @property
    def group(self) -> Words:
        """What its safety group means."""
        return words_of("groups", self.gas.safety or "none")

    @cached_property
    def warming(self) -> list[WarmingShown]:
        sources = refrigerants().sources
        return [
            WarmingShown(of, str(SET_NAMES[of]), sources[of], gwp(self.gas, of), self.kilograms)
            for of in GwpSet
        ]

    @property
    def may_travel_under(self) -> list[int]:
        """The shared UN numbers for it, where it has none of its own."""
        if self.gas.un or self.gas.liquid:
            return []
        return [shared.un for shared in refrigerants().shared.values() if self.gas.safety in shared.groups]

    @property
    def mass_text(self) -> str:
        return write_number(self.kilograms, 3) if self.kilograms is not None else ""

    @property
    def parts(self) -> list[tuple[Refrigerant, str]]:
        return [(part, write_number(share)) for part, share in self.gas.parts]

    @property
    def odp_text(self) -> str:
        return write_number(self.gas.odp, 3) if self.gas.odp else ""

    @property
    def sources(self) -> dict[str, Source]:
        return dict(refrigerants().sources)

    @property
    def as_of(self) -> datetime.date:
        return refrigerants().as_of

    @property
    def check_again_after(self) -> datetime.date:
        return self.as_of + CHECK_AGAIN_AFTER


def _between(least: Decimal, most: Decimal) -> str:
    if 0 < most < SMALLEST:
        return _("below %(number)s") % {"number": write_number(SMALLEST, 3)}
    decimals = 3 if most < 1 else 2 if most < 100 else 1
    low, high = write_number(least, decimals), write_number(most, decimals)
    if low == high:
        return low
    if least == 0:
        return _("below %(number)s") % {"number": high}
    return _("%(least)s to %(most)s") % {"least": low, "most": high}
