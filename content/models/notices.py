"""Terms of use and privacy notices: an administration's own, or the installation's; and who accepted them."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Administration
from content.languages import LANGUAGES, SOURCE_LANGUAGE, reader_language
from content.querysets import NoticeQuerySet

from .translated import TranslatedRecord


def today() -> Any:
    return timezone.localdate()


class Notice(TranslatedRecord):
    """One version of one notice. What people have accepted keeps its words: new words are a new version."""

    class Kind(models.TextChoices):
        TERMS = "terms", _("Terms of use")
        PRIVACY = "privacy", _("Privacy notice")

    administration = models.ForeignKey(
        Administration,
        verbose_name=_("administration"),
        on_delete=models.PROTECT,
        related_name="notices",
        null=True,
        blank=True,
        help_text=_("Leave empty for the notice of the whole installation."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    version = models.PositiveIntegerField(_("version"), default=1)
    valid_from = models.DateField(_("valid from"), default=today)
    title = models.CharField(_("title"), max_length=160, blank=True)
    text = models.TextField(_("text"), blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["administration__name", "-kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "version"],
                condition=Q(administration=None),
                name="notice_version_once_an_installation",
            ),
            models.UniqueConstraint(
                fields=["administration", "kind", "version"], name="notice_version_once_an_administration"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("notices:read")

    @property
    def needs_translation(self) -> bool:
        """An administration writes in the language of its own people."""
        return self.administration_id is None

    @property
    def language(self) -> str:
        """The language it is read in: the reader's, else English, else the first it has."""
        for language in (reader_language(), SOURCE_LANGUAGE, *LANGUAGES):
            if self.words("text", language):
                return language
        return SOURCE_LANGUAGE

    def clean(self) -> None:
        """Refuse a notice without words, and other words for what somebody has accepted."""
        if not any(self.words("text", language) for language in LANGUAGES):
            raise ValidationError(_("Write the text in at least one language."))
        if self.pk is None or not self.acceptances.exists():
            return
        before = Notice.objects.get(pk=self.pk)
        for language in LANGUAGES:
            for field in ("title", "text"):
                if before.words(field, language) not in ("", self.words(field, language)):
                    raise ValidationError(
                        _("People have accepted this version. Write a new version instead.")
                    )


class Acceptance(models.Model):
    """A person accepted a version of a notice, in a language, on a day."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="acceptances",
    )
    notice = models.ForeignKey(
        Notice, verbose_name=_("notice"), on_delete=models.PROTECT, related_name="acceptances"
    )
    language = models.CharField(_("language it was read in"), max_length=10, choices=settings.LANGUAGES)
    accepted_at = models.DateTimeField(_("accepted at"), auto_now_add=True)

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        ordering = ["accepted_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "notice"], name="notice_accepted_once_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.notice_id}"
