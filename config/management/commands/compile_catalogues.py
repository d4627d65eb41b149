"""`manage.py compile_catalogues`: what Django reads, from what translators write."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import catalogues


class Command(BaseCommand):
    help = "Compile the catalogues in locale/. With --check, fail where one is incomplete or out of date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            found = catalogues.problems()
            if found:
                raise CommandError("\n".join(found))
        catalogues.compile_all()
