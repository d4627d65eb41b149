"""The reference guide: what an officer may need to name, and how to know it."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel

from accounts.access import Audience, Open
from content.guide_rules import problems_of_item
from content.languages import LANGUAGES, SOURCE_LANGUAGE, reader_language
from content.querysets import ReferenceItemQuerySet

from .advice import Advice, Hazard
from .published import PublishedRecord

if TYPE_CHECKING:
    from .item_parts import CommonName


class ReferenceItem(PublishedRecord, ClusterableModel):
    """One thing an officer may need to name."""

    class Kind(models.TextChoices):
        TAXON = "taxon", _("Animal or plant")
        PRODUCT = "product", _("Product of an animal or plant")
        TIMBER = "timber", _("Timber")
        DEVICE = "device", _("Electrical or electronic device")
        SUBSTANCE = "substance", _("Substance in a container")
        WASTE = "waste", _("Waste")

    class Form(models.TextChoices):
        """The part or the device that an officer has in front of them."""

        LIVE_ANIMAL = "live-animal", _("Live or whole animal")
        LIVE_PLANT = "live-plant", _("Live plant")
        TUSK_OR_TOOTH = "tusk-or-tooth", _("Tusk, tooth or bone")
        HORN_OR_ANTLER = "horn-or-antler", _("Horn or casque")
        SKIN_OR_LEATHER = "skin-or-leather", _("Skin or leather")
        SCALE_OR_PLATE = "scale-or-plate", _("Scale or plate")
        SHELL_OR_CORAL = "shell-or-coral", _("Shell or coral")
        FIN = "fin", _("Fin")
        MEAT_OR_ORGAN = "meat-or-organ", _("Meat or organ")
        EGG_OR_ROE = "egg-or-roe", _("Egg or roe")
        DRIED_BODY = "dried-body", _("Dried body")
        WOOD = "wood", _("Wood")
        ROOT_OR_RESIN = "root-or-resin", _("Root or resin")
        COMPUTER = "computer", _("Computer or part of one")
        SCREEN = "screen", _("Screen")
        TELEPHONE = "telephone", _("Telephone or modem")
        SOUND_OR_PICTURE = "sound-or-picture", _("Device for sound or pictures")
        APPLIANCE = "appliance", _("Household appliance")
        BATTERY = "battery", _("Battery")
        PART_OR_CABLE = "part-or-cable", _("Part or cable")
        CARTRIDGE_OR_LAMP = "cartridge-or-lamp", _("Cartridge or lamp")
        SCRAP = "scrap", _("Scrap or loose waste")
        CYLINDER = "cylinder", _("Gas cylinder")

    key = models.SlugField(_("key"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    form = models.CharField(_("part or device"), max_length=20, choices=Form, blank=True)
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
    after_detention = models.ForeignKey(
        Advice,
        verbose_name=_("after detention"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Advice.Kind.AFTER_DETENTION},
        null=True,
        blank=True,
    )
    figure = models.SlugField(
        _("drawn figure"), blank=True, help_text=_("The name of a figure that the library has drawn.")
    )
    protocol = models.ForeignKey(
        "content.Protocol",
        verbose_name=_("protocol"),
        on_delete=models.PROTECT,
        related_name="items",
        null=True,
        blank=True,
    )

    preview_page = "content.previews.item_preview"
    # A draft is for those who write the guide.
    reaches = (Open(Audience.EVERYBODY, only=models.Q(live=True)), Open(Audience.EDITORS))
    objects = ReferenceItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference item")
        verbose_name_plural = _("reference items")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name_in(SOURCE_LANGUAGE)[0]

    def get_absolute_url(self) -> str:
        return reverse("guide:item", args=[self.key])

    def publishing_problems(self) -> list[str]:
        return problems_of_item(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        # The names are written one by one: the one that is preferred no more makes room first.
        # A draft is kept by `update_fields`, and leaves the names that readers see alone.
        names = getattr(self, "_cluster_related_objects", {}).get("common_names")
        if self.pk and names is not None and kwargs.get("update_fields") is None:
            preferred = [name.pk for name in names if name.preferred]
            stored = type(self)(pk=self.pk).common_names.get_live_queryset()
            stored.filter(preferred=True).exclude(pk__in=preferred).update(preferred=False)
        super().save(*args, **kwargs)

    @cached_property
    def _names(self) -> dict[str, list["CommonName"]]:
        names: dict[str, list[CommonName]] = {}
        for name in sorted(self.common_names.all(), key=lambda name: (not name.preferred, name.pk or 0)):
            names.setdefault(name.language, []).append(name)
        return names

    def name_in(self, language: str) -> tuple[str, str]:
        """The preferred name and the language it is in: the asked one, else English, else the key."""
        for candidate in (language, SOURCE_LANGUAGE):
            if self._names.get(candidate):
                return self._names[candidate][0].name, candidate
        return self.scientific_name or self.key, SOURCE_LANGUAGE

    @property
    def name(self) -> str:
        """The preferred name in the reader's language."""
        return self.name_in(reader_language())[0]

    @property
    def name_language(self) -> str:
        """The language that `name` is in."""
        return self.name_in(reader_language())[1]

    @property
    def other_names(self) -> list["CommonName"]:
        """What else it is called in the reader's language."""
        return self._names.get(reader_language(), [])[1:]

    @property
    def names_elsewhere(self) -> list[tuple[str, list["CommonName"]]]:
        """What it is called in the other languages, by language: papers come in any of them."""
        return [
            (language, self._names[language])
            for language in LANGUAGES
            if language != reader_language() and self._names.get(language)
        ]

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
