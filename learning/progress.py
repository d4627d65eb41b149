"""What someone has done of a module, what is left, and the one thing to do next."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.urls import reverse

from accounts.models import User
from content.models import LessonPage

from .models import Attempt, Enrolment, LessonProgress
from .modules import Module


class Step(StrEnum):
    """The kinds of next step."""

    START_LESSON = "start lesson"
    CONTINUE_LESSON = "continue lesson"
    START_QUIZ = "start quiz"
    CONTINUE_QUIZ = "continue quiz"
    LOOK_BACK = "look back"


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next, and where."""

    kind: Step
    url: str
    lesson: LessonPage | None = None


@dataclass(frozen=True)
class LessonState:
    """A lesson and how far someone has come in it."""

    page: LessonPage
    progress: LessonProgress | None

    @property
    def done(self) -> bool:
        return self.progress is not None and self.progress.done

    @property
    def started(self) -> bool:
        return self.progress is not None and not self.progress.done

    @property
    def read_at(self) -> datetime.datetime:
        """When it was last read; long ago for a lesson never opened."""
        return self.progress.read_at if self.progress else datetime.datetime.min.replace(tzinfo=datetime.UTC)

    @property
    def resume_url(self) -> str:
        """The block where the reader stopped, in the language that the page is in."""
        block = self.progress.block if self.progress else ""
        return f"{self.page.url}#block-{block}" if block else self.page.url


@dataclass(frozen=True)
class ModuleProgress:
    """A module as one person has come through it."""

    module: Module
    enrolment: Enrolment | None

    @cached_property
    def lessons(self) -> list[LessonState]:
        known = (
            {lesson.lesson_key: lesson for lesson in self.enrolment.lessons.all()} if self.enrolment else {}
        )
        return [LessonState(page, known.get(page.translation_key)) for page in self.module.lessons]

    @cached_property
    def attempts(self) -> list[Attempt]:
        return list(self.enrolment.attempts.all()) if self.enrolment else []

    @property
    def open_attempt(self) -> Attempt | None:
        return next((attempt for attempt in self.attempts if attempt.is_open), None)

    @property
    def closed_attempts(self) -> list[Attempt]:
        return [attempt for attempt in self.attempts if not attempt.is_open]

    @property
    def quiz_passed(self) -> bool:
        return any(attempt.passed for attempt in self.attempts)

    @property
    def lessons_done(self) -> int:
        return sum(lesson.done for lesson in self.lessons)

    @property
    def all_read(self) -> bool:
        return self.lessons_done == len(self.lessons)

    @property
    def finished(self) -> bool:
        return self.all_read and (self.quiz_passed or self.module.quiz is None)

    @property
    def percent(self) -> int:
        steps = len(self.lessons) + (1 if self.module.quiz else 0)
        return 100 * (self.lessons_done + self.quiz_passed) // steps if steps else 0

    @property
    def minutes_left(self) -> int:
        return sum(lesson.page.minutes for lesson in self.lessons if not lesson.done)

    @property
    def quiz_url(self) -> str:
        return reverse("learning:quiz", args=[self.module.page.slug])

    @property
    def last_active(self) -> datetime.datetime | None:
        moments = [lesson.read_at for lesson in self.lessons if lesson.progress]
        moments += [attempt.started_at for attempt in self.attempts]
        return max(moments, default=None)

    @property
    def next_step(self) -> NextStep:
        if self.open_attempt is not None:
            return NextStep(Step.CONTINUE_QUIZ, self.quiz_url)
        begun = [lesson for lesson in self.lessons if lesson.started]
        if begun:
            latest = max(begun, key=lambda lesson: lesson.read_at)
            return NextStep(Step.CONTINUE_LESSON, latest.resume_url, latest.page)
        unread = next((lesson for lesson in self.lessons if not lesson.done), None)
        if unread is not None:
            return NextStep(Step.START_LESSON, unread.page.url, unread.page)
        if self.module.quiz is not None and not self.quiz_passed:
            return NextStep(Step.START_QUIZ, self.quiz_url)
        return NextStep(Step.LOOK_BACK, self.module.page.url)


def progress_in(module: Module, user: User) -> ModuleProgress:
    """One person's way through one module."""
    return progress_in_all([module], user)[0]


def progress_in_all(modules: list[Module], user: User) -> list[ModuleProgress]:
    """One person's way through several modules, in a constant number of queries."""
    enrolments = Enrolment.objects.of(user).filter(module_key__in=[module.key for module in modules])
    by_key = {enrolment.module_key: enrolment for enrolment in enrolments.with_progress()}
    return [ModuleProgress(module, by_key.get(module.key)) for module in modules]


def what_next(modules: list[ModuleProgress]) -> ModuleProgress | None:
    """The module to go on with: the one last worked on, else the first that isn't finished."""
    left = [module for module in modules if not module.finished]
    begun = [(module.last_active, index) for index, module in enumerate(left) if module.last_active]
    return left[max(begun)[1]] if begun else next(iter(left), None)
