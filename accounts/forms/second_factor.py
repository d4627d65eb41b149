"""Codes from an app and passkeys: allauth's forms, in our words."""

import time
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code, normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

# A code is good for this long, counting the tolerance on both sides; it must not work twice.
CODE_LIFETIME = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
# Time zones set wrong are at most 14 hours off.
CLOCK_ERROR = 14 * 3600

WRONG_CODE = _(
    "This code is not right. Type the one the app shows now. If you did, your phone's clock may be wrong: "
    "set date and time to automatic in the phone's settings and try again."
)
CODE_INPUT = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"})
# The one thing to do on its page.
CODE_AT_SIGN_IN = forms.TextInput(
    attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "autofocus": True}
)


def minutes_off(secret: str, code: str) -> int | None:
    """By how many minutes the clock that made this code is off, negative when slow. None: not a code."""
    now = int(time.time()) // app_settings.TOTP_PERIOD
    for steps in range(1, CLOCK_ERROR // app_settings.TOTP_PERIOD + 1):
        for offset in (-steps, steps):
            value = format_hotp_value(hotp_value(secret, now + offset))
            if compare_user_code(actual=code, expected=value):
                return round(offset * app_settings.TOTP_PERIOD / 60)
    return None


class ActivateTOTPForm(totp.ActivateTOTPForm):
    """Says so when the phone's clock is off.

    Only here: the secret is on the page already. At sign-in, an answer about codes of another time would help
    one who guesses.
    """

    code = forms.CharField(label=_("The code that the app shows"), max_length=12, widget=CODE_INPUT)

    def clean_code(self) -> str:
        try:
            return super().clean_code()
        except ValidationError as error:
            if error.code != "incorrect_code":
                raise
            raise ValidationError(self._what_is_wrong(), code=error.code) from error

    def _what_is_wrong(self) -> str:
        minutes = minutes_off(self.secret, self.cleaned_data["code"])
        if not minutes:
            return str(WRONG_CODE)
        if minutes < 0:
            words = ngettext(
                "Your phone's clock is %(count)d minute slow. Set date and time to automatic in the phone's "
                "settings, then type the new code.",
                "Your phone's clock is %(count)d minutes slow. Set date and time to automatic in the phone's "
                "settings, then type the new code.",
                -minutes,
            )
        else:
            words = ngettext(
                "Your phone's clock is %(count)d minute fast. Set date and time to automatic in the phone's "
                "settings, then type the new code.",
                "Your phone's clock is %(count)d minutes fast. Set date and time to automatic in the phone's "
                "settings, then type the new code.",
                minutes,
            )
        return words % {"count": abs(minutes)}


class OnceOnly(forms.Form):
    """A code from the app that works once, for as long as it would be good."""

    authenticator: Authenticator
    user: Any

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()
        except ValidationError as error:
            if error.code != "incorrect_code":
                raise
            raise ValidationError(WRONG_CODE, code=error.code) from error
        # However it is written: with a space in the middle it is the same code.
        used = f"totp-used:{self.user.pk}:{normalize_user_code(code)}"
        if self.authenticator.type == Authenticator.Type.TOTP and not cache.add(used, 1, CODE_LIFETIME):
            raise ValidationError(WRONG_CODE, code="incorrect_code")
        return code


class AuthenticateForm(OnceOnly, base.AuthenticateForm):
    code = forms.CharField(
        label=_("Code from the app, or a recovery code"), max_length=32, widget=CODE_AT_SIGN_IN
    )


class ReauthenticateForm(OnceOnly, base.ReauthenticateForm):
    code = forms.CharField(
        label=_("Code from the app, or a recovery code"), max_length=32, widget=CODE_AT_SIGN_IN
    )


class AddWebAuthnForm(webauthn.AddWebAuthnForm):
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=80,
        help_text=_("So that you know it again, such as “phone” or “key on my ring”."),
    )
    passwordless = forms.BooleanField(
        label=_("Sign me in without the password"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("name", "")
        super().__init__(*args, **kwargs)


class EditWebAuthnForm(webauthn.EditWebAuthnForm):
    name = forms.CharField(label=_("Name"), max_length=80)
