"""What this app holds about a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal_data import Holding, hold

from .models import Attempt, AttemptAnswer, Enrolment, PracticeAnswer


def register() -> None:
    """Called once, when the app is ready."""
    hold(
        Holding(
            "learning",
            _("Your learning"),
            tell=_learning,
            erase=_erase_learning,
            goes=_("Your progress, your answers and the results of your quizzes."),
        )
    )


def _learning(person: User) -> list[dict[str, Any]]:
    """What was chosen, but not what is right: an answer never leaves the server with an export."""
    enrolments = Enrolment.objects.of(person).prefetch_related(
        "lessons",
        "practice_answers__question__choices",
        "attempts__answers__question__choices",
    )
    return [
        {
            "module": enrolment.module_key,
            "started_at": enrolment.started_at,
            "lessons": [
                {"lesson": one.lesson_key, "opened_at": one.opened_at, "done_at": one.done_at}
                for one in enrolment.lessons.all()
            ],
            "practice": [_chosen(one) for one in enrolment.practice_answers.all()],
            "attempts": [_attempt(one) for one in enrolment.attempts.all()],
        }
        for enrolment in enrolments
    ]


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "number": attempt.number,
        "started_at": attempt.started_at,
        "closed_at": attempt.closed_at,
        "score": attempt.score,
        "out_of": attempt.out_of,
        "passed": attempt.passed,
        "answers": [_chosen(one) for one in attempt.answers.all()],
    }


def _chosen(answer: AttemptAnswer | PracticeAnswer) -> dict[str, Any]:
    chosen = set(answer.chosen or [])
    return {
        "question": answer.question.key,
        "chosen": [choice.key for choice in answer.question.choices.all() if choice.pk in chosen],
        "answered_at": answer.answered_at,
    }


def _erase_learning(person: User) -> None:
    Enrolment.objects.of(person).delete()
