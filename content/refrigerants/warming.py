"""Global warming potentials over a hundred years, and what a mass of gas amounts to."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .records import Refrigerant

WHOLE = Decimal(100)


class GwpSet(StrEnum):
    """Who states the numbers. The Protocol's own are those of AR4 for HFCs."""

    MONTREAL = "montreal"
    AR4 = "ar4"
    AR5 = "ar5"
    AR6 = "ar6"


@dataclass(frozen=True)
class Gwp:
    """A potential of a gas or a blend, between `least` and `most` (they differ where a set says "less than").

    `unstated` is the share of its mass, in per cent, of which the set states nothing. That share is not
    counted, and it is not zero. Where all of it is unstated, there is no number.
    """

    least: Decimal
    most: Decimal
    unstated: Decimal

    @property
    def is_stated(self) -> bool:
        return self.unstated < WHOLE

    @property
    def is_whole(self) -> bool:
        return self.unstated == 0

    def tonnes(self, kilograms: Decimal) -> tuple[Decimal, Decimal]:
        """Tonnes of CO₂ equivalent of a mass, least and most. Raise ValueError where none is stated."""
        if not self.is_stated:
            raise ValueError("No potential is stated.")
        return self.least * kilograms / 1000, self.most * kilograms / 1000


def gwp(refrigerant: Refrigerant, of: GwpSet) -> Gwp:
    """The potential that a set states; for a blend the sum of its parts, weighed by mass."""
    if refrigerant.parts:
        parts = [(gwp(part, of), share) for part, share in refrigerant.parts]
        return Gwp(
            least=sum((one.least * share / WHOLE for one, share in parts), Decimal(0)),
            most=sum((one.most * share / WHOLE for one, share in parts), Decimal(0)),
            unstated=sum((share for one, share in parts if not one.is_stated), Decimal(0)),
        )
    stated = refrigerant.stated.get(of)
    if stated is None:
        return Gwp(Decimal(0), Decimal(0), WHOLE)
    return Gwp(stated.least, stated.most, Decimal(0))
