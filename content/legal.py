"""One legal status as a page shows it: as it stands now, or as it stood when an answer was given."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, get_language_info

from .models.law import LegalStatus
from .models.translated import SOURCE_LANGUAGE

# Appendices and annexes change at conferences; half a year is the longest that a copy may go unchecked.
CHECK_AGAIN_AFTER = datetime.timedelta(days=182)


@dataclass(frozen=True, slots=True)
class LawShown:
    """A listing, what it depends on, and how sure we are of it."""

    instrument: str
    listing: str
    label: str
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
        return self.as_of + CHECK_AGAIN_AFTER

    @property
    def foreign(self) -> bool:
        """Whether the condition is in another language than the page."""
        return self.language != (get_language() or SOURCE_LANGUAGE)

    @property
    def direction(self) -> str:
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"


def law_now(statuses: Iterable[LegalStatus]) -> list[LawShown]:
    """The law as it stands."""
    return [
        _shown(status.as_it_stands(), status, status.not_yet_in_force, status.ended) for status in statuses
    ]


def law_then(
    copies: Iterable[dict[str, Any]], day: datetime.date, now: Iterable[LegalStatus]
) -> list[LawShown]:
    """The law as a kept copy says it stood on that day.

    The copy's words are English. They are shown in the reader's language only where the guide still
    says the same in English.
    """
    unchanged = {(status.label, status.words("condition", SOURCE_LANGUAGE)): status for status in now}
    shown = []
    for copy in copies:
        begins, ends = _date(copy["in_force_from"]), _date(copy["in_force_until"])
        shown.append(
            _shown(
                copy,
                unchanged.get((copy["label"], copy["condition"])),
                not_yet_in_force=begins is not None and begins > day,
                ended=ends is not None and ends < day,
            )
        )
    return shown


def _shown(copy: dict[str, Any], status: LegalStatus | None, not_yet_in_force: bool, ended: bool) -> LawShown:
    language = get_language() or SOURCE_LANGUAGE
    translated = status.words("condition", language) if status else ""
    return LawShown(
        instrument=copy["instrument"],
        listing="" if copy["listing"] == "none" else copy["listing"],
        label=copy["label"],
        condition=translated or copy["condition"],
        language=language if translated else SOURCE_LANGUAGE,
        jurisdiction=copy["jurisdiction"],
        in_force_from=_date(copy["in_force_from"]),
        in_force_until=_date(copy["in_force_until"]),
        not_yet_in_force=not_yet_in_force,
        ended=ended,
        as_of=datetime.date.fromisoformat(copy["as_of"]),
        source=copy["source"],
        verified=copy["verified"],
    )


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
