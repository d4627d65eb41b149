"""Names of countries and regions in the reader's language, from the Unicode CLDR (Babel)."""

from collections.abc import Iterable

from babel import Locale
from django.utils.translation import to_locale

from .languages import SOURCE_LANGUAGE, reader_language

# The CLDR's short names, which Babel leaves out. The long ones bear brackets in some languages ("Hong Kong
# (special administrative region)"), and pages write names in brackets themselves.
SHORT_NAMES = {
    "en": {"HK": "Hong Kong", "MO": "Macao"},
    "fr": {"HK": "Hong Kong", "MO": "Macao"},
    "es": {"HK": "Hong Kong", "MO": "Macao"},
    "ru": {"HK": "Гонконг", "MO": "Макао"},
    "ar": {"HK": "هونغ كونغ", "MO": "ماكاو"},
    "zh-hans": {"HK": "香港", "MO": "澳门"},
}


def place_name(code: str) -> str:
    """A country (two letters) or region (three digits) by name; the code where nobody has named it."""
    language = reader_language()
    short = SHORT_NAMES.get(language, {}).get(code)
    return short or Locale.parse(to_locale(language)).territories.get(code, code)


def place_names(codes: Iterable[str]) -> list[str]:
    """Countries by name, in the order of the reader's alphabet as far as letters tell."""
    return sorted(place_name(code) for code in codes)


def is_country(code: str) -> bool:
    """Whether it is a country's two letters (ISO 3166), as far as the CLDR has named it."""
    return len(code) == 2 and code.isupper() and code in Locale.parse(SOURCE_LANGUAGE).territories
