"""Taking a lost second factor off an account."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.mail import send_mail_to
from accounts.models import User


@transaction.atomic
def forget_second_factor(person: User) -> None:
    """Delete codes, passkeys and recovery codes, end sessions and tokens, and tell the person by e-mail."""
    person.authenticator_set.all().delete()
    person.end_access()
    person.save()
    for session in person.usersession_set.all():
        session.end()
    with translation.override(person.language):
        reset = settings.WAGTAILADMIN_BASE_URL + reverse("account_reset_password")
    send_mail_to(
        person,
        "account_changed",
        {
            "change": _("Your second step to sign in was taken off, as you have lost it."),
            "password_reset_url": reset,
            "timestamp": timezone.now(),
        },
    )
