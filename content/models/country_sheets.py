"""An administration's own: whom to call, national rules and tariff digits, what to do with what can hurt."""

import datetime
import re
from typing import Any

from django.conf import global_settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, Orderable, PreviewableMixin, RevisionMixin

from accounts.models import Administration
from content.languages import SOURCE_LANGUAGE, direction_of
from content.querysets import CountrySheetQuerySet
from content.telephones import normalised, tel_uri

from .guide import ReferenceItem
from .law import LegalStatus

TEXT_LENGTH = 20_000


def languages_to_write_in() -> list[tuple[str, Any]]:
    """Every language that Django knows by name, not only the site's six."""
    return list(global_settings.LANGUAGES)


class Situation(models.TextChoices):
    """What an officer may stand before, and what the sheet has instructions for."""

    LIVE_ANIMALS = "live_animals", _("Live animals")
    WASTE = "waste", _("Waste")
    CYLINDERS = "cylinders", _("Cylinders")


class CountrySheet(DraftStateMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """One a country's customs administration, in whatever language it writes; published by its coordinator.

    Read only by people of that administration (CountrySheetQuerySet.read_by); everybody else reads
    "treaty level only".
    """

    administration = models.OneToOneField(
        Administration, verbose_name=_("administration"), on_delete=models.PROTECT, related_name="sheet"
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=languages_to_write_in,
        default=SOURCE_LANGUAGE,
        help_text=_("The language you write this sheet in."),
    )
    as_of = models.DateField(_("as of"), help_text=_("The day you last checked every line."))
    check_again_after = models.DateField(
        _("check again after"), help_text=_("From the next day on, pages say that this sheet needs a check.")
    )
    live_animals = models.TextField(
        _("live animals"),
        max_length=TEXT_LENGTH,
        blank=True,
        help_text=_(
            "Safety first: the first paragraph is always shown, what follows an empty line opens on a tap."
        ),
    )
    waste = models.TextField(
        _("waste"),
        max_length=TEXT_LENGTH,
        blank=True,
        help_text=_("Safety first, then an empty line, then where it stays and who decides."),
    )
    cylinders = models.TextField(
        _("cylinders"),
        max_length=TEXT_LENGTH,
        blank=True,
        help_text=_("Safety first, then an empty line, then where they stay and who decides."),
    )

    objects = CountrySheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("country sheet")
        verbose_name_plural = _("country sheets")
        ordering = ["administration__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(check_again_after__gt=F("as_of")),
                name="sheet_is_checked_again_later",
                violation_error_message=_("The next check must come after the last one."),
            )
        ]

    def __str__(self) -> str:
        return str(self.administration)

    def clean(self) -> None:
        super().clean()
        if self.as_of and self.as_of > timezone.localdate():
            raise ValidationError({"as_of": _("This day has not come yet.")})
        same = CountrySheet.objects.filter(administration_id=self.administration_id).exclude(pk=self.pk)
        if self.administration_id and same.exists():
            raise ValidationError(_("This administration already has a sheet. Edit that one."))

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "guide/country.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        return {**super().get_preview_context(request, mode_name), "sheet": self}

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    @property
    def is_example(self) -> bool:
        return self.administration.is_example

    @property
    def needs_a_check(self) -> bool:
        return self.check_again_after < timezone.localdate()

    def instruction(self, situation: str) -> str:
        return (
            {
                Situation.LIVE_ANIMALS: self.live_animals,
                Situation.WASTE: self.waste,
                Situation.CYLINDERS: self.cylinders,
            }[Situation(situation)]
            .replace("\r\n", "\n")
            .strip()
        )

    def rules_for(self, item: ReferenceItem, line: set[int]) -> list["NationalRule"]:
        """The rules about an item, what it belongs to (`line`), or an instrument that lists it."""
        listed = {status.instrument for status in item.statuses.all() if status.listed and not status.ended}
        return [rule for rule in self.rules.all() if rule.item_id in line or rule.instrument in listed]

    def national_codes(self, item: ReferenceItem) -> list["TariffLine"]:
        """The national codes below any of an item's headings; not below those that it hides under.

        Everybody of the administration reads the sheet; where goods hide, officers alone are told.
        """
        links = [link for link in item.hs_links.all() if link.role != link.Role.MISUSED]
        headings = tuple(_digits(link.code) for link in links)
        return [line for line in self.tariff_lines.all() if _digits(line.hs_code).startswith(headings)]


class SheetPart(Orderable):
    """A row of a country sheet."""

    class Meta(Orderable.Meta):
        abstract = True


class Authority(SheetPart):
    """Somebody to call, and when they answer."""

    class Role(models.TextChoices):
        EMERGENCY = "emergency", _("Fire service and ambulance")
        DUTY = "duty", _("Customs duty desk")
        CITES = "cites", _("CITES Management Authority")
        WILDLIFE = "wildlife", _("Police or wildlife enforcement")
        RESCUE = "rescue", _("Rescue centre for live animals")
        BASEL = "basel", _("Basel competent authority")
        OZONE = "ozone", _("National ozone unit")
        CHEMICALS = "chemicals", _("Chemicals authority")
        PLANT_HEALTH = "plant_health", _("Plant health service")
        LABORATORY = "laboratory", _("Laboratory")

    sheet = ParentalKey(CountrySheet, on_delete=models.CASCADE, related_name="authorities")
    role = models.CharField(_("what for"), max_length=20, choices=Role)
    name = models.CharField(_("name"), max_length=160)
    telephone = models.CharField(
        _("telephone"),
        max_length=40,
        help_text=_(
            "With + and the country's code. Only the fire service may have a short number, such as 112."
        ),
    )
    hours = models.CharField(
        _("when they answer"),
        max_length=80,
        help_text=_("Such as: day and night; or: Mon to Fri, 8:00–16:00."),
    )
    night_telephone = models.CharField(_("telephone at other hours"), max_length=40, blank=True)
    night_hours = models.CharField(_("when they answer that number"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    verified_on = models.DateField(
        _("called on"), null=True, blank=True, help_text=_("The day somebody last called and got an answer.")
    )

    class Meta(SheetPart.Meta):
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        errors = {}
        for field in ("telephone", "night_telephone"):
            try:
                if number := getattr(self, field):
                    short = self.role == self.Role.EMERGENCY
                    setattr(self, field, normalised(number, may_be_short=short))
            except ValidationError as error:
                errors[field] = error
        if bool(self.night_telephone) != bool(self.night_hours):
            errors.setdefault(
                "night_hours", ValidationError(_("Give both the number and the hours, or neither."))
            )
        if self.verified_on and self.verified_on > timezone.localdate():
            errors["verified_on"] = ValidationError(_("This day has not come yet."))
        if errors:
            raise ValidationError(errors)

    @property
    def tel(self) -> str:
        return tel_uri(self.telephone)

    @property
    def night_tel(self) -> str:
        return tel_uri(self.night_telephone) if self.night_telephone else ""


class NationalRule(SheetPart):
    """Where national law goes further than a treaty: about an item and all beneath it, or an instrument."""

    sheet = ParentalKey(CountrySheet, on_delete=models.CASCADE, related_name="rules")
    item = models.ForeignKey(
        ReferenceItem,
        verbose_name=_("thing of the guide"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Also holds for all that the guide puts beneath it."),
    )
    instrument = models.CharField(
        _("or everything listed by"), max_length=20, choices=LegalStatus.Instrument, blank=True
    )
    text = models.TextField(
        _("what the rule asks"),
        max_length=TEXT_LENGTH,
        help_text=_("What it asks of the officer, then why."),
    )
    source = models.CharField(_("source"), max_length=300, help_text=_("The law or order, and its article."))
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    as_of = models.DateField(_("as of"), help_text=_("The day you last read the source."))

    class Meta(SheetPart.Meta):
        verbose_name = _("national rule")
        verbose_name_plural = _("national rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, instrument="") | Q(item=None) & ~Q(instrument=""),
                name="rule_is_about_an_item_or_an_instrument",
                violation_error_message=_("Choose either a thing of the guide or an instrument."),
            )
        ]

    def __str__(self) -> str:
        return self.source

    def as_it_stands(self) -> dict[str, Any]:
        """A plain copy to keep with an identification: what the rule said on that day."""

        def iso(day: datetime.date | None) -> str | None:
            return day.isoformat() if day else None

        return {
            "jurisdiction": str(self.sheet.administration),
            "instrument": self.instrument,
            "text": self.text,
            "language": self.sheet.language,
            "source": self.source,
            "in_force_from": iso(self.in_force_from),
            "as_of": iso(self.as_of),
            "check_again_after": iso(self.sheet.check_again_after),
            "example": self.sheet.is_example,
        }


class TariffLine(SheetPart):
    """The national digits behind a six-digit code of the Harmonized System."""

    sheet = ParentalKey(CountrySheet, on_delete=models.CASCADE, related_name="tariff_lines")
    hs_code = models.CharField(_("HS code"), max_length=10, help_text=_("Six digits, such as 0507.10."))
    national_code = models.CharField(
        _("national code"), max_length=20, help_text=_("The whole code, the HS digits included.")
    )
    note = models.CharField(_("what it is for"), max_length=200, blank=True)

    class Meta(SheetPart.Meta):
        verbose_name = _("national tariff code")
        verbose_name_plural = _("national tariff codes")

    def __str__(self) -> str:
        return self.national_code

    def clean(self) -> None:
        super().clean()
        # What is missing altogether is said by the fields; a draft may lack it.
        digits, national = _digits(self.hs_code), _digits(self.national_code)
        if self.hs_code and len(digits) != 6:
            raise ValidationError({"hs_code": _("Give the six digits of the HS code, such as 0507.10.")})
        if self.hs_code:
            self.hs_code = f"{digits[:4]}.{digits[4:]}"
        if self.national_code and (not national.startswith(digits) or len(national) <= len(digits)):
            raise ValidationError(
                {
                    "national_code": _(
                        "The national code begins with the six digits of its HS code and goes on."
                    )
                }
            )


def _digits(code: str) -> str:
    """The digits of a code. Empty where it holds anything but digits, dots and spaces."""
    return re.sub(r"[. ]", "", code) if re.fullmatch(r"[0-9. ]+", code) else ""
