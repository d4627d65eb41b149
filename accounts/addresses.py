"""E-mail addresses that nobody has: those left to erased people."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# RFC 2606 keeps the name free for ever.
NOBODYS_DOMAIN = "erased.invalid"


def is_nobodys(email: str) -> bool:
    return email.lower().endswith(f"@{NOBODYS_DOMAIN}")


def somebodys(email: str) -> None:
    """Validator of addresses that people type. Raises ValidationError."""
    if is_nobodys(email):
        raise ValidationError(_("This is not an e-mail address."))
