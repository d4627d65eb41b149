"""Tags for pages of modules and lessons."""

from collections import defaultdict
from dataclasses import dataclass

from django import template
from django.utils.translation import get_language_info

from content.languages import SOURCE_LANGUAGE, direction_of, reader_language
from content.lessons import Part, Place, parts_of, place_of
from content.models import LessonPage, ModulePage

register = template.Library()
register.filter(direction_of)


@dataclass(frozen=True)
class ForeignModule:
    """A module that has no page in the reader's language, and the pages it has."""

    page: ModulePage
    pages: list[ModulePage]


@register.simple_tag
def lesson_parts(page: LessonPage) -> list[Part]:
    """The blocks of a lesson, each with the level of its heading."""
    return parts_of(page.body)


@register.simple_tag
def place_in_module(page: LessonPage) -> Place:
    """`{% place_in_module page as place %}`: place.number, place.total, place.next."""
    return place_of(page, page.module.lessons)


@register.simple_tag
def foreign_modules() -> list[ForeignModule]:
    """Modules that aren't in the reader's language yet, each with the languages it has."""
    language = reader_language()
    versions: dict[object, list[ModulePage]] = defaultdict(list)
    for page in ModulePage.objects.live().select_related("locale").order_by("path"):
        versions[page.translation_key].append(page)
    return [
        ForeignModule(_preferred(pages), pages)
        for pages in versions.values()
        if language not in {page.locale.language_code for page in pages}
    ]


def _preferred(pages: list[ModulePage]) -> ModulePage:
    return next((page for page in pages if page.locale.language_code == SOURCE_LANGUAGE), pages[0])


@register.filter
def own_name_of(language: str) -> str:
    """A language's name in that language."""
    return str(get_language_info(language)["name_local"])
