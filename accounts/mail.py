"""E-mails: written in the reader's language as text and HTML, kept in the outbox, sent by the worker."""

import datetime
import logging
import smtplib
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from .models import SentMail, User

log = logging.getLogger(__name__)

# After a failure the worker tries again, unless the mail would come too late to be of use.
AGAIN_AFTER = [datetime.timedelta(minutes=minutes) for minutes in (1, 10, 60, 360)]


class UnusableAddress(ValueError):  # noqa: N818
    """The address is none, or holds a line break with which one smuggles in headers."""

    message = _("This is not an e-mail address.")


def send_mail_to(
    recipient: User | str,
    template: str,
    context: dict[str, Any],
    *,
    language: str | None = None,
    secret: bool = False,
    about: User | None = None,
) -> SentMail:
    """Write a mail from the templates accounts/mail/TEMPLATE(.subject.txt, .txt, .html) and have it sent.

    The language is the person's own; for a bare address it is the one given, else the page's. `secret`
    says that the mail holds a link which opens an account: only administrators can read it in the outbox,
    and its text is forgotten once it is sent. `about` is the person of whom it tells somebody else.
    Raise UnusableAddress for an address that is none.
    """
    person = recipient if isinstance(recipient, User) else None
    address = recipient.email if isinstance(recipient, User) else recipient
    try:
        validate_email(address)
    except ValidationError as error:
        raise UnusableAddress(address) from error
    language = _known(language or (person.language if person else translation.get_language()))
    context = {"person": person, "site_address": settings.WAGTAILADMIN_BASE_URL, **context}
    with translation.override(language):
        subject = " ".join(_render(f"{template}.subject.txt", context).split())
        text = _render(f"{template}.txt", context).strip() + "\n"
        html = _render(f"{template}.html", context)
    mail = SentMail.objects.create(
        to=address,
        recipient=person,
        administration=person.administration if person else None,
        about=about,
        subject=subject[:250],
        text=text,
        html=html,
        language=language,
        secret=secret,
        state=SentMail.State.WAITING if settings.MAIL_SERVER_SET else SentMail.State.KEPT,
    )
    if settings.MAIL_SERVER_SET:
        transaction.on_commit(lambda: deliver.enqueue(mail.pk))
    return mail


def _known(language: str | None) -> str:
    return language if language and language in dict(settings.LANGUAGES) else "en"


def _render(name: str, context: dict[str, Any]) -> str:
    """Only HTML escapes what people have typed."""
    template = get_template(f"accounts/mail/{name}")
    return template.template.render(Context(context, autoescape=name.endswith(".html")))


@task()
def deliver(mail_pk: int) -> None:
    """Hand a mail to the mail server, once. What the server says against it is kept beside the mail."""
    with transaction.atomic():
        mail = SentMail.objects.select_for_update().filter(pk=mail_pk).first()
        if mail is None or mail.state not in {SentMail.State.WAITING, SentMail.State.FAILED}:
            return
        mail.attempts += 1
        mail.save(update_fields=["attempts"])
    message = EmailMultiAlternatives(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to])
    message.attach_alternative(mail.html, "text/html")
    message.extra_headers["Content-Language"] = mail.language
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    try:
        message.send()
    except Exception as error:  # a mail server may fail in any way; the page that wrote the mail must not
        _note_failure(mail, error)
        return
    mail.state, mail.failure = SentMail.State.SENT, ""
    if mail.secret:
        mail.text = mail.html = ""
    mail.save(update_fields=["state", "failure", "text", "html"])


def _note_failure(mail: SentMail, error: Exception) -> None:
    log.warning("A mail could not be sent: %s", type(error).__name__)
    mail.state = SentMail.State.FAILED
    mail.failure = _kind_of(error)
    mail.save(update_fields=["state", "failure"])
    if mail.attempts <= len(AGAIN_AFTER) and deliver.get_backend().supports_defer:
        deliver.using(run_after=timezone.now() + AGAIN_AFTER[mail.attempts - 1]).enqueue(mail.pk)


def _kind_of(error: Exception) -> str:
    """What it is called, and the server's number for it; its words may hold addresses and hosts."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
    else:
        codes = [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []
    return " ".join([type(error).__name__, *map(str, codes)])
