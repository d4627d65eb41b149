"""`manage.py translation_status`: what is translated, stale, missing, or not yet read by a native expert."""

import dataclasses
import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config import catalogues
from content import translation_status


class Command(BaseCommand):
    help = "Count what is translated into each language: interface, pages, records."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        status = {"languages": {code: self._of_language(code) for code, _ in settings.LANGUAGES}}
        if options["json"]:
            self.stdout.write(json.dumps(status, indent=2))
            return
        for code, parts in status["languages"].items():
            for part, counts in parts.items():
                numbers = ", ".join(f"{number} {state}" for state, number in counts.items())
                self.stdout.write(f"{code:8} {part:10} {numbers}")

    @staticmethod
    def _of_language(code: str) -> dict[str, dict[str, int]]:
        return {
            "interface": dataclasses.asdict(catalogues.counts(code)),
            "pages": translation_status.pages(code),
            "records": translation_status.records(code),
        }
