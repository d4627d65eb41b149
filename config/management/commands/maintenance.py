"""`manage.py maintenance on|off|status`: close the site for a while, or open it again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from config import maintenance


class Command(BaseCommand):
    help = "Close the site for maintenance, or open it again. Needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("state", choices=["on", "off", "status"])
        parser.add_argument("--minutes", type=int, default=10, help="when visitors are told to come back")

    def handle(self, *args: Any, state: str, minutes: int, **options: Any) -> None:
        if state == "on":
            maintenance.switch_on(minutes)
        elif state == "off":
            maintenance.switch_off()
        seconds = maintenance.seconds_left()
        self.stdout.write(
            "The site is open."
            if seconds is None
            else f"The site is closed; visitors come back in {seconds} s."
        )
