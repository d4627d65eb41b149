"""E-mails that follow from acts on people. They are written with the act: both are kept, or neither."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.mail import send_mail_to
from accounts.models import AccessRequest, User


def tell_those_who_decide(request: AccessRequest) -> None:
    """One e-mail to each coordinator of the administration asked; where there is none, to administrators."""
    deciding = User.objects.deciding_for(request.administration).exclude(pk=request.person_id)
    for person in deciding:
        url = absolute_address("accounts:request", person.language, request.pk)
        letter = {"request": request, "url": url}
        send_mail_to(person, "request_received", letter, about=request.person)


def absolute_address(name: str, language: str, *args: object) -> str:
    """The full address of a page in a language. Not built from the request, whose host anybody may forge."""
    with translation.override(language):
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(name, args=args)
