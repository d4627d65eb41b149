"""Starting, answering and submitting a quiz.

Each write first locks the row that decides, so two tabs or a double click come one after the other.
(SQLite has no row locks; there `transaction_mode` IMMEDIATE lets one writer in at a time.)
"""

from collections.abc import Collection
from secrets import SystemRandom
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from content.models import Question, Quiz
from learning.models import Attempt, AttemptAnswer, Enrolment

from .reading import enrol


class NothingToAskError(Exception):
    """The quiz has no questions."""


class AttemptClosedError(Exception):
    """The attempt was submitted; its answers don't change any more."""


class NotInAttemptError(Exception):
    """The attempt doesn't ask this question, or the question offers no such choice."""


@transaction.atomic
def start_attempt(user: User, module_key: UUID, quiz: Quiz) -> Attempt:
    """Start an attempt, or go on with the one that is open; raise NothingToAskError for an empty quiz."""
    enrolment = Enrolment.objects.select_for_update().get(pk=enrol(user, module_key).pk)
    already_open = enrolment.attempts.open().first()
    if already_open is not None:
        return already_open
    questions = list(Question.objects.filter(places__quiz=quiz).prefetch_related("choices"))
    if not questions:
        raise NothingToAskError(quiz.key)
    last = enrolment.attempts.aggregate(last=Max("number"))["last"] or 0
    attempt = enrolment.attempts.create(quiz=quiz, number=last + 1, pass_mark=quiz.pass_mark)
    _lay_out(attempt, questions)
    return attempt


def _lay_out(attempt: Attempt, questions: list[Question]) -> None:
    chance = SystemRandom()
    chance.shuffle(questions)
    places = []
    for place, question in enumerate(questions, start=1):
        order = [choice.pk for choice in question.choices.all()]
        chance.shuffle(order)
        places.append(AttemptAnswer(attempt=attempt, question=question, place=place, choice_order=order))
    AttemptAnswer.objects.bulk_create(places)


@transaction.atomic
def save_answer(attempt: Attempt, place: int, chosen: Collection[int]) -> None:
    """Save an answer at once; the same answer again changes nothing, another one replaces it.

    Raise AttemptClosedError after submission, NotInAttemptError for what the attempt doesn't ask or offer.
    """
    _lock(attempt)
    if not attempt.is_open:
        raise AttemptClosedError
    answer = attempt.answers.filter(place=place).first()
    if answer is None or not chosen or not set(chosen) <= set(answer.choice_order):
        raise NotInAttemptError
    if answer.chosen == sorted(chosen):
        return
    answer.chosen = sorted(chosen)
    answer.answered_at = timezone.now()
    answer.save(update_fields=["chosen", "answered_at"])


@transaction.atomic
def submit_attempt(attempt: Attempt) -> Attempt:
    """Grade and close an attempt; one that is closed already keeps its result."""
    _lock(attempt)
    if not attempt.is_open:
        return attempt
    answers = list(attempt.answers.with_words())
    for answer in answers:
        answer.right = answer.is_right()
    AttemptAnswer.objects.bulk_update(answers, ["right"])
    attempt.state = Attempt.State.CLOSED
    attempt.closed_at = timezone.now()
    attempt.score = sum(answer.right is True for answer in answers)
    attempt.out_of = len(answers)
    attempt.passed = attempt.score * 100 >= attempt.pass_mark * attempt.out_of
    attempt.save()
    return attempt


def _lock(attempt: Attempt) -> None:
    """Hold the attempt against every other writer, and see it as it is now."""
    attempt.refresh_from_db(from_queryset=Attempt.objects.select_for_update())
