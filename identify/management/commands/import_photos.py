"""`manage.py import_photos FOLDER`: reference photos with their sheet into the guide."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from identify.references.folders import DiskFolder
from identify.references.importing import import_folder, plan
from identify.references.sheet import SHEET_NAMES, SheetUnreadable


class Command(BaseCommand):
    help = f"Take reference photos from a folder with a sheet ({', '.join(SHEET_NAMES)}) into the guide."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would come of each row")
        parser.add_argument("--publish", action="store_true", help="publish the new photos at once")

    def handle(self, *, folder: Path, dry_run: bool, publish: bool, **_options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        counts: dict[str, int] = {}
        try:
            source = DiskFolder(folder)
            rows = plan(source) if dry_run else import_folder(source, None, publish=publish)
            for row in rows:
                counts[row.fate] = counts.get(row.fate, 0) + 1
                where = f"row {row.number}" if row.number else "no row"
                reason = f": {row.reason}" if row.reason else ""
                self.stdout.write(f"{row.fate:<10} {where:<9} {row.file}  {row.item}{reason}")
        except SheetUnreadable as error:
            raise CommandError(str(error)) from error
        summed = ", ".join(f"{count} {fate}" for fate, count in sorted(counts.items()))
        self.stdout.write(f"{'Would be' if dry_run else 'Done'}: {summed}.")
