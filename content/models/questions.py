"""The question bank: objectives, questions, and the quizzes drawn from them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from content.languages import SOURCE_LANGUAGE

from .guide import ReferenceItem
from .translated import TranslatedRecord


class Objective(TranslatedRecord):
    """Something a learner can do after a module."""

    key = models.SlugField(_("key"), unique=True)
    text = models.CharField(_("text"), max_length=300)

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.words("text", SOURCE_LANGUAGE)


class Question(TranslatedRecord, ClusterableModel):
    """A question of the bank. Its key never leaves the server before the answer counts."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("One answer is right")
        MULTIPLE = "multiple", _("Several answers may be right")

    key = models.SlugField(_("key"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    objective = models.ForeignKey(
        Objective, verbose_name=_("objective"), on_delete=models.PROTECT, related_name="questions"
    )
    items = ParentalManyToManyField(
        ReferenceItem, verbose_name=_("items it is about"), blank=True, related_name="questions"
    )
    text = models.TextField(_("question"))
    explanation = models.TextField(_("why the right answer is right"))
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.words("text", SOURCE_LANGUAGE)[:80]

    def right_choices(self) -> set[int]:
        return {choice.pk for choice in self.choices.all() if choice.right}


class Choice(TranslatedRecord):
    """One answer that a question offers, with what to say to someone who chose it."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="choices")
    key = models.SlugField(_("key"))
    position = models.PositiveIntegerField(_("position"), default=0)
    right = models.BooleanField(_("right"), default=False)
    text = models.TextField(_("answer"))
    feedback = models.TextField(_("feedback"))

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["question", "key"], name="choice_key_once_a_question")]

    def __str__(self) -> str:
        return self.key


class Quiz(TranslatedRecord, ClusterableModel):
    """The graded questions at the end of a module."""

    key = models.SlugField(_("key"), unique=True)
    title = models.CharField(_("title"), max_length=160)
    intro = models.TextField(_("introduction"))
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark in per cent"), validators=[MinValueValidator(1), MaxValueValidator(100)], default=80
    )

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.words("title", SOURCE_LANGUAGE)


class QuizQuestion(models.Model):
    """A question's place in a quiz."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="places")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="places")
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("question of the quiz")
        verbose_name_plural = _("questions of the quiz")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["quiz", "question"], name="question_once_a_quiz")]

    def __str__(self) -> str:
        return f"{self.quiz_id}: {self.question_id}"
