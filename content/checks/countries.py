"""Countries as papers write them: two letters of ISO 3166-1."""

from babel import Locale
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from content.languages import SOURCE_LANGUAGE, reader_language

# Babel names these too, but ISO 3166-1 gives them to no country. Nor XK, which papers bear.
_NO_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
)
CODES = frozenset(
    code
    for code in map(str, Locale.parse(SOURCE_LANGUAGE).territories)
    if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
)
# Written in error, or given up: what stands in their place.
INSTEAD_OF = {
    "UK": "GB",
    "EL": "GR",
    "ZR": "CD",
    "BU": "MM",
    "TP": "TL",
    "DD": "DE",
    "FX": "FR",
    "YD": "YE",
}
# CITES papers write these for an origin that is not known, and for the high seas.
NO_ONE_COUNTRY = frozenset({"XX", "ZZ"})


def name_of(code: str) -> str:
    """A country's name in the reader's language; the code itself where there is none."""
    return Locale.parse(to_locale(reader_language())).territories.get(code, code)


def no_country(code: str) -> str:
    """Why a code is no country's, in words; empty where it is one."""
    if code in CODES:
        return ""
    if code in INSTEAD_OF:
        right = INSTEAD_OF[code]
        return _("No country has the code %(code)s. The code of %(country)s is %(right)s.") % {
            "code": code,
            "country": name_of(right),
            "right": right,
        }
    return _("No country has the code %(code)s.") % {"code": code}
