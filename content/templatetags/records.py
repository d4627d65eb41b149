"""Words of translated records in a template, with the language they are really in."""

from dataclasses import dataclass

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from content.languages import SOURCE_LANGUAGE, direction_of, reader_language
from content.markup import to_html
from content.models import LegalStatus, Notice
from content.models.translated import TranslatedRecord

register = template.Library()


@dataclass(frozen=True)
class Words:
    """A text and the language it is in, which may not be the page's."""

    text: str
    language: str
    foreign: bool

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    def __str__(self) -> str:
        return self.text


def words_for_reader(record: TranslatedRecord, field: str) -> Words:
    """The field in the reader's language, or in English where it isn't translated."""
    language = reader_language()
    text = record.words(field, language)
    if text or language == SOURCE_LANGUAGE:
        return Words(text, language, foreign=False)
    return Words(record.words(field, SOURCE_LANGUAGE), SOURCE_LANGUAGE, foreign=True)


@register.simple_tag
def words(record: TranslatedRecord, field: str) -> Words:
    """`{% words item "summary" as w %}`: w.text, w.language, w.direction, w.foreign."""
    return words_for_reader(record, field)


@register.simple_tag
def notice_words(notice: Notice, field: str) -> Words:
    """The words of a notice in the language it is read in, which may be none of the reader's."""
    language = notice.language
    return Words(notice.words(field, language), language, foreign=language != reader_language())


@register.simple_tag
def render_words(record: TranslatedRecord, field: str) -> SafeString | str:
    """The field's text, wrapped in its language and direction where they differ from the page's."""
    found = words_for_reader(record, field)
    if not found.foreign:
        return found.text
    return format_html('<span lang="{}" dir="{}">{}</span>', found.language, found.direction, found.text)


@register.simple_tag
def record_unreviewed(record: TranslatedRecord) -> bool:
    """Whether no native expert has read this record's translation into the reader's language."""
    language = reader_language()
    return not all(record.is_reviewed(field, language) for field in record.translated_fields())


@register.filter
def instrument_name(instrument: str) -> str:
    """The instrument as badges name it, the same in every language."""
    return LegalStatus.Instrument(instrument).label


@register.filter
def lines(text: object) -> list[str]:
    """The non-empty lines of a text, one a point."""
    return [line.strip() for line in str(text).splitlines() if line.strip()]


@register.simple_tag
def markdown(text: object) -> SafeString:
    """A few words of Markdown (paragraphs, lists, emphasis, links) as safe HTML."""
    return to_html(str(text))
