"""What an administration's own sheet says about the things on a page: rules, numbers, what to do first."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from .languages import direction_of
from .models import Authority, CountrySheet, LegalStatus, NationalRule, ReferenceItem, Situation

# Whom to call about what an instrument lists, and about what may be in front of the officer.
CALL_ABOUT_LISTED = {
    LegalStatus.Instrument.CITES: {Authority.Role.CITES, Authority.Role.WILDLIFE},
    LegalStatus.Instrument.BASEL: {Authority.Role.BASEL},
    LegalStatus.Instrument.MONTREAL: {Authority.Role.OZONE},
    LegalStatus.Instrument.ROTTERDAM: {Authority.Role.CHEMICALS},
    LegalStatus.Instrument.STOCKHOLM: {Authority.Role.CHEMICALS},
}
CALL_IN_SITUATION = {
    Situation.LIVE_ANIMALS: {Authority.Role.RESCUE},
    Situation.WASTE: set(),
    Situation.CYLINDERS: set(),
}
# Whatever it is: whoever comes when something burns, leaks or bites, and the desk that is always manned.
CALL_ANYWAY = {Authority.Role.EMERGENCY, Authority.Role.DUTY}
SITUATION_OF_KIND = {
    ReferenceItem.Kind.TAXON: Situation.LIVE_ANIMALS,
    ReferenceItem.Kind.DEVICE: Situation.WASTE,
    ReferenceItem.Kind.SUBSTANCE: Situation.CYLINDERS,
}


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A national rule as a page shows it: as it stands now, or as it stood when an answer was given."""

    jurisdiction: str
    instrument: str
    text: str
    language: str
    source: str
    in_force_from: datetime.date | None
    not_yet_in_force: bool
    as_of: datetime.date
    check_again_after: datetime.date
    example: bool

    @property
    def direction(self) -> str:
        return direction_of(self.language)


def rules_now(rules: Iterable[NationalRule]) -> list[RuleShown]:
    """The rules as they stand."""
    return rules_then((rule.as_it_stands() for rule in rules), timezone.localdate())


def rules_then(copies: Iterable[dict[str, Any]], day: datetime.date) -> list[RuleShown]:
    """The rules as kept copies (NationalRule.as_it_stands) say they stood on that day."""
    return [_shown(copy, day) for copy in copies]


def _shown(copy: dict[str, Any], day: datetime.date) -> RuleShown:
    begins = datetime.date.fromisoformat(copy["in_force_from"]) if copy["in_force_from"] else None
    return RuleShown(
        jurisdiction=copy["jurisdiction"],
        instrument=copy["instrument"],
        text=copy["text"],
        language=copy["language"],
        source=copy["source"],
        in_force_from=begins,
        not_yet_in_force=begins is not None and begins > day,
        as_of=datetime.date.fromisoformat(copy["as_of"]),
        check_again_after=datetime.date.fromisoformat(copy["check_again_after"]),
        example=copy["example"],
    )


@dataclass(frozen=True, slots=True)
class Instruction:
    """What the administration wants done: before anything else, and then."""

    title: str
    first: str
    then: str


class CountryAdvice:
    """A sheet, read for the things that a page is about. Without items: for something not known."""

    def __init__(self, sheet: CountrySheet, items: Sequence[ReferenceItem] = ()) -> None:
        self.sheet = sheet
        self._items = items

    @cached_property
    def _situations(self) -> list[Situation]:
        if not self._items:
            return list(Situation)
        found = {SITUATION_OF_KIND.get(item.kind) for item in self._items}
        if LegalStatus.Instrument.BASEL in self._listed:
            found.add(Situation.WASTE)
        return [situation for situation in list(Situation) if situation in found]

    @cached_property
    def _listed(self) -> set[str]:
        return {
            status.instrument
            for item in self._items
            for status in item.statuses.all()
            if status.listed and not status.ended
        }

    @property
    def instructions(self) -> list[Instruction]:
        """For live animals, waste or cylinders, where the things may be that."""
        found = []
        for situation in self._situations:
            first, _blank, then = self.sheet.instruction(situation).partition("\n\n")
            if first:
                found.append(Instruction(str(situation.label), first, then.strip()))
        return found

    @property
    def authorities(self) -> list[Authority]:
        """Whom to call about these things, in the order of the sheet; everybody about something unknown."""
        listed = list(self.sheet.authorities.all())
        if not self._items:
            return listed
        roles = set(CALL_ANYWAY)
        for instrument in self._listed:
            roles |= CALL_ABOUT_LISTED[LegalStatus.Instrument(instrument)]
        for situation in self._situations:
            roles |= CALL_IN_SITUATION[situation]
        return [authority for authority in listed if authority.role in roles]
