"""The species on a CITES paper against what the guide says of its listing and population."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.access import Reader
from content.models import LegalStatus, ReferenceItem

from . import sources
from .cites_codes import Kingdom
from .countries import NO_ONE_COUNTRY, name_of
from .findings import Finding, ask, contradicts, fits
from .guide_names import tidy
from .permit import Permit

Form = ReferenceItem.Form
PLANT_FORMS = {Form.LIVE_PLANT, Form.WOOD, Form.ROOT_OR_RESIN}


@dataclass(frozen=True, slots=True)
class Listings:
    """The guide's CITES listings of one species, whatever their date."""

    species: str
    statuses: list[LegalStatus]

    def on(self, day: datetime.date) -> list[LegalStatus]:
        """Those in force that day."""
        return [
            status
            for status in self.statuses
            if (status.in_force_from is None or status.in_force_from <= day)
            and (status.in_force_until is None or status.in_force_until >= day)
        ]

    @property
    def kingdom(self) -> str:
        """Animal or plant, as far as the guide's items say; empty where they don't."""
        found = {_kingdom(status.item) for status in self.statuses}
        return found.pop() if len(found) == 1 else ""


def listings_of(reader: Reader, species: str) -> Listings:
    """What the guide says of a scientific name: of the species itself, else of its genus."""
    genus, name = scientific_name(species)
    if not genus:
        return Listings(species, [])
    rows = (
        LegalStatus.objects.filter(
            instrument=LegalStatus.Instrument.CITES, item__in=ReferenceItem.objects.visible_to(reader)
        )
        .exclude(listing="")
        .select_related("item")
    )
    named = [row for row in rows.filter(taxa__icontains=genus) if row.taxa]
    own = [row for row in named if name in _taxa(row)] if name != genus else []
    of_genus = [row for row in named if genus in _taxa(row)]
    # A higher group is listed whole, and the item is the species: its taxa say the group.
    of_item = [row for row in rows.filter(item__scientific_name__iexact=name) if not _names_species(row)]
    return Listings(name, _once(own or of_genus or of_item))


def scientific_name(text: str) -> tuple[str, str]:
    """Genus, and genus with species, without author and year. Twice the genus where no species is named."""
    words = [word for word in tidy(text).split() if word.strip(".").lower() not in ("spp", "sp", "ssp", "cf")]
    if not words or not words[0].isalpha():
        return "", ""
    genus = words[0].capitalize()
    if len(words) > 1 and words[1].replace("-", "").isalpha() and (words[1].islower() or words[1].isupper()):
        return genus, f"{genus} {words[1].lower()}"
    return genus, genus


def _taxa(status: LegalStatus) -> set[str]:
    return {taxon.removesuffix(" spp.") for taxon in status.taxa}


def _names_species(status: LegalStatus) -> bool:
    return any(" " in taxon for taxon in _taxa(status))


def _once(rows: Sequence[LegalStatus]) -> list[LegalStatus]:
    """Several items state the same listing: raw ivory, worked ivory."""
    kept: dict[tuple[object, ...], LegalStatus] = {}
    for row in rows:
        key = (
            row.listing,
            tuple(row.populations),
            row.populations_excluded,
            row.annotation,
            row.in_force_from,
            row.in_force_until,
        )
        kept.setdefault(key, row)
    return list(kept.values())


def _kingdom(item: ReferenceItem) -> str:
    if item.kind == ReferenceItem.Kind.TIMBER or item.form in PLANT_FORMS:
        return str(Kingdom.PLANT)
    return str(Kingdom.ANIMAL) if item.form or item.kind == ReferenceItem.Kind.TAXON else ""


def is_of(status: LegalStatus, country: str) -> bool:
    """Whether a listing is for the population of a country."""
    if not status.populations:
        return True
    return (country in status.populations) is not status.populations_excluded


def species_findings(permit: Permit, listings: Listings) -> list[Finding]:
    """What the guide's listings say about the species and the appendix on the paper."""
    if not permit.species:
        return []
    if not listings.statuses:
        return [
            ask(
                "listing",
                _(
                    "This guide has no listing for “%(species)s”. That does not mean that there is none: "
                    "look it "
                    "up in the CITES checklist, or ask."
                )
                % {"species": permit.species},
                sources.GUIDE,
            )
        ]
    day = permit.issued_on or permit.presented_on
    in_force = listings.on(day)
    found = [_appendix(permit, listings, in_force)] if permit.appendix else []
    found += _not_yet(permit, listings, in_force)
    annotations = sorted({status.annotation for status in in_force if status.annotation})
    if annotations:
        found.append(
            ask(
                "annotation",
                _(
                    "The listing has the annotation %(annotation)s. It says which parts and which finished "
                    "goods "
                    "are covered: read it below and compare the goods."
                )
                % {"annotation": ", ".join(annotations)},
                sources.GUIDE,
            )
        )
    return found


def _appendix(permit: Permit, listings: Listings, in_force: list[LegalStatus]) -> Finding:
    rule, species = "listing", listings.species
    origin = "" if permit.country_of_origin in NO_ONE_COUNTRY else permit.country_of_origin
    split = any(status.populations for status in in_force)
    if split and not origin:
        return ask(
            rule,
            _(
                "The listing of %(species)s depends on the country of origin, and the paper names none. "
                "Without it, the appendix can't be compared."
            )
            % {"species": species},
            sources.GUIDE,
        )
    of_origin = [status for status in in_force if not origin or is_of(status, origin)]
    appendices = sorted({status.listing for status in of_origin})
    words = {
        "species": species,
        "appendix": permit.appendix,
        "listed": ", ".join(appendices),
        "country": name_of(origin) if origin else "",
    }
    if not appendices:
        return ask(
            rule,
            _(
                "The guide has a listing of %(species)s, but none in force for this origin when the paper "
                "was "
                "issued. Ask which listing it was issued under."
            )
            % words,
            sources.GUIDE,
        )
    if permit.appendix not in appendices:
        if split:
            return contradicts(
                rule,
                _(
                    "The paper says Appendix %(appendix)s. The guide lists %(species)s from %(country)s in "
                    "Appendix %(listed)s."
                )
                % words,
                sources.GUIDE,
            )
        return contradicts(
            rule,
            _("The paper says Appendix %(appendix)s. The guide lists %(species)s in Appendix %(listed)s.")
            % words,
            sources.GUIDE,
        )
    if len(appendices) > 1:
        return ask(
            rule,
            _(
                "The guide lists %(species)s in Appendix %(listed)s, depending on conditions. Read below "
                "which "
                "one holds for these goods."
            )
            % words,
            sources.GUIDE,
        )
    return fits(
        rule,
        _("The guide lists %(species)s in Appendix %(appendix)s too.") % words,
        sources.GUIDE,
    )


def _not_yet(permit: Permit, listings: Listings, in_force: list[LegalStatus]) -> list[Finding]:
    """A listing that was adopted and not in force yet asks for no paper, and explains one."""
    if in_force or not permit.appendix:
        return []
    later = [status for status in listings.statuses if status.in_force_from is not None]
    if not any(status.in_force_from > permit.presented_on for status in later if status.in_force_from):
        return []
    return [
        ask(
            "not-yet-in-force",
            _("The listing was adopted and is not in force yet. Read its date below."),
            sources.GUIDE,
        )
    ]
