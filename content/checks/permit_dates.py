"""How long a CITES paper holds, by its type, and when it may have been issued."""

from typing import Any

from django.utils.translation import gettext as _

from . import sources
from .cites_codes import WOOD, Document
from .days import in_words, months_later
from .findings import Finding, ask, contradicts, fits
from .permit import Permit

# Six months is the limit of papers that let goods leave a country, not of every document.
MONTHS = {
    Document.EXPORT: (6, sources.convention("VI(2)")),
    Document.RE_EXPORT: (6, sources.PERMITS),
    Document.IMPORT: (12, sources.PERMITS),
    Document.ORIGIN: (12, sources.PERMITS),
    Document.SAMPLES: (6, sources.PERMITS),
    Document.EXHIBITION: (36, sources.PERMITS),
    Document.INSTRUMENT: (36, sources.MUSICAL_INSTRUMENTS),
    Document.OWNERSHIP: (36, sources.PETS),
}


def longest_validity(permit: Permit) -> Finding | None:
    """The last day on the paper against the longest that its type allows."""
    rule = "longest-validity"
    if permit.issued_on is None or permit.valid_until is None:
        return _without_a_day(permit)
    if permit.valid_until < permit.issued_on:
        return contradicts(
            rule,
            _("The paper ends on %(end)s, before the day it was issued, %(issued)s.")
            % {"end": in_words(permit.valid_until), "issued": in_words(permit.issued_on)},
            sources.PERMITS,
        )
    kind: Any = Document(permit.document)
    if kind not in MONTHS:
        return ask(
            rule,
            _(
                "This guide knows no longest period for this type of paper. National law may set one: "
                "ask the authority that issued it."
            ),
            sources.PERMITS,
        )
    months, source = MONTHS[kind]
    last = months_later(permit.issued_on, months)
    words = {"kind": kind.label, "months": months, "last": in_words(last)}
    if permit.valid_until > last:
        return contradicts(
            rule,
            _("%(kind)s: at most %(months)d months. Issued on that day, it ends on %(last)s at the latest.")
            % words
            + " "
            + _("The paper says %(day)s.") % {"day": in_words(permit.valid_until)},
            source,
        )
    return fits(rule, _("%(kind)s: at most %(months)d months. The paper keeps to it.") % words, source)


def _without_a_day(permit: Permit) -> Finding | None:
    if permit.document not in MONTHS:
        return None
    return ask(
        "longest-validity",
        _("Without both days, issued and valid until, this check can't say how long the paper holds."),
        sources.PERMITS,
    )


def still_valid(permit: Permit) -> Finding | None:
    """The day it is presented against the last day on the paper."""
    rule = "still-valid"
    if permit.valid_until is None:
        return None
    words = {"end": in_words(permit.valid_until), "day": in_words(permit.presented_on)}
    if permit.presented_on <= permit.valid_until:
        return fits(rule, _("The paper is still valid on %(day)s.") % words, sources.PERMITS)
    if permit.document == Document.EXPORT and permit.term in WOOD:
        return ask(
            rule,
            _(
                "The paper ended on %(end)s, before %(day)s. For some listed timber the importing country "
                "may "
                "extend it once, where the goods arrived in time. Ask whether that was done."
            )
            % words,
            sources.PERMITS,
        )
    return contradicts(rule, _("The paper ended on %(end)s, before %(day)s.") % words, sources.PERMITS)


def not_issued_later(permit: Permit) -> Finding | None:
    """The day of issue against the day it is presented."""
    if permit.issued_on is None or permit.issued_on <= permit.presented_on:
        return None
    return contradicts(
        "not-issued-later",
        _("The paper was issued on %(issued)s. That is after %(day)s, the day it was presented.")
        % {"issued": in_words(permit.issued_on), "day": in_words(permit.presented_on)},
        sources.PERMITS,
    )


def not_retrospective(permit: Permit) -> Finding | None:
    """The day of issue against the day the goods left."""
    rule = "not-retrospective"
    if permit.issued_on is None or permit.exported_on is None or not permit.leaves_a_country:
        return None
    words = {"issued": in_words(permit.issued_on), "left": in_words(permit.exported_on)}
    if permit.issued_on <= permit.exported_on:
        return fits(
            rule, _("The paper was there before the goods left.") % words, sources.PERMITS_RETROSPECTIVE
        )
    after = _("The goods left on %(left)s, and the paper was issued afterwards, on %(issued)s.") % words
    if permit.in_appendix_i:
        return contradicts(
            rule,
            after + " " + _("Papers are not issued afterwards for goods of Appendix I."),
            sources.PERMITS_RETROSPECTIVE,
        )
    return ask(
        rule,
        after
        + " "
        + _(
            "That is allowed in rare cases only. The paper must then say so, and why. "
            "Ask both authorities whether they agreed."
        ),
        sources.PERMITS_RETROSPECTIVE,
    )


def left_while_valid(permit: Permit) -> Finding | None:
    """An export permit may only be used for export until its last day."""
    if permit.exported_on is None or permit.valid_until is None or not permit.leaves_a_country:
        return None
    if permit.exported_on <= permit.valid_until:
        return None
    return contradicts(
        "left-while-valid",
        _("The goods left on %(left)s. The paper could be used for export until %(end)s.")
        % {"left": in_words(permit.exported_on), "end": in_words(permit.valid_until)},
        sources.convention("VI(2)"),
    )


DATE_RULES = [longest_validity, still_valid, not_issued_later, not_retrospective, left_while_valid]
