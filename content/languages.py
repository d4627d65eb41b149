"""Which language the reader reads, and which way a language runs."""

from django.conf import settings
from django.utils.translation import get_language, get_language_info

SOURCE_LANGUAGE: str = settings.LANGUAGE_CODE
LANGUAGES = [code for code, _ in settings.LANGUAGES]


def reader_language() -> str:
    """The language in force; English where none is, or where it is one that only the Wagtail admin has."""
    language = get_language()
    return language if language in LANGUAGES else SOURCE_LANGUAGE


def direction_of(language: str) -> str:
    """ "rtl" or "ltr", for `dir` beside `lang`."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"
