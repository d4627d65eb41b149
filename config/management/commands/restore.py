"""`manage.py restore FILE`: fills an empty installation from a backup."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.backups import BackupError, restore


class Command(BaseCommand):
    help = "Check a backup from end to end, then fill this empty installation from it: all of it or nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path, help="what `backup` wrote")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            restored = restore(file, tell=self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows = sum(restored.counts.values())
        self.stdout.write(
            f"Restored: {rows} rows, {len(restored.parts) - 1} files, made by version {restored.quaymark}.\n"
            "Now run `manage.py migrate`: this version may have changes that the backup lacks."
        )
