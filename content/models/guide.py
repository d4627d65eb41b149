"""The reference guide: what an officer may need to name, and how to know it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from accounts.access import Audience, Open, ReachQuerySet
from content.languages import SOURCE_LANGUAGE, reader_language
from content.querysets import ReferenceItemQuerySet

from .translated import TranslatedRecord


class Hazard(TranslatedRecord):
    """Something that can hurt the officer, and what to do before anything else."""

    key = models.SlugField(_("key"), unique=True)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("what to do first"))

    class Meta:
        verbose_name = _("hazard")
        verbose_name_plural = _("hazards")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.words("title", SOURCE_LANGUAGE)


class Advice(TranslatedRecord):
    """A list that several items share: documents to ask for, or next steps; one point a line."""

    class Kind(models.TextChoices):
        DOCUMENTS = "documents", _("Documents to ask for")
        NEXT_STEPS = "next_steps", _("Next steps")

    key = models.SlugField(_("key"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    points = models.TextField(_("points, one a line"))

    class Meta:
        verbose_name = _("advice")
        verbose_name_plural = _("advice")
        ordering = ["kind", "key"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="advice_key_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.key}"


class ReferenceItem(TranslatedRecord, ClusterableModel):
    """One thing an officer may need to name."""

    class Kind(models.TextChoices):
        TAXON = "taxon", _("Animal or plant")
        PRODUCT = "product", _("Product of an animal or plant")
        TIMBER = "timber", _("Timber")
        DEVICE = "device", _("Electrical or electronic device")
        SUBSTANCE = "substance", _("Substance in a container")

    key = models.SlugField(_("key"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
    )
    position = models.PositiveIntegerField(_("position in the guide"), default=0)
    scientific_name = models.CharField(_("scientific name"), max_length=120, blank=True)
    backbone_classes = models.JSONField(
        _("names the recogniser knows it by"),
        default=list,
        blank=True,
        help_text=_(
            "Class names of the recogniser's backbone. Empty: a photo alone can't find this item yet."
        ),
    )
    demonstration = models.BooleanField(
        _("demonstration only"),
        default=False,
        help_text=_("Whole animals show how the recogniser works; goods are seldom whole animals."),
    )
    summary = models.TextField(_("summary"))
    concealment = models.TextField(
        _("how it is hidden or misdeclared"),
        blank=True,
        help_text=_("Shown to those who may identify, and to nobody else."),
    )
    concealment_source = models.CharField(_("source of how it is hidden"), max_length=300, blank=True)
    concealment_verified = models.BooleanField(_("how it is hidden: read by an expert"), default=False)
    hazards = ParentalManyToManyField(Hazard, verbose_name=_("hazards"), blank=True, related_name="items")
    documents = models.ForeignKey(
        Advice,
        verbose_name=_("documents to ask for"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Advice.Kind.DOCUMENTS},
        null=True,
        blank=True,
    )
    next_steps = models.ForeignKey(
        Advice,
        verbose_name=_("next steps"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Advice.Kind.NEXT_STEPS},
        null=True,
        blank=True,
    )
    protocol = models.ForeignKey(
        "content.Protocol",
        verbose_name=_("protocol"),
        on_delete=models.PROTECT,
        related_name="items",
        null=True,
        blank=True,
    )

    reaches = (Open(Audience.EVERYBODY),)
    objects = ReferenceItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference item")
        verbose_name_plural = _("reference items")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name_in(SOURCE_LANGUAGE)[0]

    def get_absolute_url(self) -> str:
        return reverse("guide:item", args=[self.key])

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for name in sorted(self.common_names.all(), key=lambda name: (not name.preferred, name.pk or 0)):
            names.setdefault(name.language, []).append(name.name)
        return names

    def name_in(self, language: str) -> tuple[str, str]:
        """The preferred name and the language it is in: the asked one, else English, else the key."""
        for candidate in (language, SOURCE_LANGUAGE):
            if self._names.get(candidate):
                return self._names[candidate][0], candidate
        return self.scientific_name or self.key, SOURCE_LANGUAGE

    @property
    def name(self) -> str:
        """The preferred name in the reader's language."""
        return self.name_in(reader_language())[0]

    @property
    def other_names(self) -> list[str]:
        return self._names.get(reader_language(), [])[1:]

    @property
    def known_by_name(self) -> bool:
        return bool(self.backbone_classes)

    def ancestors(self) -> list["ReferenceItem"]:
        """Parents, nearest first. A cycle in the data ends the walk instead of the worker."""
        found: list[ReferenceItem] = []
        item = self.parent
        while item is not None and item not in found and item != self:
            found.append(item)
            item = item.parent
        return found


class CommonName(models.Model):
    """What people call an item in a language; several a language, one of them preferred."""

    item = ParentalKey(ReferenceItem, on_delete=models.CASCADE, related_name="common_names")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    region = models.CharField(_("region where it is said"), max_length=60, blank=True)
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


class FieldMark(TranslatedRecord):
    """Something to look at on the thing itself, and what it tells."""

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
