"""The attempt: a state machine that the database holds to its rules."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from learning.actions import (
    AttemptClosedError,
    NothingToAskError,
    NotInAttemptError,
    save_answer,
    start_attempt,
    submit_attempt,
)
from learning.models import Attempt, AttemptAnswer
from tests.factories import MadeModule, make_module, make_question, make_quiz, make_user

from .answering import answer_all, right_ids, wrong_ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(db: None) -> MadeModule:
    """In one language: an attempt knows nothing of languages."""
    return make_module(languages=("en",))


def test_an_attempt_asks_every_question_of_the_quiz_once(attempt, module):
    asked = [answer.question_id for answer in attempt.answers.all()]

    assert sorted(asked) == sorted(module.quiz.places.values_list("question_id", flat=True))


def test_starting_again_goes_on_with_the_open_attempt(attempt, trainee, module):
    assert start_attempt(trainee, module.key, module.quiz) == attempt


def test_the_order_of_questions_and_choices_is_fixed_at_the_start(attempt, trainee, module):
    before = list(attempt.answers.values_list("question_id", "choice_order"))

    again = start_attempt(trainee, module.key, module.quiz)

    assert list(again.answers.values_list("question_id", "choice_order")) == before


def test_the_order_differs_between_attempts(trainee, module):
    orders = set()
    for _ in range(20):
        attempt = start_attempt(trainee, module.key, module.quiz)
        orders.add(tuple(attempt.answers.values_list("question_id", flat=True)))
        submit_attempt(attempt)

    assert len(orders) > 1


def test_attempts_are_numbered(attempt, trainee, module):
    submit_attempt(attempt)

    assert start_attempt(trainee, module.key, module.quiz).number == attempt.number + 1


def test_a_quiz_without_questions_is_not_started(trainee, module):
    with pytest.raises(NothingToAskError):
        start_attempt(trainee, module.key, make_quiz([]))


def test_the_same_answer_again_changes_nothing(attempt):
    answer = attempt.answers.first()
    save_answer(attempt, 1, right_ids(answer))
    saved_at = attempt.answers.first().answered_at
    save_answer(attempt, 1, right_ids(answer))

    assert attempt.answers.first().answered_at == saved_at


def test_another_answer_replaces_the_first_while_the_attempt_is_open(attempt):
    answer = attempt.answers.first()
    save_answer(attempt, 1, wrong_ids(answer))
    save_answer(attempt, 1, right_ids(answer))

    assert attempt.answers.first().chosen == right_ids(answer)


def test_nothing_is_graded_while_the_attempt_is_open(attempt):
    answer_all(attempt, rightly=3)

    assert set(attempt.answers.values_list("right", flat=True)) == {None}
    assert attempt.score is None


@pytest.mark.parametrize("place", [0, 4])
def test_a_question_that_is_not_in_the_attempt_is_refused(attempt, place):
    with pytest.raises(NotInAttemptError):
        save_answer(attempt, place, [1])


def test_a_choice_of_another_question_is_refused(attempt):
    first, second = attempt.answers.all()[:2]

    with pytest.raises(NotInAttemptError):
        save_answer(attempt, first.place, right_ids(second))


def test_submitting_grades_and_closes(attempt):
    answer_all(attempt, rightly=2)
    submit_attempt(attempt)

    assert (attempt.state, attempt.score, attempt.out_of, attempt.passed) == ("closed", 2, 3, False)


def test_a_question_without_an_answer_counts_as_not_right(attempt):
    save_answer(attempt, 1, right_ids(attempt.answers.first()))

    assert submit_attempt(attempt).score == 1


def test_several_right_choices_must_all_be_chosen_and_no_other(trainee, module):
    question = make_question(kind="multiple", right="ab")
    key = {choice.key: choice.pk for choice in question.choices.all()}
    scores = []
    for chosen in ("ab", "a", "abc"):
        attempt = start_attempt(trainee, module.key, make_quiz([question]))
        save_answer(attempt, 1, [key[letter] for letter in chosen])
        scores.append(submit_attempt(attempt).score)

    assert scores == [1, 0, 0]


@pytest.mark.parametrize(("rightly", "passed"), [(4, True), (3, False)])
def test_the_pass_mark_decides(trainee, rightly, passed):
    module = make_module(questions=5)
    attempt = start_attempt(trainee, module.key, module.quiz)
    answer_all(attempt, rightly)

    assert submit_attempt(attempt).passed is passed


def test_the_pass_mark_is_the_one_that_stood_at_the_start(attempt, module):
    module.quiz.pass_mark = 10
    module.quiz.save()
    answer_all(attempt, rightly=1)

    assert submit_attempt(attempt).passed is False


def test_a_percentage_is_rounded_down(attempt):
    answer_all(attempt, rightly=2)

    assert submit_attempt(attempt).percent == 66


def test_submitting_twice_gives_one_result(attempt):
    answer_all(attempt, rightly=2)
    first = submit_attempt(attempt).closed_at

    assert submit_attempt(Attempt.objects.get()).closed_at == first


def test_an_answer_after_closing_is_refused_and_changes_nothing(attempt):
    stale = Attempt.objects.get()
    answer_all(attempt, rightly=0)
    submit_attempt(attempt)

    with pytest.raises(AttemptClosedError):
        save_answer(stale, 1, right_ids(attempt.answers.first()))

    assert attempt.answers.filter(right=True).count() == 0
    assert attempt.answers.first().chosen == wrong_ids(attempt.answers.first())


@pytest.mark.database
def test_the_database_allows_one_open_attempt_an_enrolment(attempt):
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(enrolment=attempt.enrolment, quiz=attempt.quiz, number=2, pass_mark=80)


@pytest.mark.database
@pytest.mark.parametrize(
    "change",
    [
        {"state": "closed"},
        {"score": 1},
        {"closed_at": timezone.now()},
        {"state": "closed", "closed_at": timezone.now(), "score": 4, "out_of": 3, "passed": True},
        {"state": "closed", "closed_at": timezone.now(), "score": 0, "out_of": 0, "passed": True},
    ],
)
def test_the_database_refuses_a_result_that_cannot_be(attempt, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(**change)


@pytest.mark.database
def test_the_database_refuses_an_answer_without_a_time(attempt):
    with pytest.raises(IntegrityError), transaction.atomic():
        attempt.answers.filter(place=1).update(chosen=[1])


@pytest.mark.database
def test_the_database_keeps_one_answer_a_question(attempt):
    answer = attempt.answers.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        AttemptAnswer.objects.create(attempt=attempt, question=answer.question, place=9, choice_order=[])


def at_once(times: int, work) -> list:
    """Run the same work in several threads, each with a connection of its own."""

    def run(_: int):
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(run, range(times)))


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_double_click_starts_one_attempt():
    module, trainee = make_module(), make_user()

    at_once(4, lambda: start_attempt(trainee, module.key, module.quiz))

    assert Attempt.objects.count() == 1


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_submissions_at_once_give_one_result():
    module, trainee = make_module(), make_user()
    answer_all(start_attempt(trainee, module.key, module.quiz), rightly=1)

    results = at_once(4, lambda: submit_attempt(Attempt.objects.get()).closed_at)

    assert len(set(results)) == 1


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_answers_saved_at_once_are_all_kept():
    module, trainee = make_module(questions=6), make_user()
    attempt = start_attempt(trainee, module.key, module.quiz)
    wanted = [(answer.place, right_ids(answer)) for answer in attempt.answers.all()]

    at_once(6, lambda: save_answer(Attempt.objects.get(), *wanted.pop()))

    assert submit_attempt(attempt).score == 6
