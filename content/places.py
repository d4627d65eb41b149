"""Names of countries and regions in the reader's language, from the Unicode CLDR (Babel)."""

from collections.abc import Iterable

from babel import Locale
from django.utils.translation import to_locale

from .languages import reader_language


def place_name(code: str) -> str:
    """A country (two letters) or region (three digits) by name; the code where nobody has named it."""
    return Locale.parse(to_locale(reader_language())).territories.get(code, code)


def place_names(codes: Iterable[str]) -> list[str]:
    """Countries by name, in the order of the reader's alphabet as far as letters tell."""
    return sorted(place_name(code) for code in codes)
