"""Modules and lessons as one reader finds them: in their language, or else in one that exists."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from wagtail.models import Page

from content.languages import SOURCE_LANGUAGE, direction_of, reader_language
from content.models import LessonPage, ModulePage, Quiz

P = TypeVar("P", bound=Page)


@dataclass
class Module:
    """A module with its lessons, each page in the reader's language where there is one."""

    page: ModulePage
    lessons: list[LessonPage] = field(default_factory=list)

    @property
    def key(self) -> UUID:
        return self.page.translation_key

    @property
    def quiz(self) -> Quiz | None:
        return self.page.quiz

    @property
    def language(self) -> str:
        return self.page.locale.language_code

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    @property
    def foreign(self) -> bool:
        return self.language != reader_language()

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


def all_modules() -> list[Module]:
    """Every module, in the order of the source language's pages, in two queries."""
    pages = ModulePage.objects.live().select_related("locale", "quiz").order_by("path")
    return _with_lessons(list(pages))


def module_with_key(key: UUID) -> Module | None:
    """One module by its translation key."""
    pages = ModulePage.objects.live().filter(translation_key=key).select_related("locale", "quiz")
    return next(iter(_with_lessons(list(pages.order_by("path")))), None)


def module_at_address(slug: str) -> Module | None:
    """One module by the last part of its address, which is the same in every language."""
    page = ModulePage.objects.live().filter(slug=slug).order_by("path").first()
    return module_with_key(page.translation_key) if page else None


def lesson_with_key(key: UUID) -> LessonPage | None:
    """A lesson by its translation key."""
    pages = LessonPage.objects.live().filter(translation_key=key).select_related("locale")
    return _chosen(list(pages)) if pages else None


def _with_lessons(pages: list[ModulePage]) -> list[Module]:
    versions: dict[UUID, list[ModulePage]] = defaultdict(list)
    for page in pages:
        versions[page.translation_key].append(page)
    lessons = _lessons_by_module(pages)
    modules = []
    for of_module in versions.values():
        module = Module(_chosen(of_module))
        source = next((page for page in of_module if _is_source(page)), of_module[0])
        by_key: dict[UUID, list[LessonPage]] = defaultdict(list)
        for page in of_module:
            for lesson in lessons[page.path]:
                by_key[lesson.translation_key].append(lesson)
        module.lessons = [_chosen(by_key[lesson.translation_key]) for lesson in lessons[source.path]]
        modules.append(module)
    return modules


def _lessons_by_module(pages: list[ModulePage]) -> dict[str, list[LessonPage]]:
    """Live lessons by the path of their module, without their bodies."""
    found: dict[str, list[LessonPage]] = defaultdict(list)
    paths = {page.path for page in pages}
    below = LessonPage.objects.live().select_related("locale").defer("body").order_by("path")
    for lesson in below.filter(locale__in={page.locale_id for page in pages}):
        parent = lesson.path[: -Page.steplen]
        if parent in paths:
            found[parent].append(lesson)
    return found


def _chosen(versions: list[P]) -> P:
    """The version in the reader's language, else in the source language, else any."""
    wanted = reader_language()
    for page in versions:
        if page.locale.language_code == wanted:
            return page
    return next((page for page in versions if _is_source(page)), versions[0])


def _is_source(page: Page) -> bool:
    return page.locale.language_code == SOURCE_LANGUAGE
