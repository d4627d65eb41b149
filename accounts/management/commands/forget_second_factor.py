"""`manage.py forget_second_factor EMAIL`: for one who has lost the phone and the recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions.second_factor import forget_second_factor
from accounts.models import User


class Command(BaseCommand):
    help = "Take codes, passkeys and recovery codes off an account, so that its owner sets up new ones."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("email", help="the account's e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email__iexact=options["email"]).first()
        if person is None:
            raise CommandError(f"There is no account of {options['email']}.")
        forget_second_factor(person)
        self.stdout.write(f"{person.email} signs in with the password alone, and has been told so.")
