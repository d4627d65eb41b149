"""Erasing a person: what may go goes, what has to stay stays under a pseudonym."""

import uuid

from django.db import transaction

from accounts.addresses import NOBODYS_DOMAIN
from accounts.models import User
from accounts.personal_data import holdings


class LastAdministrator(Exception):  # noqa: N818
    """Without this person nobody could manage the site."""


def erase_person(person: User) -> None:
    """Take away what is held about a person, and end the account. All of it or nothing.

    Raises LastAdministrator.
    """
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=person.pk)
        if locked.is_superuser and not _other_administrators(locked):
            raise LastAdministrator
        for holding in holdings():
            holding.erase(locked)
        _leave_a_pseudonym(locked)


def _other_administrators(person: User) -> bool:
    return User.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk).exists()


def _leave_a_pseudonym(person: User) -> None:
    """Keep the row, so that evidence still has an author, without anything that says who that was."""
    person.email = f"person-{uuid.uuid4().hex[:12]}@{NOBODYS_DOMAIN}"
    person.first_name = person.last_name = ""
    person.standing, person.is_active = User.Standing.DEPARTED, False
    person.is_staff = person.is_superuser = False
    person.last_login = None
    person.set_unusable_password()
    person.end_access()
    person.save()
    person.groups.clear()
    person.user_permissions.clear()
