"""What a person's name may hold."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.spreadsheets import looks_like_a_formula

# They turn the direction of what follows, so that a name reads as another.
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def holds_control_characters(text: str) -> bool:
    """Line breaks, NUL, and marks of direction."""
    return not text.isprintable() and any(
        unicodedata.category(character) in {"Cc", "Zl", "Zp"} or character in _TURNING for character in text
    )


def plain_name(text: str) -> None:
    """Validator of names: one line that every spreadsheet and e-mail shows as it is.

    Raises ValidationError.
    """
    if holds_control_characters(text):
        raise ValidationError(_("A name is one line of letters. Take out what can't be seen."))
    if looks_like_a_formula(text):
        raise ValidationError(_("A name can't begin with =, +, - or @."))
