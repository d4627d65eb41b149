"""Numbers as people type them, and as a page writes them."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from babel.numbers import format_decimal
from django.utils.translation import to_locale

from .languages import reader_language

LONGEST = 12
# "1,000" is a thousand to some and one to others.
GROUPED = re.compile(r"\d{1,3}([,\u066c' ]\d{3})+")


def read_number(text: str) -> Decimal:
    """A number with a point, a comma or the Arabic sign before its decimals, in the digits of any script.

    Raise ValueError where it is none, is longer than anybody means, or can be read in two ways.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if len(typed) > LONGEST or GROUPED.fullmatch(typed):
        raise ValueError(text)
    try:
        number = Decimal(typed.replace(",", ".").replace("\u066b", "."))
    except InvalidOperation:
        raise ValueError(text) from None
    # "1e99999" is short to type, and longer than can be written out.
    if not number.is_finite() or abs(number.adjusted()) > LONGEST:
        raise ValueError(text)
    return number


def write_number(number: Decimal, decimals: int = 2) -> str:
    """A number as the reader's language writes it, with Latin digits and at most so many decimals."""
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    locale = to_locale(reader_language())
    return format_decimal(number, format=pattern, locale=locale, numbering_system="latn")
