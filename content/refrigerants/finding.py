"""From what stands on a label to a gas: an R-number, a trade name, a UN number or a CAS number."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from .records import Refrigerant, SharedNumber, refrigerants

LONGEST = 100
FAMILIES = {"cfc", "hcfc", "hfc", "hbfc", "hfo", "hcfo", "hc", "hco", "hcc", "ho", "he", "pfc"}
# Makers' names that stand before the R-number itself. "F" is written for R in several countries.
BEFORE_NUMBERS = FAMILIES | {
    *("r", "f", "fc", "refrigerant", "refrigerantgas", "gas", "freon", "genetron", "forane", "suva"),
    *("klea", "arcton", "frigen", "solkane", "meforex", "isceon", "opteon", "solstice", "floron"),
}
CAS = re.compile(r"(?:cas\b[\s:.]*(?:no\.?|number)?[\s:.]*)?(\d{2,7}-\d\d-\d)")
UN = re.compile(r"un[\s:.-]*(?:no\.?|number)?[\s:.]*(\d{4})")
CAS_IN_TEXT = re.compile(r"(?<![\d-])(\d{2,7}-\d\d-\d)(?![\d-])")
UN_IN_TEXT = re.compile(r"(?<![a-z])un[\s-]?(\d{4})(?!\d)")
NUMBER_IN_TEXT = re.compile(r"(?<![a-z0-9])r[\s-]?(\d{2,4}[a-z]{0,3}(?:\([ez]\))?)(?![a-z0-9])")


class Meaning(StrEnum):
    """What the text was read as."""

    CAS = "cas"
    UN = "un"
    NAME = "name"
    NUMBER = "number"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Found:
    """The gases that a text may mean. One: that is it. Several: the text does not say which.

    `warning` is the key of a warning in the words of the calculator.
    """

    meaning: Meaning
    gases: list[Refrigerant] = field(default_factory=list)
    shared: SharedNumber | None = None
    warning: str = ""

    @property
    def one(self) -> Refrigerant | None:
        return self.gases[0] if len(self.gases) == 1 and self.shared is None else None


def find(text: str) -> Found:
    """Say what a text from a label or a paper means. Anything may be typed; nonsense finds nothing."""
    typed = " ".join(_with_latin_digits(unicodedata.normalize("NFKC", text[:LONGEST])).casefold().split())
    if match := CAS.fullmatch(typed):
        return _by_cas(match[1])
    if match := UN.fullmatch(typed):
        return _by_un(int(match[1]))
    squeezed = _squeezed(typed)
    if named := _names().get(squeezed):
        return Found(Meaning.NAME, [named], warning=named.warning)
    if re.fullmatch(r"\d{4}", squeezed):
        return _by_four_digits(squeezed)
    found = _by_number(squeezed)
    return found if found.gases else _by_what_stands_in(typed)


def _by_cas(cas: str) -> Found:
    digits = [int(digit) for digit in reversed(cas.replace("-", ""))]
    if sum(place * digit for place, digit in enumerate(digits)) % 10 != digits[0]:
        return Found(Meaning.CAS, warning="check-digit")
    gases = [gas for gas in refrigerants().by_key.values() if gas.cas == cas]
    return Found(Meaning.CAS, gases, warning=_warning_of(gases))


def _by_un(un: int) -> Found:
    known = refrigerants()
    if shared := known.shared.get(un):
        return Found(Meaning.UN, known.under(shared), shared, "shared-number")
    gases = [gas for gas in known.by_key.values() if gas.un == un]
    return Found(Meaning.UN, gases, warning=_warning_of(gases))


def _by_four_digits(digits: str) -> Found:
    """Four digits alone may be a UN number, the number of a gas, or both."""
    as_un, as_number = _by_un(int(digits)), _by_number(digits)
    if (as_un.gases or as_un.shared) and as_number.gases:
        both = {gas.key: gas for gas in [*as_number.gases, *as_un.gases]}
        return Found(Meaning.NUMBER, list(both.values()), warning="two-meanings")
    return as_number if as_number.gases else as_un


def _by_number(squeezed: str) -> Found:
    """By a number, with or without the letters that stand before one."""
    match = re.fullmatch(r"([a-z]*)(\d+[a-z0-9]*)", squeezed)
    if match is None:
        return Found(Meaning.NOTHING)
    letters, number = match[1], match[2]
    if letters.removeprefix("r") in ("c", "e"):
        # R-C318 is a ring, R-E170 an ether: the letter belongs to the number.
        letters, number = "r", letters[-1] + number
    if letters and letters not in BEFORE_NUMBERS:
        return Found(Meaning.NOTHING)
    exact = _numbers().get(number)
    longer = [gas for other, gas in _numbers().items() if re.fullmatch(re.escape(number) + "[a-z]+", other)]
    if longer and (exact is None or number[-1].isdigit()):
        gases = dict.fromkeys([*([exact] if exact else []), *longer])
        return Found(Meaning.NUMBER, list(gases), warning="missing-letter")
    if exact is None:
        return Found(Meaning.NOTHING)
    contradicts = letters in FAMILIES and exact.chemical and not _is_of_family(exact, letters)
    return Found(Meaning.NUMBER, [exact], warning="wrong-family" if contradicts else exact.warning)


def _by_what_stands_in(typed: str) -> Found:
    """By the numbers in a longer text, such as a whole label. They must mean the same gas."""
    found = [
        *(_by_cas(cas) for cas in CAS_IN_TEXT.findall(typed)),
        *(_by_un(int(un)) for un in UN_IN_TEXT.findall(typed)),
        *(_by_number(_squeezed(number)) for number in NUMBER_IN_TEXT.findall(typed)),
    ]
    # A shared UN number fits every gas without its own.
    naming = [one for one in found if one.gases and one.shared is None]
    if not naming:
        return next((one for one in found if one.gases), Found(Meaning.NOTHING))
    common = [gas for gas in naming[0].gases if all(gas in one.gases for one in naming)]
    if common:
        return Found(Meaning.NUMBER, common, warning=_warning_of(common))
    gases = dict.fromkeys(gas for one in naming for gas in one.gases)
    return Found(Meaning.NUMBER, list(gases), warning="numbers-differ")


def _is_of_family(gas: Refrigerant, letters: str) -> bool:
    own = re.match(r"[A-Za-z]+", gas.chemical)
    allowed = {own[0].casefold() if own else "", *(name.split("-")[0].casefold() for name in gas.also)}
    return letters in allowed


def _warning_of(gases: list[Refrigerant]) -> str:
    return gases[0].warning if len(gases) == 1 else ""


def _with_latin_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def _squeezed(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


@cache
def _names() -> dict[str, Refrigerant]:
    """Every name that means one gas and no other, squeezed."""
    gases = refrigerants().by_key.values()
    return {_squeezed(name): gas for gas in gases for name in _names_of(gas)}


def _names_of(gas: Refrigerant) -> Iterator[str]:
    # "HFC-134" is no name: a letter may be missing from it.
    yield from filter(None, [gas.name, *gas.also, "" if gas.chemical[-1:].isdigit() else gas.chemical])
    for name in gas.also:
        maker, _space, rest = name.partition(" ")
        if maker.casefold() in BEFORE_NUMBERS and re.search("[A-Za-z]", rest) and re.search(r"\d", rest):
            yield rest


@cache
def _numbers() -> dict[str, Refrigerant]:
    """Gases by number, squeezed; a halon by its own number too."""
    known = refrigerants().by_key.values()
    halons = {
        _squeezed(gas.chemical).removeprefix("halon"): gas
        for gas in known
        if gas.chemical.startswith("Halon")
    }
    return {**{_squeezed(gas.number): gas for gas in known}, **halons}
