"""An identification made ready to be read: names, words, numbers, the law as it stood, what to check."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from babel import Locale
from babel.lists import format_list
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, to_locale

from content.languages import SOURCE_LANGUAGE, reader_language
from content.legal import LawShown, law_then
from content.models import (
    Advice,
    CountrySheet,
    Hazard,
    HSLink,
    Protocol,
    ReferenceItem,
    ReferencePhoto,
    TariffLine,
)
from content.national import CountryAdvice, RuleShown, rules_then

from . import wording
from .models import Identification
from .refusals import Refusal, refusals_from_json

Thing = TypeVar("Thing")

# The first three candidates are always shown, two more where they have a chance.
FEWEST, MOST, LEAST_PROBABLE = 3, 5, 0.02
# From which probability a candidate after the first has its field marks and papers, and its hazards.
WORTH_CHECKING, WORTH_A_WARNING = 0.1, 0.05


@dataclass(frozen=True, slots=True)
class CandidateShown:
    """One thing that the photos may show."""

    key: str
    name: str
    item: ReferenceItem | None
    probability: float
    percent: int
    word: str
    law: list[LawShown]
    rules: list[RuleShown]
    had_sheet: bool
    national_codes: list[TariffLine]

    @property
    def concealment(self) -> str:
        """How it is hidden or misdeclared, in the reader's language or in English."""
        if self.item is None:
            return ""
        return self.item.words("concealment", reader_language()) or self.item.words(
            "concealment", SOURCE_LANGUAGE
        )

    @property
    def hidden_under(self) -> list[str]:
        """The customs codes under which it is often declared to hide it."""
        links = self.item.hs_links.all() if self.item else []
        return [link.code for link in links if link.role == HSLink.Role.MISUSED]


class AnswerShown:
    """What an answer page says, in the language in force. Built from a constant number of queries.

    The law and the national rules are those of the day of the answer. `sheet` is the reader's country
    sheet as it stands now: an old telephone number helps nobody.
    """

    def __init__(
        self, identification: Identification, candidates: int | None = None, sheet: CountrySheet | None = None
    ) -> None:
        self.identification = identification
        self._sheet = sheet
        self.case = identification.case
        self._shown = (
            identification.candidates[:candidates] if candidates else worth_showing(identification.candidates)
        )
        keys = {row["item"] for row in self._shown} | set(identification.between) | {identification.item}
        self._items = {item.key: item for item in ReferenceItem.objects.for_answer().filter(key__in=keys)}

    @property
    def item(self) -> ReferenceItem | None:
        return self._items.get(self.identification.item)

    @property
    def name(self) -> str:
        return self._name(self.identification.item)

    @property
    def word(self) -> str:
        probability = self.identification.probability or 0.0
        return wording.likelihood(probability, calibrated=self.identification.calibrated)

    @property
    def among(self) -> str:
        return wording.among(self.identification.probability or 0.0, self.identification.things_known)

    @property
    def why_unknown(self) -> str:
        return wording.why_unknown(self.identification.reason)

    @property
    def why_not_deeper(self) -> str:
        """Why the answer stops at its rank."""
        if self.identification.stopped == "cannot_tell_apart":
            names = [self._name(key) for key in self.identification.between]
            return gettext("It stops here because the photos can't tell these apart: %(names)s.") % {
                "names": _listed(names)
            }
        if self.demonstration:
            return gettext("It goes no deeper: a whole animal in a photo does not show more than this.")
        return gettext("It stops here because the guide knows nothing finer.")

    @cached_property
    def candidates(self) -> list[CandidateShown]:
        return [self._candidate(row["item"], row["probability"]) for row in self._shown]

    @cached_property
    def law(self) -> list[LawShown]:
        """The law of the answer itself, which may be a group."""
        return self._law(self.identification.item)

    @cached_property
    def country(self) -> CountryAdvice | None:
        """What the sheet says now about the things it may be; about anything where it is not known."""
        if self._sheet is None:
            return None
        concerned = _once([*self._concerned(), *self._items_from(WORTH_A_WARNING)])
        return CountryAdvice(self._sheet, [] if self.identification.unknown else concerned)

    @property
    def demonstration(self) -> bool:
        return any(item.demonstration for item in self._concerned())

    @property
    def hazards(self) -> list[Hazard]:
        """Everything that can hurt about what it may be."""
        items = _once([*self._concerned(), *self._items_from(WORTH_A_WARNING)])
        return _once(hazard for item in items for hazard in item.hazards.all())

    @property
    def first_items(self) -> list[ReferenceItem]:
        """The things whose field marks to check next."""
        return self._items_from(WORTH_CHECKING)

    @property
    def concealed(self) -> list[ReferenceItem]:
        """The things of which the guide knows how they are hidden. Answers are for officers only."""
        return [item for item in self._concerned() if item.words("concealment", SOURCE_LANGUAGE)]

    @property
    def documents(self) -> list[Advice]:
        return _once(item.documents for item in self._concerned() if item.documents)

    @property
    def next_steps(self) -> list[Advice]:
        return _once(item.next_steps for item in self._concerned() if item.next_steps)

    @property
    def protocols(self) -> list[Protocol]:
        return _once(item.protocol for item in self._concerned() if item.protocol)

    @cached_property
    def nearest(self) -> list[ReferencePhoto]:
        """The reference photos most like those sent, as far as they are still published."""
        numbers = [int(row["photo"]) for row in self.identification.nearest]
        published = ReferencePhoto.objects.to_learn_from().prefetch_related("item__common_names")
        photos = {photo.pk: photo for photo in published.filter(pk__in=numbers)} if numbers else {}
        return [photos[number] for number in numbers if number in photos]

    @property
    def refused(self) -> list[Refusal]:
        return refusals_from_json(self.case.refused)

    def _concerned(self) -> list[ReferenceItem]:
        """The answer, and the first candidates: what the officer should be ready for."""
        return _once([*([self.item] if self.item else []), *self.first_items])

    def _items_from(self, probability: float) -> list[ReferenceItem]:
        likely = [one for one in self.candidates[1:] if one.probability >= probability]
        return [one.item for one in [*self.candidates[:1], *likely] if one.item]

    def _candidate(self, key: str, probability: float) -> CandidateShown:
        return CandidateShown(
            key=key,
            name=self._name(key),
            item=self._items.get(key),
            probability=probability,
            percent=wording.percent(probability),
            word=wording.likelihood(probability, calibrated=self.identification.calibrated),
            law=self._law(key),
            rules=rules_then(self._kept(key).get("national", []), self._day),
            had_sheet="national" in self._kept(key),
            national_codes=self._national_codes(key),
        )

    def _national_codes(self, key: str) -> list[TariffLine]:
        item = self._items.get(key)
        return self._sheet.national_codes(item) if self._sheet and item else []

    def _name(self, key: str) -> str:
        """The guide's name today; the name then where the guide has dropped the item."""
        item = self._items.get(key)
        return item.name if item else self.identification.name_then(key)

    def _law(self, key: str) -> list[LawShown]:
        return law_then(self._kept(key).get("statuses", []), self._day)

    def _kept(self, key: str) -> dict[str, Any]:
        return self.identification.law.get(key, {})

    @property
    def _day(self) -> datetime.date:
        return timezone.localdate(self.identification.created_at)


def worth_showing(candidates: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first three, and up to two more that still have a chance."""
    likely = [row for row in candidates[:MOST] if row["probability"] >= LEAST_PROBABLE]
    return likely if len(likely) >= FEWEST else list(candidates[:FEWEST])


def _listed(names: list[str]) -> str:
    return format_list(names, style="or", locale=Locale.parse(to_locale(reader_language())))


def _once(things: Iterable[Thing]) -> list[Thing]:
    return list(dict.fromkeys(things))
