"""`manage.py import_guide FILE`: a spreadsheet or JSON file into the guide, as drafts."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.exchange.applying import apply_import
from content.exchange.file_rows import FileUnreadable
from content.exchange.guide_rows import read_guide
from content.exchange.importing import read_file
from content.exchange.planned import Fate, Plan, PlannedRow
from content.exchange.planning import plan_import

QUIET = (Fate.UNCHANGED, Fate.ABSENT)


class Command(BaseCommand):
    help = (
        "Take a file that export_guide wrote, or one like it, into the guide. What is new or changed comes "
        "as drafts; nothing is deleted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would come of each row")
        parser.add_argument(
            "--at-once",
            action="store_true",
            help="also write what keeps no drafts: readers see it at once",
        )

    def handle(self, *, file: Path, dry_run: bool, at_once: bool, verbosity: int, **_options: Any) -> None:
        try:
            rows = read_file(file.name, file.read_bytes())
            if dry_run:
                plan = plan_import(rows, read_guide(), None)
            else:
                plan = apply_import(rows, None, at_once=at_once)
        except (FileUnreadable, OSError) as error:
            raise CommandError(str(error)) from error
        self._say(plan, verbosity)
        counts = Counter(row.fate for row in plan.rows)
        summed = ", ".join(f"{count} {fate}" for fate, count in sorted(counts.items()))
        self.stdout.write(f"{'Would be' if dry_run else 'Done'}: {summed or 'nothing'}.")

    def _say(self, plan: Plan, verbosity: int) -> None:
        for line in plan.missing:
            self.stdout.write(line)
        for row in plan.rows:
            if row.fate not in QUIET or verbosity > 1:
                self.stdout.write(_line(row))


def _line(row: PlannedRow) -> str:
    why = " ".join(row.reasons) or ", ".join(name for name, _before, _after in row.changes)
    at_once = " (readers see it at once)" if row.at_once else ""
    return f"{row.fate:<10} {row.table.title} {row.number}  {row.name}{at_once}{f': {why}' if why else ''}"
