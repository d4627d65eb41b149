"""The other boxes of a CITES paper: countries, quantities and units, the paper itself and its stamp."""

from decimal import Decimal

from django.utils.translation import gettext as _

from . import sources
from .cites_codes import COUNT, IN_SMALLEST, MEASURES, UNITS, Carrier, Document, Stamp, Term, Unit
from .countries import CODES, NO_ONE_COUNTRY, name_of, no_country
from .findings import Finding, ask, contradicts, fits
from .permit import Permit


def countries_exist(permit: Permit) -> Finding | None:
    """The two letters of each country on the paper."""
    rule = "countries-exist"
    given = [permit.exporter, permit.importer, permit.country_of_origin]
    known = CODES | NO_ONE_COUNTRY
    wrong = [no_country(code) for code in given if code and code not in known]
    if wrong:
        return contradicts(rule, " ".join(wrong), sources.COUNTRY_CODES)
    if not any(given):
        return None
    return fits(rule, _("The country codes are codes of countries."), sources.COUNTRY_CODES)


def origin_fits_document(permit: Permit) -> Finding | None:
    """What leaves its own country has an export permit; what was imported before, a re-export certificate."""
    rule = "origin-fits-document"
    origin, exporter = permit.country_of_origin, permit.exporter
    if not permit.leaves_a_country or not origin or not exporter or origin in NO_ONE_COUNTRY:
        return None
    words = {"origin": name_of(origin), "exporter": name_of(exporter)}
    if permit.document == Document.EXPORT and origin != exporter:
        return contradicts(
            rule,
            _(
                "The goods come from %(origin)s and leave %(exporter)s. Goods that were imported before "
                "leave with a re-export certificate, not with an export permit."
            )
            % words,
            sources.convention("I(d) and IV(5)"),
        )
    if permit.document == Document.RE_EXPORT and origin == exporter:
        return contradicts(
            rule,
            _(
                "The goods come from %(origin)s, the country that they leave. A re-export certificate is for "
                "goods that were imported before."
            )
            % words,
            sources.convention("I(d)"),
        )
    return fits(rule, _("Origin and exporting country fit the type of paper."), sources.convention("I(d)"))


def origin_is_said(permit: Permit) -> Finding | None:
    """A re-export certificate names the country of origin and its permit, or says why not."""
    if permit.document != Document.RE_EXPORT:
        return None
    named = permit.country_of_origin and permit.country_of_origin not in NO_ONE_COUNTRY
    if named and permit.origin_permit:
        return None
    return ask(
        "origin-is-said",
        _(
            "A re-export certificate names the country of origin and the number and date of its permit, or "
            "gives the reason why not. Look for the reason, and ask."
        ),
        sources.PERMITS,
    )


def goes_elsewhere(permit: Permit) -> Finding | None:
    if not permit.exporter or permit.exporter != permit.importer:
        return None
    return contradicts(
        "goes-elsewhere",
        _("Exporting and importing country are the same, %(country)s.")
        % {"country": name_of(permit.exporter)},
        sources.PERMITS,
    )


def quantity_is_possible(permit: Permit) -> Finding | None:
    """More than nothing, and whole where things are counted."""
    rule = "quantity-is-possible"
    if permit.quantity is None:
        return None
    if permit.quantity <= 0:
        return contradicts(rule, _("The quantity on the paper is not more than zero."), sources.PERMITS)
    counted = UNITS.get(permit.unit) == COUNT
    if counted and permit.quantity != permit.quantity.to_integral_value():
        return contradicts(
            rule,
            _("The paper counts %(quantity)s. Whole things are counted in whole numbers.")
            % {"quantity": plain(permit.quantity)},
            sources.ANNUAL_REPORTS,
        )
    return None


def unit_fits_term(permit: Permit) -> Finding | None:
    """What can measure the goods that the paper describes."""
    rule = "unit-fits-term"
    if not permit.unit:
        return None
    if UNITS.get(permit.unit) == "package":
        return contradicts(
            rule,
            _("The paper counts in %(unit)s. That says nothing of how much is in them.")
            % {"unit": Unit(permit.unit).label},
            sources.ANNUAL_REPORTS,
        )
    if permit.term not in MEASURES:
        return None
    words = {"term": Term(permit.term).label, "unit": Unit(permit.unit).label}
    if UNITS[permit.unit] in MEASURES[Term(permit.term)]:
        return fits(rule, _("“%(term)s” can be measured in %(unit)s.") % words, sources.ANNUAL_REPORTS)
    return contradicts(rule, _("“%(term)s” is not measured in %(unit)s.") % words, sources.ANNUAL_REPORTS)


def not_more_than_permitted(permit: Permit) -> Finding | None:
    """What is there against what the paper allows."""
    rule = "not-more-than-permitted"
    if permit.quantity is None or permit.found_quantity is None:
        return None
    allowed, found = _comparable(permit)
    if allowed is None or found is None:
        return ask(
            rule,
            _(
                "The goods and the paper are counted in units that can't be compared. Count again in the "
                "paper's."
            ),
            sources.PERMITS,
        )
    words = {"allowed": plain(permit.quantity), "found": plain(permit.found_quantity)}
    if found > allowed:
        return contradicts(
            rule,
            _("There is more than the paper allows: %(found)s against %(allowed)s.") % words,
            sources.PERMITS,
        )
    return fits(rule, _("There is no more than the paper allows."), sources.PERMITS)


def _comparable(permit: Permit) -> tuple[Decimal | None, Decimal | None]:
    """Both quantities in one unit. None where there is none."""
    assert permit.quantity is not None and permit.found_quantity is not None  # noqa: S101 (asked by the caller)
    found_unit = permit.found_unit or permit.unit
    if found_unit == permit.unit:
        return permit.quantity, permit.found_quantity
    if UNITS.get(found_unit) != UNITS.get(permit.unit) or not {found_unit, permit.unit} <= set(IN_SMALLEST):
        return None, None
    return permit.quantity * IN_SMALLEST[permit.unit], permit.found_quantity * IN_SMALLEST[found_unit]


def original_or_electronic(permit: Permit) -> Finding | None:
    """A copy does not stand in for the original; an electronic permit is its own original."""
    if permit.carrier == Carrier.COPY:
        return contradicts(
            "original",
            _("A copy does not take the place of the original. Ask for the original."),
            sources.convention("VI(4)"),
        )
    if permit.carrier == Carrier.ELECTRONIC:
        return ask(
            "original",
            _(
                "An electronic permit is a record, not a paper. Look it up by its number or code in the "
                "issuing "
                "authority's system, or ask your own authority to."
            ),
            sources.PERMITS_ELECTRONIC,
        )
    return None


def stamp_in_its_place(permit: Permit) -> Finding | None:
    """Security stamps: what they prove, and what their absence does not."""
    rule = "stamp"
    if permit.carrier == Carrier.ELECTRONIC:
        return ask(
            rule,
            _("Electronic permits need no stamp, seal or ink. A missing stamp proves nothing here."),
            sources.PERMITS_ELECTRONIC,
        )
    if permit.stamp == Stamp.NAMED:
        return contradicts(
            rule, _("The permit names a security stamp, and none is on it."), sources.PERMITS_STAMPS
        )
    if permit.stamp == Stamp.LOOSE:
        return contradicts(
            rule,
            _("A security stamp is cancelled with signature and seal. Nothing stands across this one."),
            sources.PERMITS_STAMPS,
        )
    if permit.stamp == Stamp.NONE:
        return ask(
            rule,
            _(
                "Not every country uses security stamps. Ask whether this one does before you decide "
                "anything."
            ),
            sources.PERMITS_STAMPS,
        )
    if permit.stamp == Stamp.CANCELLED:
        return fits(rule, _("The security stamp is there and cancelled."), sources.PERMITS_STAMPS)
    return None


def plain(number: Decimal) -> str:
    """A quantity without zeros that say nothing."""
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


COUNTRY_RULES = [countries_exist, origin_fits_document, origin_is_said, goes_elsewhere]
QUANTITY_RULES = [quantity_is_possible, unit_fits_term, not_more_than_permitted]
PAPER_RULES = [original_or_electronic, stamp_in_its_place]
