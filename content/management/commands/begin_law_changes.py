"""`manage.py begin_law_changes`: note which changes of law have taken effect, and tell the owners."""

from typing import Any

from django.core.management.base import BaseCommand

from content.law_days import begin_due


class Command(BaseCommand):
    help = (
        "Note which announced changes of law have taken effect, and tell the owners. Run it daily. The law "
        "itself turns by its date alone."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for change in begin_due():
            self.stdout.write(f"In effect: {change} ({change.effective_on.isoformat()})")
