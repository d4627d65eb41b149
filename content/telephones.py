"""Telephone numbers that can be called from anywhere: with the country's code, or short for emergencies."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHORT_NUMBER = re.compile(r"[0-9]{2,6}")


def normalised(number: str, *, may_be_short: bool = False) -> str:
    """The number as it is written internationally. Raise ValidationError where nobody abroad can dial it.

    A number of a possible length is accepted: numbering plans change faster than tables of them.
    """
    number = number.strip()
    if may_be_short and SHORT_NUMBER.fullmatch(number):
        return number
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        raise _wrong() from None
    if not phonenumbers.is_possible_number(parsed):
        raise _wrong()
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def tel_uri(number: str) -> str:
    """The address that makes a telephone dial a normalised number."""
    if SHORT_NUMBER.fullmatch(number):
        return f"tel:{number}"
    return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.RFC3966)


def _wrong() -> ValidationError:
    return ValidationError(
        _("Write the number with + and the country's code, such as +1 202 555 0100."), code="telephone"
    )
