"""Answers to the questions inside lessons: they teach, and count for nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models import Question

from .enrolment import Enrolment


class PracticeAnswer(models.Model):
    """What someone answered in a lesson. The first answer stays, so that its feedback stays true."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="practice_answers"
    )
    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="practice_answers"
    )
    chosen = models.JSONField(_("chosen"), help_text=_("Ids of the choices."))
    right = models.BooleanField(_("right"))
    answered_at = models.DateTimeField(_("answered at"), auto_now_add=True)

    class Meta:
        verbose_name = _("answer in a lesson")
        verbose_name_plural = _("answers in lessons")
        ordering = ["answered_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "question"], name="one_practice_answer_a_question")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.question_id}"
