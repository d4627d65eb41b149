"""A change of the law, entered once and ahead of time, for all the items it touches."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from modeltranslation.utils import build_localized_fieldname

from accounts.access import Audience, Open
from content.languages import LANGUAGES, SOURCE_LANGUAGE
from content.querysets import LawChangeQuerySet

from .guide import ReferenceItem
from .law import LegalStatus
from .translated import TranslatedRecord

# How a trainer writes "in no list", as the addresses of the guide do.
NOT_LISTED = "none"
# Not a name: whose reading it was, the change itself knows, and shows to those who may see it.
READ_BY = "An expert, with the change of law"


class LawChange(TranslatedRecord, ClusterableModel):
    """A new listing, an amended one, or the end of one, from a day on."""

    class Kind(models.TextChoices):
        NEW = "new", _("New listing")
        AMENDED = "amended", _("Amended listing")
        ENDS = "ends", _("End of a listing")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ANNOUNCED = "announced", _("Announced")
        IN_EFFECT = "in-effect", _("In effect")
        WITHDRAWN = "withdrawn", pgettext_lazy("of a change of law", "Withdrawn")

    title = models.CharField(_("title"), max_length=160)
    instrument = models.CharField(_("instrument"), max_length=20, choices=LegalStatus.Instrument)
    kind = models.CharField(_("what happens"), max_length=10, choices=Kind)
    effective_on = models.DateField(
        _("date of effect"),
        help_text=_("The first day of the new law. A listing that ends was in force until the day before."),
    )
    already_in_force = models.BooleanField(
        _("it is in force already"),
        default=False,
        help_text=_("Tick this only where you enter a change after its day."),
    )
    explanation = models.TextField(_("explanation"), help_text=_("What changes for the officer, and why."))
    source = models.CharField(_("source"), max_length=300)
    as_of = models.DateField(_("as of"), help_text=_("The day on which you read the source."))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("announced by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    announced_at = models.DateTimeField(_("announced at"), null=True, editable=False)
    # An expert, whose reading makes the new listings verified.
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("read by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    read_on = models.DateField(_("read on"), null=True, editable=False)
    # What announcing wrote, so that taking back and publishing old drafts know it (content/law_writing.py).
    written = models.JSONField(default=list, editable=False)

    reaches = (
        Open(Audience.EVERYBODY, only=models.Q(state__in=["announced", "in-effect"])),
        Open(Audience.EDITORS),
    )
    objects = LawChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of law")
        verbose_name_plural = _("changes of law")
        ordering = ["-effective_on", "-pk"]
        permissions = [("announce_lawchange", "Can announce and withdraw changes of law")]

    def __str__(self) -> str:
        return self.words("title", SOURCE_LANGUAGE)

    def get_absolute_url(self) -> str:
        return f"{reverse('guide:law_changes')}#law-{self.pk}"

    @property
    def last_day_before(self) -> datetime.date:
        return self.effective_on - datetime.timedelta(days=1)

    @property
    def to_come(self) -> bool:
        """By the date alone: the law changes at midnight, whenever the daily task runs."""
        return self.effective_on > timezone.localdate()

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def holds(self) -> bool:
        """Whether it is written into the items."""
        return self.state in {self.State.ANNOUNCED, self.State.IN_EFFECT}

    @property
    def may_be_withdrawn(self) -> bool:
        return self.state == self.State.ANNOUNCED and self.to_come

    @property
    def ends_something(self) -> bool:
        return self.kind != self.Kind.NEW

    @property
    def adds_something(self) -> bool:
        return self.kind != self.Kind.ENDS


class LawProvision(TranslatedRecord, ClusterableModel):
    """What a change does, to one or more items alike."""

    change = ParentalKey(LawChange, on_delete=models.CASCADE, related_name="provisions")
    ends_listing = models.CharField(
        _("listing that ends"),
        max_length=60,
        blank=True,
        help_text=_("The appendix or code that stands now. Write “none” where it is in no list now."),
    )
    ends_key = models.CharField(
        _("key of the status that ends"),
        max_length=50,
        blank=True,
        help_text=_("Only where an item has several such listings."),
    )
    listing = models.CharField(
        _("new listing"),
        max_length=60,
        blank=True,
        help_text=_("The appendix or code. Write “none” for what is in no list from then on."),
    )
    annotation = models.CharField(
        _("annotation"), max_length=20, blank=True, help_text=_("Such as #15. What it says goes below.")
    )
    taxa = models.TextField(
        _("scientific names"), blank=True, help_text=_("One a line, as the list writes them.")
    )
    populations = models.CharField(
        _("populations"),
        max_length=400,
        blank=True,
        help_text=_("Countries of a split listing, two letters each (ISO 3166), with spaces. Empty: all."),
    )
    populations_excluded = models.BooleanField(
        _("all populations except these"),
        default=False,
        help_text=_("Off: the listing is for the populations named and no others."),
    )
    condition = models.TextField(_("what it depends on"), blank=True)

    class Meta:
        verbose_name = _("what changes")
        verbose_name_plural = _("what changes")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.change_id}: {self.ends_listing} > {self.listing}"

    @property
    def items(self) -> list[ReferenceItem]:
        return [place.item for place in self.places.all()]

    @property
    def taxa_list(self) -> list[str]:
        return [line.strip() for line in self.taxa.splitlines() if line.strip()]

    @property
    def population_codes(self) -> list[str]:
        return self.populations.replace(",", " ").upper().split()

    @property
    def listing_that_ends(self) -> str:
        return "" if self.ends_listing.strip().lower() == NOT_LISTED else self.ends_listing.strip()

    @property
    def new_listing(self) -> str:
        return "" if self.listing.strip().lower() == NOT_LISTED else self.listing.strip()

    def status_for(self, item: ReferenceItem, change: LawChange) -> LegalStatus:
        """The status that the item gets, not saved yet. Verified where an expert has read the change."""
        return LegalStatus(
            item=item,
            key=f"law-{self.pk or 'new'}",
            instrument=change.instrument,
            listing=self.new_listing,
            annotation=self.annotation.strip(),
            taxa=self.taxa_list,
            populations=self.population_codes,
            populations_excluded=self.populations_excluded and bool(self.population_codes),
            in_force_from=change.effective_on,
            as_of=change.as_of,
            source=change.source,
            verified_by=READ_BY if change.read_on else "",
            verified_on=change.read_on,
            **self._condition(),
        )

    def _condition(self) -> dict[str, Any]:
        """The words in every language, with what they were translated from and who has read them."""
        words = {
            build_localized_fieldname("condition", code): self.words("condition", code) for code in LANGUAGES
        }

        def of_condition(kept: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
            return {
                code: {"condition": by_field["condition"]}
                for code, by_field in kept.items()
                if "condition" in by_field
            }

        return {
            **words,
            "translated_from": of_condition(self.translated_from),
            "reviewed": of_condition(self.reviewed),
        }


class LawProvisionItem(models.Model):
    """An item that a provision is about."""

    provision = ParentalKey(LawProvision, on_delete=models.CASCADE, related_name="places")
    item = models.ForeignKey(
        ReferenceItem, verbose_name=_("item"), on_delete=models.CASCADE, related_name="law_provisions"
    )

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.provision_id}: {self.item_id}"


class LawTold(models.Model):
    """A person has been told of a change, at one of its moments: nobody is told twice."""

    class Moment(models.TextChoices):
        ANNOUNCED = "announced", _("Announced")
        IN_EFFECT = "in-effect", _("In effect")
        WITHDRAWN = "withdrawn", pgettext_lazy("of a change of law", "Withdrawn")

    change = models.ForeignKey(LawChange, on_delete=models.CASCADE, related_name="told")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    moment = models.CharField(_("moment"), max_length=10, choices=Moment)
    at = models.DateTimeField(_("told at"), auto_now_add=True)

    class Meta:
        verbose_name = _("person told of a change of law")
        verbose_name_plural = _("people told of changes of law")
        constraints = [
            models.UniqueConstraint(fields=["change", "person", "moment"], name="law_told_once_a_moment")
        ]

    def __str__(self) -> str:
        return f"{self.change_id}: {self.person_id}, {self.moment}"
