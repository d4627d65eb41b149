"""What a lesson page shows around its text: its place in the module, its blocks with their heading level."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.blocks import StreamValue

from .models import LessonPage


@dataclass(frozen=True)
class Part:
    """A block of a lesson and the level of its heading, so that no level is skipped."""

    block: StreamValue.StreamChild
    level: int


@dataclass(frozen=True)
class Place:
    """Where a lesson stands in its module."""

    number: int
    total: int
    next: LessonPage | None


def parts_of(body: Iterable[StreamValue.StreamChild]) -> list[Part]:
    """Blocks with headings of their own come one level below the heading before them."""
    parts, level = [], 2
    for block in body:
        parts.append(Part(block, level))
        if block.block_type == "heading":
            level = 3
    return parts


def place_of(lesson: LessonPage, lessons: list[LessonPage]) -> Place:
    """The place of a lesson among the lessons of its module; the same place in every language."""
    keys = [other.translation_key for other in lessons]
    if lesson.translation_key not in keys:
        return Place(len(lessons) + 1, len(lessons) + 1, None)
    index = keys.index(lesson.translation_key)
    following = lessons[index + 1] if index + 1 < len(lessons) else None
    return Place(index + 1, len(lessons), following)
