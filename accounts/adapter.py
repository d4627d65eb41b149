"""What allauth asks of this project."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .addresses import somebodys
from .known_browsers import known_browser, remember
from .mail import send_mail_to
from .models import Administration, User

# What allauth tells people about their account, in our words. They share one mail.
CHANGES: dict[str, str | Promise] = {
    "email_changed": _("Your e-mail address was changed."),
    "email_confirm": _("Your e-mail address was confirmed."),
    "email_deleted": _("An e-mail address was taken off your account."),
    "password_changed": _("Your password was changed."),
    "password_reset": _("Your password was changed."),
    "password_set": _("Your password was changed."),
    "totp_activated": _("Codes from an app now protect your account."),
    "totp_deactivated": _("Codes from an app no longer protect your account."),
    "recovery_codes_generated": _("You have new recovery codes. Older ones no longer work."),
    "webauthn_added": _("A passkey was added to your account."),
    "webauthn_removed": _("A passkey was taken off your account."),
    "account_connected": _("Your administration's own sign-in was connected to your account."),
    "account_disconnected": _("Your administration's own sign-in was taken off your account."),
}
# allauth's mails that have templates of ours. Each holds a link that proves who reads it.
LETTERS = {
    "password_reset_key": "password_reset_key",
    "email_confirmation": "email_confirmation",
    "email_confirmation_signup": "email_confirmation",
    "account_already_exists": "account_already_exists",
}


class AccountAdapter(DefaultAccountAdapter):
    """Anybody may make an account that waits; an administration approves it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _(
            "That was wrong too often. Wait five minutes, then try again, or choose a new password."
        ),
        "rate_limited": _("That was wrong too often. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """There must be an administration to ask."""
        return Administration.objects.exists()

    def clean_email(self, email: str) -> str:
        somebodys(email)
        return email

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send allauth's mails as our own, with the links in the reader's language.

        Raise KeyError for a mail that this site has no words for.
        """
        name = template_prefix.rpartition("/")[2]
        person = User.objects.filter(email__iexact=email).first()
        language = person.language if person else translation.get_language() or settings.LANGUAGE_CODE
        context = {
            key: _address(value, language) if key.endswith("_url") else value
            for key, value in context.items()
        }
        recipient = person or email
        if name in LETTERS:
            send_mail_to(recipient, LETTERS[name], context, language=language, secret=True)
            return
        reset = _address(reverse("account_reset_password"), language)
        letter = {**context, "change": CHANGES[name], "password_reset_url": reset}
        send_mail_to(recipient, "account_changed", letter, language=language)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        remember(request, response, user)
        return response

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords apart for browsers that know the account and for those that don't."""
        email = credentials.get("email", "")
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{known_browser(request, email)}"

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """In our words."""
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code from the app"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods]


def _address(url: str, language: str) -> str:
    """The page in a language at the site's own address: whoever asks for a mail may forge the request's."""
    page = urlunsplit(("", "", *urlsplit(url)[2:]))
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + translate_url(page, language)


class MFAAdapter(DefaultMFAAdapter):
    """Codes from an app, passkeys, recovery codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This passkey or code does not fit your account. Try again, or use another way."),
        "unverified_email": _("Confirm your e-mail address first: open the link in the message we sent you."),
    }
