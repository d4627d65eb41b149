"""What a reader does in a lesson. Each function may run twice and leaves the same."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from content.models import LessonPage, Question
from learning.models import Enrolment, LessonProgress, PracticeAnswer


class NotInLessonError(Exception):
    """The block, question or choice isn't part of this lesson."""


def enrol(user: User, module_key: UUID) -> Enrolment:
    """Let a person take part in a module; someone who already does goes on."""
    return Enrolment.objects.get_or_create(user=user, module_key=module_key)[0]


def open_lesson(user: User, lesson: LessonPage) -> LessonProgress:
    """Note that a person has opened a lesson, which enrols them in its module."""
    enrolment = enrol(user, lesson.module.translation_key)
    return LessonProgress.objects.select_related("enrolment").get_or_create(
        enrolment=enrolment, lesson_key=lesson.translation_key
    )[0]


def record_position(user: User, lesson: LessonPage, block: str) -> None:
    """Remember the block where a person is reading; raise NotInLessonError for a block of another lesson."""
    if block not in lesson.block_ids():
        raise NotInLessonError(block)
    progress = open_lesson(user, lesson)
    LessonProgress.objects.filter(pk=progress.pk).update(block=block, read_at=timezone.now())


@transaction.atomic
def answer_practice(
    user: User, lesson: LessonPage, question: Question, chosen: Collection[int]
) -> PracticeAnswer:
    """Keep a person's first answer to a question in a lesson, and the place where it was given.

    Raise NotInLessonError where the lesson doesn't ask this question or the question has no such choice.
    """
    block = next((block.id for block in lesson.body if block.value == question), None)
    if block is None:
        raise NotInLessonError(question.key)
    if not chosen or not set(chosen) <= {choice.pk for choice in question.choices.all()}:
        raise NotInLessonError(chosen)
    record_position(user, lesson, block)
    return PracticeAnswer.objects.get_or_create(
        enrolment=Enrolment.objects.of(user).in_module(lesson.module.translation_key).get(),
        question=question,
        defaults={"chosen": sorted(chosen), "right": set(chosen) == question.right_choices()},
    )[0]


def finish_lesson(user: User, lesson: LessonPage) -> LessonProgress:
    """Mark a lesson as done. The first time counts."""
    progress = open_lesson(user, lesson)
    LessonProgress.objects.filter(pk=progress.pk, done_at=None).update(done_at=timezone.now())
    progress.refresh_from_db()
    return progress
