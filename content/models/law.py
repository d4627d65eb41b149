"""The law as it stands for an item, always with a date and a source."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from .guide import ReferenceItem
from .translated import TranslatedRecord


class LegalStatus(TranslatedRecord):
    """One listing of an item under one instrument, with what it depends on."""

    class Instrument(models.TextChoices):
        CITES = "cites", "CITES"
        BASEL = "basel", "Basel"
        MONTREAL = "montreal", "Montreal"
        ROTTERDAM = "rotterdam", "Rotterdam"
        STOCKHOLM = "stockholm", "Stockholm"

    item = ParentalKey(ReferenceItem, on_delete=models.CASCADE, related_name="statuses")
    key = models.SlugField(_("key"))
    instrument = models.CharField(_("instrument"), max_length=20, choices=Instrument)
    listing = models.CharField(
        _("listing"), max_length=60, blank=True, help_text=_("The appendix or code. Empty: not listed.")
    )
    taxa = models.JSONField(
        _("scientific names"),
        default=list,
        blank=True,
        help_text=_("As the list writes them: species, or the genus or family of which all is listed."),
    )
    populations = models.JSONField(
        _("populations"),
        default=list,
        blank=True,
        help_text=_("Countries of a split listing, two letters each (ISO 3166). Empty: all."),
    )
    populations_excluded = models.BooleanField(
        _("all populations except these"),
        default=False,
        help_text=_("Off: the listing is for the populations named and no others."),
    )
    annotation = models.CharField(
        _("annotation"), max_length=20, blank=True, help_text=_("Such as #15. What it says goes below.")
    )
    condition = models.TextField(_("what it depends on"))
    jurisdiction = models.CharField(
        _("jurisdiction"), max_length=60, blank=True, help_text=_("Empty: treaty level.")
    )
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)
    as_of = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=300)
    verified_by = models.CharField(_("verified by"), max_length=120, blank=True)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)

    class Meta:
        verbose_name = _("legal status")
        verbose_name_plural = _("legal statuses")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "key"], name="status_key_once_an_item"),
            models.CheckConstraint(
                condition=Q(in_force_from=None)
                | Q(in_force_until=None)
                | Q(in_force_until__gte=F("in_force_from")),
                name="force_ends_after_it_begins",
                violation_error_message=_("The end of force lies before its beginning."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def listed(self) -> bool:
        """False where the status says that some of what the item names is in no list."""
        return bool(self.listing)

    @property
    def label(self) -> str:
        """The badge's text: the same in every language."""
        return f"{self.get_instrument_display()} {self.listing}".strip()

    @property
    def leniency(self) -> int:
        """How little a listing asks, from 0; between the entries of one instrument, and roughly across."""
        if self.instrument == self.Instrument.CITES:
            return {"I": 0, "II": 2, "III": 3}.get(self.listing, 4)
        if self.instrument == self.Instrument.BASEL:
            # Annex VIII and Annex II ask for prior informed consent, Annex IX (list B) does not.
            return {"A": 0, "Y": 1}.get(self.listing[:1], 4)
        return 2

    @property
    def verified(self) -> bool:
        return self.verified_on is not None

    @property
    def not_yet_in_force(self) -> bool:
        return self.in_force_from is not None and self.in_force_from > timezone.localdate()

    @property
    def ended(self) -> bool:
        return self.in_force_until is not None and self.in_force_until < timezone.localdate()

    def as_it_stands(self) -> dict[str, Any]:
        """A plain copy to keep with an identification: what the law said on that day, in every language."""

        def iso(day: datetime.date | None) -> str | None:
            return day.isoformat() if day else None

        return {
            "instrument": self.instrument,
            "listing": self.listing,
            "label": self.label,
            "listed": self.listed,
            "taxa": self.taxa,
            "populations": self.populations,
            "populations_excluded": self.populations_excluded,
            "annotation": self.annotation,
            "condition": {code: self.words("condition", code) for code, _ in settings.LANGUAGES},
            "jurisdiction": self.jurisdiction,
            "in_force_from": iso(self.in_force_from),
            "in_force_until": iso(self.in_force_until),
            "in_force": not (self.not_yet_in_force or self.ended),
            "as_of": iso(self.as_of),
            "source": self.source,
            "verified": self.verified,
        }
