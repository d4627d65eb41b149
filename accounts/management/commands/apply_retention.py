"""`manage.py apply_retention`: take away what has been kept long enough. Meant to run once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.actions.retention import apply_retention


class Command(BaseCommand):
    help = "Take away the records that have been kept for as long as the retention rules say. Run it daily."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *args: Any, **options: Any) -> None:
        word = "would go" if options["dry_run"] else "gone"
        for fate in apply_retention(dry_run=options["dry_run"]):
            kept = "kept for ever" if fate.days is None else f"kept for {fate.days} days"
            self.stdout.write(f"{fate.kind.kind}: {fate.number} {word} ({fate.kind.label}, {kept})")
