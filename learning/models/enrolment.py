"""Who takes part in which module, and how far they have read.

Everything is keyed to a page's translation key: a lesson is one lesson, whatever the language it is read in.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.querysets import EnrolmentQuerySet


class Enrolment(models.Model):
    """A person takes part in a module."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="enrolments",
    )
    module_key = models.UUIDField(_("module"), db_index=True)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["started_at", "id"]
        constraints = [models.UniqueConstraint(fields=["user", "module_key"], name="enrolled_once_a_module")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.module_key}"


class LessonProgress(models.Model):
    """How far someone has come in a lesson: the block they stopped at, and whether they are done."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="lessons"
    )
    lesson_key = models.UUIDField(_("lesson"))
    block = models.CharField(
        _("block"), max_length=36, blank=True, help_text=_("Id of the block last read. Empty: the beginning.")
    )
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    read_at = models.DateTimeField(_("last read at"), auto_now_add=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        verbose_name = _("progress in a lesson")
        verbose_name_plural = _("progress in lessons")
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson_key"], name="one_progress_a_lesson")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.lesson_key}"

    @property
    def done(self) -> bool:
        return self.done_at is not None
