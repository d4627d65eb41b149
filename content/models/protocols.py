"""Protocols: checks to carry out step by step, safety first."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from content.languages import SOURCE_LANGUAGE

from .translated import TranslatedRecord


class Protocol(TranslatedRecord, ClusterableModel):
    """Numbered steps with a written outcome. Defined here, run in `identify`."""

    key = models.SlugField(_("key"), unique=True)
    title = models.CharField(_("title"), max_length=120)
    intro = models.TextField(_("introduction"))
    safety = models.TextField(_("safety, before the first step"))
    source = models.CharField(_("source"), max_length=300)
    verified = models.BooleanField(_("read by an expert"), default=False)

    class Meta:
        verbose_name = _("protocol")
        verbose_name_plural = _("protocols")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.words("title", SOURCE_LANGUAGE)

    def get_absolute_url(self) -> str:
        return reverse("guide:protocol", args=[self.key])


class ProtocolStep(TranslatedRecord):
    """One step of a protocol."""

    protocol = ParentalKey(Protocol, on_delete=models.CASCADE, related_name="steps")
    key = models.SlugField(_("key"))
    position = models.PositiveIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("what to do, and why"))

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["protocol", "key"], name="step_key_once_a_protocol")]

    def __str__(self) -> str:
        return self.key


class ProtocolOutcome(TranslatedRecord):
    """What a protocol may end in, and what to do then."""

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
