"""Attempts at a quiz: a state machine that the database holds to its rules.

    started --submit--> closed

While an attempt is started, its answers may change and nothing about right or wrong leaves the server.
Submitting grades it and closes it in one step; a closed attempt never changes.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from content.models import Choice, Question, Quiz
from learning.querysets import AttemptAnswerQuerySet, AttemptQuerySet

from .enrolment import Enrolment


class Attempt(models.Model):
    """One try at the quiz of a module."""

    class State(models.TextChoices):
        STARTED = "started", _("Started")
        CLOSED = "closed", _("Closed")

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="attempts"
    )
    quiz = models.ForeignKey(Quiz, verbose_name=_("quiz"), on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.STARTED)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark in per cent"), help_text=_("As it stood when the attempt was started.")
    )
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    score = models.PositiveSmallIntegerField(_("questions answered rightly"), null=True, blank=True)
    out_of = models.PositiveSmallIntegerField(_("questions"), null=True, blank=True)
    passed = models.BooleanField(_("passed"), null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "number"], name="attempt_number_once"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(state="started"), name="one_open_attempt_an_enrolment"
            ),
            models.CheckConstraint(
                condition=Q(state="started", closed_at=None, score=None, out_of=None, passed=None)
                | Q(
                    state="closed",
                    closed_at__isnull=False,
                    score__isnull=False,
                    out_of__isnull=False,
                    passed__isnull=False,
                ),
                name="attempt_has_a_result_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(out_of=None) | Q(out_of__gte=1, score__lte=F("out_of")),
                name="attempt_score_within_reach",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.STARTED

    @property
    def may_show_answers(self) -> bool:
        """Whether what is right may leave the server: not while another attempt asks the same questions."""
        return not self.is_open and not self.enrolment.attempts.filter(state=self.State.STARTED).exists()

    @property
    def percent(self) -> int:
        """The result in whole per cent, rounded down: nobody reads 80 and has not passed with 80."""
        return 100 * (self.score or 0) // (self.out_of or 1)


class AttemptAnswer(models.Model):
    """A question's place in an attempt, and the answer once there is one.

    All places are made when the attempt starts. So the order is fixed, and an answer
    to a question that isn't in the attempt has no row to go to.
    """

    attempt = models.ForeignKey(
        Attempt, verbose_name=_("attempt"), on_delete=models.CASCADE, related_name="answers"
    )
    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.PROTECT, related_name="attempt_answers"
    )
    place = models.PositiveSmallIntegerField(_("place"))
    choice_order = models.JSONField(_("order of the choices"), help_text=_("Ids of the choices, as shown."))
    chosen = models.JSONField(_("chosen"), null=True, blank=True, help_text=_("Ids of the choices."))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    right = models.BooleanField(_("right"), null=True, blank=True, help_text=_("Known once graded."))

    objects = AttemptAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer in an attempt")
        verbose_name_plural = _("answers in attempts")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "question"], name="question_once_an_attempt"),
            models.UniqueConstraint(fields=["attempt", "place"], name="place_once_an_attempt"),
            models.CheckConstraint(
                condition=Q(chosen__isnull=True, answered_at=None)
                | Q(chosen__isnull=False, answered_at__isnull=False),
                name="answer_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.place}"

    @property
    def answered(self) -> bool:
        return self.answered_at is not None

    def choices_as_shown(self) -> list[Choice]:
        """The question's choices in this attempt's order; one added since comes last."""
        shown = {pk: index for index, pk in enumerate(self.choice_order)}
        return sorted(self.question.choices.all(), key=lambda choice: shown.get(choice.pk, len(shown)))

    def is_right(self) -> bool:
        """Compare with the question's key: all of the right choices and no other."""
        return self.chosen is not None and set(self.chosen) == self.question.right_choices()
