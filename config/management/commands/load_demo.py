"""`manage.py load_demo`: the product's content, and one account for each role."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Administration, User
from accounts.roles import Role

DEMO_PASSWORD = "quay-and-key-demo"  # noqa: S105 (printed on purpose; refused in production)
DEMO_DOMAIN = "demo.example"


class Command(BaseCommand):
    help = "Load the content and one demo account for each role. Refused in production unless forced."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--force", action="store_true", help="do it in production, with random passwords")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED and not options["force"]:
            raise CommandError(
                "These are not demo settings. Use --force if you want demo accounts all the same."
            )
        call_command("load_content", verbosity=options["verbosity"])
        administration, _ = Administration.objects.get_or_create(
            name="Customs of Examplia", defaults={"is_example": True}
        )
        for role in Role.values:
            self._make_account(role, administration)

    def _make_account(self, role: str, administration: Administration) -> None:
        email = f"{role}@{DEMO_DOMAIN}"
        password = DEMO_PASSWORD if settings.DEMO_ALLOWED else secrets.token_urlsafe(12)
        user = User.objects.filter(email=email).first()
        if user is None:
            names = {"first_name": "Demo", "last_name": role}
            user = User.objects.create_user(email, password, administration=administration, **names)
            user.give_role(role)
            self.stdout.write(f"  {role:12} {email:28} {password}")
        elif settings.DEMO_ALLOWED and user.check_password(DEMO_PASSWORD):
            self.stdout.write(f"  {role:12} {email:28} {password}")
        else:
            self.stdout.write(f"  {role:12} {email:28} (password changed)")
