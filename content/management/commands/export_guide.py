"""`manage.py export_guide FILE`: the whole guide as a spreadsheet (.xlsx) or as JSON (.json)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.exchange.guide_rows import read_guide
from content.exchange.json_files import write_json
from content.exchange.spreadsheets import CellTooLong, write_spreadsheet

WRITERS = {".xlsx": write_spreadsheet, ".json": write_json}


class Command(BaseCommand):
    help = "Write the whole guide, drafts included, to a file that ends in .xlsx or .json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **_options: Any) -> None:
        if file.suffix.lower() not in WRITERS:
            raise CommandError("The file's name must end in .xlsx or .json.")
        guide = read_guide()
        try:
            file.write_bytes(WRITERS[file.suffix.lower()](guide))
        except (OSError, CellTooLong) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{sum(len(rows) for rows in guide.rows.values())} rows written to {file}.")
