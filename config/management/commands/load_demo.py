"""`manage.py load_demo`: the content, one account for each role, and an example of a country sheet."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.demo import make_accounts, make_example_sheet


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
        make_example_sheet()
        for account in make_accounts():
            self.stdout.write(str(account))
