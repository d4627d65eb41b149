"""What hangs on an item of the guide: its names, field marks and customs codes."""

from babel import Locale
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from accounts.access import Audience, Open, ReachQuerySet
from content.languages import SOURCE_LANGUAGE
from content.places import place_name

from .guide import ReferenceItem
from .translated import TranslatedRecord


def known_region(code: str) -> None:
    """Refuse what is neither a country's two letters nor a region's number."""
    if code not in Locale.parse(SOURCE_LANGUAGE).territories:
        raise ValidationError(
            _("“%(code)s” is no country and no region. Write two letters as in ISO 3166."),
            params={"code": code},
        )


class CommonName(models.Model):
    """What people call an item in a language; several a language, one of them preferred."""

    item = ParentalKey(ReferenceItem, on_delete=models.CASCADE, related_name="common_names")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    region = models.CharField(
        _("region where it is said"),
        max_length=3,
        blank=True,
        validators=[known_region],
        help_text=_("A country's two letters (ISO 3166), or the number of a region (419: Latin America)."),
    )
    name = models.CharField(_("name"), max_length=120)
    preferred = models.BooleanField(_("preferred"), default=False)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("common name")
        verbose_name_plural = _("common names")
        ordering = ["language", "-preferred", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "language"],
                condition=models.Q(preferred=True),
                name="one_preferred_name_a_language",
            ),
            models.UniqueConstraint(fields=["item", "language", "region", "name"], name="name_said_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def region_name(self) -> str:
        """The region in the reader's language; empty where the name is said everywhere."""
        return place_name(self.region) if self.region else ""


class FieldMark(TranslatedRecord):
    """Something to look at on the thing itself, and what it tells."""

    # Wagtail's name for the field by which an editor's order is kept.
    sort_order_field = "position"

    item = ParentalKey(ReferenceItem, on_delete=models.CASCADE, related_name="field_marks")
    key = models.SlugField(_("key"))
    position = models.PositiveIntegerField(_("position"), default=0)
    text = models.TextField(_("what to look at, and what it tells"))
    source = models.CharField(_("source"), max_length=300)
    verified = models.BooleanField(_("read by an expert"), default=False)

    class Meta:
        verbose_name = _("field mark")
        verbose_name_plural = _("field marks")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["item", "key"], name="field_mark_key_once_an_item")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.key}"

    @property
    def credit(self) -> tuple[str, bool]:
        """The source, and whether an expert has read the mark: said once for all marks that share both."""
        return self.source, self.verified


class HSLink(models.Model):
    """A heading of the Harmonized System that an item belongs under, becomes as waste, or hides under."""

    class Role(models.TextChoices):
        PROPER = "proper", _("Belongs here")
        WASTE = "waste", _("Belongs here as waste")
        MISUSED = "misused", _("Often declared here to hide it")

    item = ParentalKey(ReferenceItem, on_delete=models.CASCADE, related_name="hs_links")
    code = models.CharField(_("code"), max_length=7)
    role = models.CharField(_("role"), max_length=10, choices=Role)
    edition = models.PositiveSmallIntegerField(_("HS edition"), default=2022)

    # What goods are hidden under is for those who look for them.
    reaches = (
        Open(Audience.EVERYBODY, only=~models.Q(role="misused")),
        Open(Audience.OFFICERS),
    )
    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("HS code")
        verbose_name_plural = _("HS codes")
        ordering = ["role", "code"]
        constraints = [
            models.UniqueConstraint(fields=["item", "code", "role", "edition"], name="hs_code_once_a_role")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def heading(self) -> str:
        """The first four digits, under which the guide lists it."""
        return self.code.replace(".", "")[:4]
