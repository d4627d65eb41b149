"""A licence for ozone-depleting substances or HFCs against the goods and the Montreal Protocol."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import sources
from .countries import CODES, no_country
from .days import in_words
from .findings import Finding, Findings, apply, ask, contradicts, fits
from .permit_boxes import plain
from .substances import CFC, HALON, HCFC, METHYL_BROMIDE, NOT_CONTROLLED, Substance, read_substance


class Direction(TextChoices):
    IMPORT = "import", gettext_lazy("Import licence")
    EXPORT = "export", gettext_lazy("Export licence")


class Condition(TextChoices):
    """What the licence says the gas is. Licences are for all of these."""

    NEW = "new", gettext_lazy("New (virgin)")
    RECOVERED = "recovered", gettext_lazy("Used, recovered, recycled or reclaimed")


class Use(TextChoices):
    """Uses that the controls treat apart."""

    FEEDSTOCK = "feedstock", gettext_lazy("Feedstock")
    QUARANTINE = "quarantine", gettext_lazy("Quarantine and pre-shipment")
    LABORATORY = "laboratory", gettext_lazy("Laboratory or analysis")
    DESTRUCTION = "destruction", gettext_lazy("Destruction")


EXEMPT = frozenset(Use)


@dataclass(frozen=True, slots=True)
class Licence:
    """The boxes of the licence and what is there. Masses are in kilograms, of gas without its container."""

    direction: str
    crossed_on: datetime.date
    issued_on: datetime.date | None = None
    valid_until: datetime.date | None = None
    substance: str = ""
    label: str = ""
    condition: str = ""
    use: str = ""
    licensed_kg: Decimal | None = None
    containers: int | None = None
    kg_each: Decimal | None = None
    exporter: str = ""
    importer: str = ""

    @property
    def licensed(self) -> Substance | None:
        return read_substance(self.substance)

    @property
    def labelled(self) -> Substance | None:
        return read_substance(self.label)

    @property
    def found_kg(self) -> Decimal | None:
        if self.containers is None or self.kg_each is None:
            return None
        return self.containers * self.kg_each


def substance_is_named(licence: Licence) -> Finding | None:
    """A number that can be compared, and the annex it stands in."""
    rule = "substance-is-named"
    if not licence.substance:
        return ask(
            rule,
            _("Without the substance on the licence, most rules have nothing to say."),
            sources.MONTREAL_ANNEXES,
        )
    found = licence.licensed
    if found is None:
        return ask(
            rule,
            _("“%(text)s” is no number that this check can read. Look for the R-number, such as R-22.")
            % {"text": licence.substance[:60]},
            sources.MONTREAL_ANNEXES,
        )
    if found.group is None:
        return ask(
            rule,
            _("This check does not know the controls of %(gas)s. Ask your National Ozone Unit.")
            % {"gas": found.name},
            sources.MONTREAL_ANNEXES,
        )
    if found.group == NOT_CONTROLLED:
        return ask(
            rule,
            _(
                "The Montreal Protocol does not control %(gas)s and asks for no licence. National law may. "
                "Ask why "
                "there is one, and look at the label again: such a gas may burn."
            )
            % {"gas": found.name},
            sources.MONTREAL_ANNEXES,
        )
    return fits(
        rule,
        _("%(gas)s is controlled: %(annex)s. Import and export need a licence.")
        % {"gas": found.name, "annex": found.annex},
        sources.montreal("4B"),
    )


def label_fits_licence(licence: Licence) -> Finding | None:
    """The number on the container against the one on the licence."""
    rule = "label-fits-licence"
    if not licence.label or licence.licensed is None:
        return None
    labelled = licence.labelled
    words = {"licence": licence.licensed.name, "label": labelled.name if labelled else licence.label[:60]}
    if labelled is None:
        return ask(
            rule,
            _("“%(label)s” is no number that this check can read. Look for the R-number or the UN number.")
            % words,
            sources.montreal("4B"),
        )
    if labelled.number != licence.licensed.number:
        return contradicts(
            rule,
            _("The licence is for %(licence)s. The label says %(label)s.") % words,
            sources.montreal("4B"),
        )
    return fits(
        rule,
        _("Label and licence name %(licence)s. A label is not an analysis.") % words,
        sources.montreal("4B"),
    )


def phased_out(licence: Licence) -> Finding | None:
    """What is no longer traded for ordinary uses, and what still is in some countries."""
    rule = "phased-out"
    found = licence.licensed
    if found is None or licence.use in EXEMPT or licence.condition == Condition.RECOVERED:
        return _outside_the_phase_out(licence)
    words = {"gas": found.name}
    if found.group in (CFC, HALON):
        return contradicts(
            rule,
            _(
                "%(gas)s has been phased out in every country since 2010. "
                "New gas for an ordinary use contradicts that. "
                "Essential uses are agreed by name: ask which one this is."
            )
            % words,
            sources.montreal("2A, 2B and 5"),
        )
    if found.group == METHYL_BROMIDE:
        return contradicts(
            rule,
            _(
                "Methyl bromide is phased out, except for quarantine and pre-shipment, feedstock and "
                "critical "
                "uses. The licence names none of them."
            ),
            sources.montreal("2H"),
        )
    if found.group == HCFC:
        return ask(
            rule,
            _(
                "%(gas)s is phased out in some countries and still lawful under licence and quota in others, "
                "until "
                "2030 and for servicing to 2040. Ask for the quota of this year."
            )
            % words,
            sources.montreal("2F and 5(8 ter)"),
        )
    return None


def _outside_the_phase_out(licence: Licence) -> Finding | None:
    found = licence.licensed
    if found is None or found.group not in (CFC, HALON, HCFC, METHYL_BROMIDE):
        return None
    return ask(
        "phased-out",
        _(
            "The licence says a use or a state of the gas that the phase-out leaves open. Ask for what "
            "proves it: "
            "an analysis, the contract, the name of the plant."
        ),
        sources.montreal("1(5) and 4B"),
    )


def licence_covers_the_day(licence: Licence) -> Finding | None:
    """The day of crossing against the licence's first and last day."""
    rule = "licence-covers-the-day"
    day = licence.crossed_on
    if licence.issued_on is not None and day < licence.issued_on:
        return contradicts(
            rule,
            _("The goods crossed on %(day)s. The licence was issued afterwards, on %(issued)s.")
            % {"day": in_words(day), "issued": in_words(licence.issued_on)},
            sources.montreal("4B"),
        )
    if licence.valid_until is None:
        return ask(
            rule,
            _("Without a last day, this check can't say whether the licence still holds."),
            sources.montreal("4B"),
        )
    if day > licence.valid_until:
        return contradicts(
            rule,
            _("The licence ended on %(end)s, before %(day)s.")
            % {"end": in_words(licence.valid_until), "day": in_words(day)},
            sources.montreal("4B"),
        )
    return fits(rule, _("The licence holds on %(day)s.") % {"day": in_words(day)}, sources.montreal("4B"))


def not_more_than_licensed(licence: Licence) -> Finding | None:
    """Containers times content against the licensed mass."""
    rule = "not-more-than-licensed"
    if licence.licensed_kg is None or licence.found_kg is None:
        return None
    words = {
        "containers": licence.containers,
        "each": plain(licence.kg_each or Decimal()),
        "found": plain(licence.found_kg),
        "licensed": plain(licence.licensed_kg),
    }
    if licence.found_kg > licence.licensed_kg:
        return contradicts(
            rule,
            _(
                "%(containers)s containers of %(each)s kg are %(found)s kg. The licence is for "
                "%(licensed)s kg."
            )
            % words,
            sources.montreal("4B"),
        )
    return ask(
        rule,
        _(
            "%(containers)s containers of %(each)s kg are %(found)s kg, within the %(licensed)s kg of the "
            "licence. "
            "Ask what was used of it before."
        )
        % words,
        sources.montreal("4B"),
    )


def countries_exist(licence: Licence) -> Finding | None:
    rule = "countries-exist"
    given = [code for code in (licence.exporter, licence.importer) if code]
    wrong = [no_country(code) for code in given if code not in CODES]
    if wrong:
        return contradicts(rule, " ".join(wrong), sources.COUNTRY_CODES)
    return (
        fits(rule, _("The country codes are codes of countries."), sources.COUNTRY_CODES) if given else None
    )


RULES = [
    substance_is_named,
    label_fits_licence,
    phased_out,
    licence_covers_the_day,
    not_more_than_licensed,
    countries_exist,
]


def check_licence(licence: Licence) -> Findings:
    """Compare the boxes of a licence with each other, with the goods and with the Protocol."""
    return Findings(apply(RULES, licence), unseen())


def unseen() -> list[str]:
    """What no box can tell."""
    return [
        _("What is in the containers: only an analysis by a trained person tells. Never open a valve."),
        _("The importer's quota of this year, and what was used of it: ask your National Ozone Unit."),
        _(
            "Whether the exporting country knows of the shipment: your National Ozone Unit can ask there "
            "first."
        ),
        _("Whether the name on the licence is the name on the invoice: compare them."),
        _("Whether your own law forbids cylinders that can't be refilled."),
    ]
