"""`manage.py update_catalogues`: bring locale/ in line with the code."""

from typing import Any

from django.core.management.base import BaseCommand

from config import catalogues


class Command(BaseCommand):
    help = "Write every translatable sentence of the code into the catalogues in locale/, and compile them."

    def handle(self, *args: Any, **options: Any) -> None:
        catalogues.update()
        catalogues.compile_all()
