"""`manage.py load_content`: the product's own guides and modules."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from content.figures import figure_problems
from content.loading import library
from content.loading.items import load_guide
from content.loading.ledger import Ledger
from content.loading.look_alikes import load_look_alikes
from content.loading.notices import load_notices
from content.loading.pages import load_pages
from content.loading.permissions import give_permissions, make_workflow


class Command(BaseCommand):
    help = (
        "Load the product's own guides and modules from content/library. Run it as often as you like: "
        "what an editor has changed is left alone."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = [*library.problems(), *figure_problems()]
        if found:
            raise CommandError("\n".join(["The library is not complete:", *found]))
        ledger = Ledger()
        try:
            with transaction.atomic():
                give_permissions(ledger)
                make_workflow(ledger)
                load_guide(ledger)
                load_look_alikes(ledger)
                load_notices(ledger)
                ledger.save()
            self._say("Guide loaded.", options)
            load_pages(ledger)
        except library.LibraryError as error:
            raise CommandError(str(error)) from error
        self._say("Pages loaded.", options)
        if ledger.kept:
            self._say(f"Left alone, because an editor changed them: {', '.join(ledger.kept)}.", options)

    def _say(self, text: str, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            self.stdout.write(text)
