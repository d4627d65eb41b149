"""Protocols: checks to carry out step by step, safety first."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from content.languages import SOURCE_LANGUAGE
from content.querysets import ProtocolQuerySet

from .translated import TranslatedRecord


class Protocol(TranslatedRecord, ClusterableModel):
    """Numbered steps with a written outcome. Defined here, walked through by `content.protocol_walk`."""

    key = models.SlugField(_("key"), unique=True)
    version = models.PositiveSmallIntegerField(
        _("version"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("Raise it when a step changes, or where one leads: an outcome names its version."),
    )
    title = models.CharField(_("title"), max_length=120)
    intro = models.TextField(_("introduction"))
    safety = models.TextField(_("safety, before the first step"))
    source = models.CharField(_("source"), max_length=300)
    verified = models.BooleanField(_("read by an expert"), default=False)

    objects = ProtocolQuerySet.as_manager()

    class Meta:
        verbose_name = _("protocol")
        verbose_name_plural = _("protocols")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.words("title", SOURCE_LANGUAGE)

    def get_absolute_url(self) -> str:
        return reverse("guide:protocol", args=[self.key])


class ProtocolStep(TranslatedRecord, ClusterableModel):
    """One step of a protocol: something to do, something to answer, or something to measure."""

    # Wagtail's name for the field by which an editor's order is kept.
    sort_order_field = "position"

    class Kind(models.TextChoices):
        INSTRUCTION = "instruction", _("Something to do")
        QUESTION = "question", _("A question with answers")
        MEASUREMENT = "measurement", _("A measurement, averaged")

    class Unit(models.TextChoices):
        DEGREE = "degree", _("degrees")
        MILLIMETRE = "millimetre", _("millimetres")
        GRAM = "gram", _("grams")
        KILOGRAM = "kilogram", _("kilograms")

    protocol = ParentalKey(Protocol, on_delete=models.CASCADE, related_name="steps")
    key = models.SlugField(_("key"))
    position = models.PositiveIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.INSTRUCTION)
    title = models.CharField(_("title"), max_length=160)
    safety = models.TextField(
        _("what can hurt in this step"), blank=True, help_text=_("Shown before the step, as a warning.")
    )
    text = models.TextField(_("what to do, and why"))
    leads_to = models.SlugField(
        _("leads to"),
        blank=True,
        help_text=_("For something to do: the key of a step or an outcome. Empty: the step below."),
    )
    unit = models.CharField(_("unit"), max_length=20, choices=Unit, blank=True)
    readings_least = models.PositiveSmallIntegerField(
        _("fewest readings"), default=1, validators=[MinValueValidator(1)]
    )
    readings_most = models.PositiveSmallIntegerField(
        _("most readings"), default=1, validators=[MinValueValidator(1)]
    )
    lowest = models.DecimalField(_("lowest reading"), max_digits=9, decimal_places=3, null=True, blank=True)
    highest = models.DecimalField(_("highest reading"), max_digits=9, decimal_places=3, null=True, blank=True)
    figure = models.SlugField(
        _("drawn figure"), blank=True, help_text=_("The name of a figure that the library has drawn.")
    )
    source = models.CharField(_("source"), max_length=300)
    verified = models.BooleanField(_("read by an expert"), default=False)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["protocol", "key"], name="step_key_once_a_protocol"),
            models.CheckConstraint(
                condition=Q(readings_most__gte=F("readings_least")),
                name="step_takes_its_fewest_readings",
                violation_error_message=_("There are fewer readings at most than at least."),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ProtocolAnswer(TranslatedRecord):
    """What a question may be answered with, or where an average may lie; and where that leads.

    A measurement goes by the first of its answers, in their order, whose limits hold the average. The last
    one has no limits and holds all the rest.
    """

    sort_order_field = "position"

    step = ParentalKey(ProtocolStep, on_delete=models.CASCADE, related_name="answers")
    key = models.SlugField(_("key"))
    position = models.PositiveIntegerField(_("position"), default=0)
    text = models.CharField(_("answer"), max_length=200)
    leads_to = models.SlugField(
        _("leads to"), help_text=_("The key of a step or an outcome of this protocol.")
    )
    above = models.DecimalField(_("average above"), max_digits=9, decimal_places=3, null=True, blank=True)
    below = models.DecimalField(_("average below"), max_digits=9, decimal_places=3, null=True, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["step", "key"], name="answer_key_once_a_step")]

    def __str__(self) -> str:
        return self.key

    @property
    def has_limits(self) -> bool:
        return self.above is not None or self.below is not None

    def holds(self, average: Decimal) -> bool:
        """Whether an average lies within the limits, which themselves lie outside."""
        return (self.above is None or average > self.above) and (self.below is None or average < self.below)


class ProtocolOutcome(TranslatedRecord):
    """What a protocol may end in, and what to do then."""

    sort_order_field = "position"

    class Tone(models.TextChoices):
        GO = "go", _("Go on")
        CHECK = "check", _("Check")
        STOP = "stop", _("Stop")

    protocol = ParentalKey(Protocol, on_delete=models.CASCADE, related_name="outcomes")
    key = models.SlugField(_("key"))
    position = models.PositiveIntegerField(_("position"), default=0)
    tone = models.CharField(_("tone"), max_length=10, choices=Tone, default=Tone.CHECK)
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("what it means, and what to do"))

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["protocol", "key"], name="outcome_key_once_a_protocol")
        ]

    def __str__(self) -> str:
        return self.key
