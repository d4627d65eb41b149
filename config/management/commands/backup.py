"""`manage.py backup FOLDER_OR_FILE`: the whole installation in one file, while the site runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.backups import BackupError, make


class Command(BaseCommand):
    help = "Write database, officers' photos, public files and the recogniser's models to one archive."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "destination", type=Path, help="a folder, where the file is named by the time, or a file"
        )

    def handle(self, *args: Any, destination: Path, **options: Any) -> None:
        try:
            made = make(destination)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{made.path}: {len(made.manifest.parts)} files, {made.manifest.size / 1e6:.1f} MB\n"
            f"Digest: {made.manifest.digest}\n"
            "It holds personal data and officers' photos: keep it where only those who may see them come."
        )
        for name in made.broken_seals:
            self.stderr.write(f"Not what it was when it came in, or missing: {name}")
        if made.broken_seals:
            self.stderr.write(
                f"The backup was made, but sealed originals are damaged: {len(made.broken_seals)}. "
                "Look for them in older backups."
            )
