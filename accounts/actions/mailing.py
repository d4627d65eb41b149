"""E-mails that follow from acts on people: sent when the act is kept, never before."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from accounts.mail import send_mail_to
from accounts.models import User


def mail_when_kept(
    recipient: User | str, template: str, context: dict[str, Any], language: str | None = None
) -> None:
    """Send once the transaction is committed. A mail server that fails is logged and undoes nothing."""
    transaction.on_commit(partial(send_mail_to, recipient, template, context, language), robust=True)


def mail_all_when_kept(
    people: Iterable[User], template: str, context: dict[str, Any], address: str, *args: object
) -> None:
    """The same to several people, each with the address of a page in their own language."""
    for person in people:
        mail_when_kept(person, template, {**context, "url": absolute_address(address, person.language, *args)})


def absolute_address(name: str, language: str, *args: object) -> str:
    """The full address of a page in a language. Not built from the request, whose host anybody may forge."""
    with translation.override(language):
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(name, args=args)
