"""The gases of ODS and HFC licences: how papers write them, and which controls they are under."""

import re
from dataclasses import dataclass

CFC, HALON, HCFC, METHYL_BROMIDE, HFC = "cfc", "halon", "hcfc", "methyl bromide", "hfc"
NOT_CONTROLLED = ""

# By number: the group of controls. Blends count by the strictest group among what they hold.
GROUPS = {
    **dict.fromkeys(("11", "12", "13", "113", "114", "115", "500", "502", "503"), CFC),
    **dict.fromkeys(("1211", "1301", "2402"), HALON),
    **dict.fromkeys(("22", "21", "31", "123", "124", "141B", "142B", "401A", "402A", "408A", "409A"), HCFC),
    **dict.fromkeys(
        (
            *("23", "32", "41", "125", "134", "134A", "143", "143A", "152", "152A", "227EA", "236FA"),
            *("245FA", "365MFC", "4310MEE", "404A", "407A", "407C", "407F", "410A", "417A", "422D", "427A"),
            *("438A", "448A", "449A", "452A", "454B", "507A", "508B", "513A"),
        ),
        HFC,
    ),
    **dict.fromkeys(("290", "600A", "600", "601", "717", "744", "1270", "1234YF", "1234ZE"), NOT_CONTROLLED),
}
ANNEX = {
    CFC: "Annex A, Group I",
    HALON: "Annex A, Group II",
    HCFC: "Annex C, Group I",
    METHYL_BROMIDE: "Annex E",
    HFC: "Annex F",
}
_NUMBERED = re.compile(r"(?:R|CFC|HCFC|HFC|HFO|HALON|FREON|REFRIGERANT|SUVA|GENETRON)?(\d{2,4}[A-Z]{0,3})")
_BROMIDE = {"METHYLBROMIDE", "BROMOMETHANE", "CH3BR", "R40B1"}


@dataclass(frozen=True, slots=True)
class Substance:
    """One gas, by its number. `group` is None where this check doesn't know its controls."""

    number: str
    group: str | None

    @property
    def name(self) -> str:
        if self.group == METHYL_BROMIDE:
            return "CH₃Br"
        prefix = "Halon " if self.group == HALON else "R-"
        return prefix + re.sub(r"[A-Z]+$", lambda letters: letters[0].lower(), self.number)

    @property
    def annex(self) -> str:
        return ANNEX.get(self.group or "", "")


def read_substance(text: str) -> Substance | None:
    """The gas meant: "R22", "r-22", "HCFC 22" and "freon 22" are one. None where no number is read."""
    plain = re.sub(r"[\s\-–./()]", "", text).upper()
    if plain in _BROMIDE:
        return Substance("40B1", METHYL_BROMIDE)
    found = _NUMBERED.fullmatch(plain)
    if found is None:
        return None
    number = found.group(1)
    return Substance(number, GROUPS.get(number))
