"""The way to the pages of this folder, in the admin's menu."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from accounts.access import Reader

from .tables import TABLES

# A file holds hazards and protocols too, which readers see at once: whoever may change some of the guide
# (an expert its items and pairs) may not therefore send all of it.
PERMISSIONS = [
    f"content.{action}_{table.model._meta.model_name}"
    for table in TABLES
    if table.owner is None
    for action in ("add", "change")
]


def may_exchange(person: Reader) -> bool:
    """Whether this person may change all that the guide says, and so take it away and bring it back."""
    return person.has_perms(PERMISSIONS)


class ExchangeMenuItem(MenuItem):
    """Shown to those who may change the whole guide."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_exchange(request.user)


def exchange_menu_item() -> ExchangeMenuItem:
    return ExchangeMenuItem(
        _("Import and export"),
        reverse("guide_exchange"),
        name="guide-exchange",
        icon_name="upload",
        order=900,
    )
