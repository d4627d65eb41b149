"""What the actions of reading promise."""

import pytest
from django.db import IntegrityError, transaction

from learning.actions import (
    NotInLessonError,
    answer_practice,
    enrol,
    finish_lesson,
    open_lesson,
    record_position,
)
from learning.models import Enrolment, LessonProgress, PracticeAnswer
from tests.factories import make_question

pytestmark = pytest.mark.django_db


def choice_of(question, key: str) -> int:
    return question.choices.get(key=key).pk


def test_opening_a_lesson_enrols_in_its_module(trainee, module):
    open_lesson(trainee, module.lessons["en"][0])

    assert Enrolment.objects.get().module_key == module.key


def test_a_lesson_read_in_two_languages_is_one_lesson(trainee, module):
    french = open_lesson(trainee, module.lessons["fr"][0])
    english = open_lesson(trainee, module.lessons["en"][0])

    assert french == english


@pytest.mark.database
def test_the_database_enrols_nobody_twice(trainee, module):
    enrol(trainee, module.key)

    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(user=trainee, module_key=module.key)


@pytest.mark.database
def test_the_database_keeps_one_progress_a_lesson(trainee, module):
    progress = open_lesson(trainee, module.lessons["en"][0])

    with pytest.raises(IntegrityError), transaction.atomic():
        LessonProgress.objects.create(enrolment=progress.enrolment, lesson_key=progress.lesson_key)


def test_the_position_is_the_block_last_read(trainee, module):
    lesson = module.lessons["en"][0]
    record_position(trainee, lesson, lesson.block_ids()[2])
    record_position(trainee, lesson, lesson.block_ids()[1])

    assert LessonProgress.objects.get().block == lesson.block_ids()[1]


def test_a_position_in_another_lesson_is_refused(trainee, module):
    first, second = module.lessons["en"]

    with pytest.raises(NotInLessonError):
        record_position(trainee, first, second.block_ids()[0])


def test_a_practice_answer_says_whether_it_is_right(trainee, module):
    lesson = module.lessons["en"][0]

    assert answer_practice(trainee, lesson, module.practice, [choice_of(module.practice, "b")]).right


def test_the_first_practice_answer_stays(trainee, module):
    lesson = module.lessons["en"][0]
    answer_practice(trainee, lesson, module.practice, [choice_of(module.practice, "a")])
    again = answer_practice(trainee, lesson, module.practice, [choice_of(module.practice, "b")])

    assert not again.right
    assert PracticeAnswer.objects.count() == 1


def test_answering_records_the_place_without_javascript(trainee, module):
    lesson = module.lessons["en"][0]
    answer_practice(trainee, lesson, module.practice, [choice_of(module.practice, "b")])

    assert LessonProgress.objects.get().block == lesson.block_ids()[2]


def test_a_question_that_the_lesson_does_not_ask_is_refused(trainee, module):
    other = make_question()

    with pytest.raises(NotInLessonError):
        answer_practice(trainee, module.lessons["en"][0], other, [choice_of(other, "b")])


@pytest.mark.parametrize("chosen", [[], [0]])
def test_a_choice_that_does_not_exist_is_refused(trainee, module, chosen):
    with pytest.raises(NotInLessonError):
        answer_practice(trainee, module.lessons["en"][0], module.practice, chosen)

    assert not PracticeAnswer.objects.exists()


def test_a_lesson_is_done_when_it_was_first_done(trainee, module):
    first = finish_lesson(trainee, module.lessons["en"][0]).done_at

    assert finish_lesson(trainee, module.lessons["fr"][0]).done_at == first
