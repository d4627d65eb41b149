"""Answering attempts in tests."""

from learning.actions import save_answer
from learning.models import Attempt, AttemptAnswer


def right_ids(answer: AttemptAnswer) -> list[int]:
    return sorted(answer.question.right_choices())


def wrong_ids(answer: AttemptAnswer) -> list[int]:
    return [next(choice.pk for choice in answer.question.choices.all() if not choice.right)]


def answer_all(attempt: Attempt, rightly: int) -> None:
    """Answer every question, the first ones rightly."""
    for index, answer in enumerate(attempt.answers.all()):
        save_answer(attempt, answer.place, right_ids(answer) if index < rightly else wrong_ids(answer))
