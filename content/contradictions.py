"""Whether two legal statuses of one item can't both hold."""

import re
from typing import TYPE_CHECKING

from .languages import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from .models import LegalStatus


def contradict(one: "LegalStatus", other: "LegalStatus") -> bool:
    """Whether two statuses list the same thing differently, under one instrument, on one day.

    CITES lists a population of a species once. Other instruments list one thing twice by what it depends on,
    such as waste or not.
    """
    return (
        (one.instrument, one.jurisdiction) == (other.instrument, other.jurisdiction)
        and (one.listing, one.annotation) != (other.listing, other.annotation)
        and _days_overlap(one, other)
        and _populations_overlap(one, other)
        and _same_things(one, other)
    )


def _days_overlap(one: "LegalStatus", other: "LegalStatus") -> bool:
    def ends_before(first: "LegalStatus", second: "LegalStatus") -> bool:
        return bool(
            first.in_force_until and second.in_force_from and first.in_force_until < second.in_force_from
        )

    return not (ends_before(one, other) or ends_before(other, one))


def _populations_overlap(one: "LegalStatus", other: "LegalStatus") -> bool:
    """Whether some country is covered by both. No countries named: all are."""
    ours, theirs = set(one.populations), set(other.populations)
    if not ours or not theirs or (one.populations_excluded and other.populations_excluded):
        return True
    if one.populations_excluded:
        return bool(theirs - ours)
    if other.populations_excluded:
        return bool(ours - theirs)
    return bool(ours & theirs)


def _same_things(one: "LegalStatus", other: "LegalStatus") -> bool:
    ours, theirs = set(one.taxa), set(other.taxa)
    if one.instrument == "cites" and ours & theirs:
        return True
    same_taxa = bool(ours & theirs) if ours and theirs else ours == theirs
    # What depends on nothing holds also where something else depends on more.
    conditions = [_plain(status.words("condition", SOURCE_LANGUAGE)) for status in (one, other)]
    return same_taxa and (conditions[0] == conditions[1] or not all(conditions))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
