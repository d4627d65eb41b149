"""One legal status as a page shows it: as it stands now, or as it stood when an answer was given."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from .languages import SOURCE_LANGUAGE, direction_of, reader_language
from .models.law import LegalStatus
from .places import place_names

# Appendices and annexes change at conferences; half a year is the longest that a copy may go unchecked.
CHECK_AGAIN_AFTER = datetime.timedelta(days=182)
# A longer list of countries nobody reads: the condition says it in words, "all African populations".
MOST_PLACES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class LawShown:
    """A listing, what it depends on, and how sure we are of it."""

    instrument: str
    listing: str
    label: str
    taxa: list[str]
    populations: list[str]
    populations_excluded: bool
    annotation: str
    condition: str
    language: str
    jurisdiction: str
    in_force_from: datetime.date | None
    in_force_until: datetime.date | None
    not_yet_in_force: bool
    ended: bool
    as_of: datetime.date
    source: str
    verified: bool

    @property
    def check_again_after(self) -> datetime.date:
        """The last day on which a copy may be trusted: not beyond a day on which it is known to change."""
        days = [self.as_of + CHECK_AGAIN_AFTER]
        if self.not_yet_in_force and self.in_force_from:
            days.append(self.in_force_from - datetime.timedelta(days=1))
        if self.in_force_until and not self.ended:
            days.append(self.in_force_until)
        return min(days)

    @property
    def places(self) -> list[str]:
        """The countries of a split listing, by name; none where they are too many to read one by one."""
        if len(self.populations) > MOST_PLACES_SHOWN:
            return []
        return place_names(self.populations)

    @property
    def foreign(self) -> bool:
        """Whether the condition is in another language than the page."""
        return self.language != reader_language()

    @property
    def direction(self) -> str:
        return direction_of(self.language)


def law_now(statuses: Iterable[LegalStatus]) -> list[LawShown]:
    """The law as it stands."""
    return law_then((status.as_it_stands() for status in statuses), timezone.localdate())


def law_then(copies: Iterable[dict[str, Any]], day: datetime.date) -> list[LawShown]:
    """The law as kept copies (LegalStatus.as_it_stands) say it stood on that day."""
    return [_shown(copy, day) for copy in copies]


def _shown(copy: dict[str, Any], day: datetime.date) -> LawShown:
    begins, ends = _date(copy["in_force_from"]), _date(copy["in_force_until"])
    language = reader_language()
    if not copy["condition"].get(language):
        language = SOURCE_LANGUAGE
    return LawShown(
        instrument=copy["instrument"],
        listing=copy["listing"],
        label=copy["label"],
        taxa=copy.get("taxa", []),
        populations=copy.get("populations", []),
        populations_excluded=copy.get("populations_excluded", False),
        annotation=copy.get("annotation", ""),
        condition=copy["condition"][language],
        language=language,
        jurisdiction=copy["jurisdiction"],
        in_force_from=begins,
        in_force_until=ends,
        not_yet_in_force=begins is not None and begins > day,
        ended=ends is not None and ends < day,
        as_of=datetime.date.fromisoformat(copy["as_of"]),
        source=copy["source"],
        verified=copy["verified"],
    )


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
