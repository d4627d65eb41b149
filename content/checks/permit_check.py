"""All rules for a CITES permit or certificate together."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from accounts.access import Reader
from content.legal import LawShown, law_now

from .findings import Findings, apply
from .permit import Permit
from .permit_boxes import COUNTRY_RULES, PAPER_RULES, QUANTITY_RULES
from .permit_dates import DATE_RULES
from .permit_sources import SOURCE_RULES
from .permit_species import listings_of, species_findings


@dataclass(frozen=True, slots=True)
class PermitChecked:
    findings: Findings
    law: list[LawShown]


def check_permit(reader: Reader, permit: Permit) -> PermitChecked:
    """Compare the boxes of a permit with each other, with the law and with the guide's listings."""
    listings = listings_of(reader, permit.species)
    permit = replace(permit, kingdom=permit.kingdom or listings.kingdom)
    found = apply([*DATE_RULES, *SOURCE_RULES], permit)
    found += species_findings(permit, listings)
    found += apply([*COUNTRY_RULES, *QUANTITY_RULES, *PAPER_RULES], permit)
    return PermitChecked(Findings(found, unseen()), law_now(listings.statuses))


def unseen() -> list[str]:
    """What no box can tell."""
    return [
        _("Quotas, zero quotas and suspensions of trade are not here: ask your CITES Management Authority."),
        _("Whether the number exists and the signature is the authority's own: only that authority knows."),
        _("Whether the goods are what the paper names: look at the goods, mark by mark."),
        _("Whether your own law asks for more, such as an import permit for Appendix II."),
        _("Whether other lines of the paper fit. Check each line on its own."),
    ]
