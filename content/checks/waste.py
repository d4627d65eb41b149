"""A Basel notification or movement document against the Convention's rules and the guide's listings."""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.models import LegalStatus, ReferenceItem

from . import sources
from .basel_codes import (
    ANNEX_II,
    ANNEX_VII,
    BEGAN,
    ENDED,
    GENERAL_NOTIFICATION_MONTHS,
    HAZARDS,
    SIGNED_NOT_RATIFIED,
)
from .countries import CODES, name_of, no_country
from .days import in_words, months_later
from .findings import Finding, Findings, apply, ask, contradicts, fits
from .permit_boxes import plain


class WastePaper(TextChoices):
    NOTIFICATION = "notification", gettext_lazy("Notification document")
    MOVEMENT = "movement", gettext_lazy("Movement document")


class Consent(TextChoices):
    """What the file holds of the written consent of the country of import."""

    THERE = "there", gettext_lazy("It is there, in writing")
    MISSING = "missing", gettext_lazy("It is not there")
    NOT_LOOKED = "not-looked", gettext_lazy("I have not seen the file")


@dataclass(frozen=True, slots=True)
class WasteDocument:
    """The boxes of the paper. Quantities are in tonnes."""

    document: str
    shipped_on: datetime.date
    notification_number: str = ""
    code: str = ""
    hazard: str = ""
    operation: str = ""
    consent: str = ""
    consented_on: datetime.date | None = None
    transit_consent: str = ""
    first_departure: datetime.date | None = None
    last_departure: datetime.date | None = None
    exporter: str = ""
    importer: str = ""
    notified_tonnes: Decimal | None = None
    shipped_tonnes: Decimal | None = None

    @property
    def needs_consent(self) -> bool:
        """Annex VIII and Annex II go by prior informed consent."""
        return self.code.startswith("A") or self.code in ANNEX_II


def entry_exists(paper: WasteDocument) -> Finding | None:
    """The entry of the annexes, on the day of the shipment."""
    rule, code = "entry-exists", paper.code
    if not code:
        return ask(
            rule,
            _("Without the code of Annex II, VIII or IX, this check can't say whether consent is needed."),
            sources.BASEL_ANNEXES,
        )
    source = sources.BASEL_PLASTICS if code in ("B3010", "B3011", "A3210", "Y48") else sources.BASEL_E_WASTE
    words = {"code": code}
    if code in ENDED and paper.shipped_on >= ENDED[code]:
        return contradicts(
            rule,
            _("The entry %(code)s ended when %(day)s began. Ask which entry the waste is under now.")
            % {**words, "day": in_words(ENDED[code])},
            source,
        )
    if code in BEGAN and paper.shipped_on < BEGAN[code]:
        return contradicts(
            rule,
            _("The entry %(code)s holds since %(day)s. The shipment is older.")
            % {**words, "day": in_words(BEGAN[code])},
            source,
        )
    if paper.needs_consent:
        return fits(
            rule,
            _("%(code)s is an entry under prior informed consent: nothing moves before the answer.") % words,
            sources.BASEL_ANNEXES,
        )
    if code.startswith("B"):
        return ask(
            rule,
            _(
                "%(code)s is an entry of Annex IX: no consent is needed as long as the waste is clean and "
                "has no "
                "hazardous part. Look whether that is so. National law may ask for more."
            )
            % words,
            sources.BASEL_ANNEXES,
        )
    return ask(
        rule,
        _("%(code)s says what the waste holds. It needs the entry of Annex II, VIII or IX beside it.")
        % words,
        sources.BASEL_ANNEXES,
    )


def hazard_fits_entry(paper: WasteDocument) -> Finding | None:
    """Annex VIII is hazardous; Annex II is not."""
    rule = "hazard-fits-entry"
    if paper.hazard and paper.hazard not in HAZARDS:
        return contradicts(
            rule,
            _("Annex III has no hazard %(hazard)s.") % {"hazard": paper.hazard},
            sources.BASEL_ANNEXES,
        )
    words = {"code": paper.code, "hazard": paper.hazard}
    if paper.hazard and (paper.code in ANNEX_II or paper.code.startswith("B")):
        return contradicts(
            rule,
            _("%(code)s is for waste that is not hazardous. The paper also names the hazard %(hazard)s.")
            % words,
            sources.BASEL_ANNEXES,
        )
    if not paper.hazard and paper.code.startswith("A"):
        return ask(
            rule,
            _("%(code)s is for hazardous waste, and no hazard (H) is named. Ask which it is.") % words,
            sources.BASEL_ANNEXES,
        )
    return None


def operation_exists(paper: WasteDocument) -> Finding | None:
    """D1 to D15 are disposal, R1 to R13 recovery."""
    rule = "operation-exists"
    if not paper.operation:
        return None
    letter, number = paper.operation[0], int(paper.operation[1:])
    if number < 1 or number > (15 if letter == "D" else 13):
        return contradicts(
            rule,
            _("Annex IV has no operation %(operation)s: D1 to D15, or R1 to R13.")
            % {"operation": paper.operation},
            sources.BASEL_ANNEXES,
        )
    return fits(
        rule,
        _("%(operation)s is an operation of Annex IV.") % {"operation": paper.operation},
        sources.BASEL_ANNEXES,
    )


def consent_before_shipment(paper: WasteDocument) -> Finding | None:
    """The written consent of the country of import comes first."""
    rule = "consent-before-shipment"
    if not paper.needs_consent:
        return None
    if paper.consent == Consent.MISSING:
        return contradicts(
            rule,
            _("The waste needs the written consent of the country of import, and it is not there."),
            sources.basel("6(3)"),
        )
    if paper.consent != Consent.THERE or paper.consented_on is None:
        return ask(
            rule,
            _("Ask for the written consent of the country of import, and its day."),
            sources.basel("6(3)"),
        )
    words = {"consent": in_words(paper.consented_on), "day": in_words(paper.shipped_on)}
    if paper.consented_on > paper.shipped_on:
        return contradicts(
            rule,
            _("The consent is of %(consent)s, after the shipment of %(day)s.") % words,
            sources.basel("6(3)"),
        )
    return fits(
        rule, _("The consent of %(consent)s came before the shipment.") % words, sources.basel("6(3)")
    )


def transit_consents(paper: WasteDocument) -> Finding | None:
    """Countries of transit consent too."""
    if not paper.needs_consent:
        return None
    if paper.transit_consent == Consent.THERE:
        return fits(
            "transit-consents", _("The consent of the countries of transit is there."), sources.basel("6(4)")
        )
    if paper.transit_consent == Consent.MISSING:
        return contradicts(
            "transit-consents",
            _(
                "The consent of a country of transit is not there. Some countries of transit have given up "
                "asking for it in writing: ask."
            ),
            sources.basel("6(4)"),
        )
    return ask(
        "transit-consents",
        _("Ask which countries the waste crosses, and whether each has consented."),
        sources.basel("6(4)"),
    )


def not_longer_than_a_year(paper: WasteDocument) -> Finding | None:
    """A general notification covers twelve months at most."""
    rule = "not-longer-than-a-year"
    if paper.first_departure is None or paper.last_departure is None:
        return None
    first, last = paper.first_departure, paper.last_departure
    if last < first:
        return contradicts(
            rule,
            _("The last departure, %(last)s, lies before the first, %(first)s.")
            % {"last": in_words(last), "first": in_words(first)},
            sources.basel("6(8)"),
        )
    if last > months_later(first, GENERAL_NOTIFICATION_MONTHS):
        return contradicts(
            rule,
            _(
                "The notification covers more than 12 months, from %(first)s to %(last)s. A longer one needs "
                "an agreement between the countries: ask which."
            )
            % {"last": in_words(last), "first": in_words(first)},
            sources.basel("6(8)"),
        )
    return fits(rule, _("The notification covers at most 12 months."), sources.basel("6(8)"))


def shipped_within_period(paper: WasteDocument) -> Finding | None:
    """The shipment against the notified first and last departure."""
    rule = "shipped-within-period"
    first, last, day = paper.first_departure, paper.last_departure, paper.shipped_on
    if first is None and last is None:
        return None
    if first is not None and day < first:
        return contradicts(
            rule,
            _("The shipment of %(day)s is before the first departure, %(first)s.")
            % {"day": in_words(day), "first": in_words(first)},
            sources.basel("6(8)"),
        )
    if last is not None and day > last:
        return contradicts(
            rule,
            _("The shipment of %(day)s is after the last departure, %(last)s.")
            % {"day": in_words(day), "last": in_words(last)},
            sources.basel("6(8)"),
        )
    return fits(rule, _("The shipment lies within the notified period."), sources.basel("6(8)"))


def not_more_than_notified(paper: WasteDocument) -> Finding | None:
    rule = "not-more-than-notified"
    if paper.notified_tonnes is None or paper.shipped_tonnes is None:
        return None
    if paper.shipped_tonnes > paper.notified_tonnes:
        return contradicts(
            rule,
            _("This shipment alone is %(shipped)s t. The notification covers %(notified)s t.")
            % {"shipped": plain(paper.shipped_tonnes), "notified": plain(paper.notified_tonnes)},
            sources.basel("6(8)"),
        )
    return ask(
        rule,
        _("This shipment fits the notified quantity. Ask what the shipments before it came to."),
        sources.basel("6(8)"),
    )


def movement_has_a_notification(paper: WasteDocument) -> Finding | None:
    """A movement document belongs to a notification."""
    if paper.document != WastePaper.MOVEMENT or not paper.needs_consent or paper.notification_number:
        return None
    return contradicts(
        "movement-has-a-notification",
        _("The movement document names no notification. Waste under prior informed consent has one."),
        sources.basel("4(7)(c) and 6(9)"),
    )


def countries_exist(paper: WasteDocument) -> Finding | None:
    rule = "countries-exist"
    given = [code for code in (paper.exporter, paper.importer) if code]
    wrong = [no_country(code) for code in given if code not in CODES]
    if wrong:
        return contradicts(rule, " ".join(wrong), sources.COUNTRY_CODES)
    return (
        fits(rule, _("The country codes are codes of countries."), sources.COUNTRY_CODES) if given else None
    )


def between_parties(paper: WasteDocument) -> Finding | None:
    """Trade with a country outside the Convention needs an agreement."""
    if not paper.needs_consent or SIGNED_NOT_RATIFIED not in (paper.exporter, paper.importer):
        return None
    return ask(
        "between-parties",
        _(
            "%(country)s is not a Party. Such waste may move only under an agreement between the countries: "
            "ask which."
        )
        % {"country": name_of(SIGNED_NOT_RATIFIED)},
        sources.basel("4(5) and 11"),
    )


def not_from_annex_vii(paper: WasteDocument) -> Finding | None:
    """Hazardous waste does not leave OECD and EU for other countries, where the Ban Amendment binds."""
    if not paper.code.startswith("A") or paper.exporter not in ANNEX_VII:
        return None
    if not paper.importer or paper.importer in ANNEX_VII:
        return None
    return ask(
        "not-from-annex-vii",
        _(
            "Hazardous waste from %(exporter)s to %(importer)s: the Ban Amendment forbids it to countries "
            "that "
            "it binds. Ask whether it binds the one that exports."
        )
        % {"exporter": name_of(paper.exporter), "importer": name_of(paper.importer)},
        sources.basel("4A"),
    )


RULES = [
    entry_exists,
    hazard_fits_entry,
    operation_exists,
    movement_has_a_notification,
    consent_before_shipment,
    transit_consents,
    not_longer_than_a_year,
    shipped_within_period,
    not_more_than_notified,
    countries_exist,
    between_parties,
    not_from_annex_vii,
]


def entry_fits_item(paper: WasteDocument, item: ReferenceItem) -> Finding | None:
    """The entry on the paper against the entries under which the guide has the item."""
    rule = "entry-fits-item"
    listed = {
        status.listing
        for status in item.statuses.all()
        if status.instrument == LegalStatus.Instrument.BASEL and status.listed and not status.ended
    }
    if not paper.code or not listed:
        return None
    words = {"item": item.name, "code": paper.code, "listed": ", ".join(sorted(listed))}
    if any(re.search(rf"\b{re.escape(paper.code)}\b", listing) for listing in listed):
        return fits(rule, _("The guide has “%(item)s” under %(code)s too.") % words, sources.GUIDE)
    return contradicts(
        rule,
        _("The paper says %(code)s. The guide has “%(item)s” under %(listed)s.") % words,
        sources.GUIDE,
    )


def check_waste(paper: WasteDocument, items: list[ReferenceItem]) -> Findings:
    """Compare the boxes of a waste paper with each other, the Convention and the guide's listings."""
    found = apply(RULES, paper)
    found += [finding for item in items[:1] if (finding := entry_fits_item(paper, item))]
    return Findings(found, unseen())


def unseen() -> list[str]:
    """What no box can tell."""
    return [
        _("Whether used equipment is waste: follow the check for used equipment or waste."),
        _("Whether the consent is real: only the authority that gave it knows."),
        _("Whether the plant that receives the waste is permitted and can treat it."),
        _("Whether contract, insurance or guarantee are there: ask for them."),
        _("Whether your own law treats this waste as hazardous, or forbids its import."),
    ]
