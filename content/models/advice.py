"""What several items share: hazards, and lists of papers and steps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.languages import SOURCE_LANGUAGE

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
    """A list that several items share: papers to ask for, what to do next, what follows; one point a line."""

    class Kind(models.TextChoices):
        DOCUMENTS = "documents", _("Documents to ask for")
        NEXT_STEPS = "next_steps", _("Next steps")
        AFTER_DETENTION = "after_detention", _("After detention")

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
