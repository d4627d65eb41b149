"""The way to the pages of this folder, in the admin's menu."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

# Who may change what the guide says may take it away and bring it back.
PERMISSION = "content.change_referenceitem"


class ExchangeMenuItem(MenuItem):
    """Shown to those who may change the guide."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


def exchange_menu_item() -> ExchangeMenuItem:
    return ExchangeMenuItem(
        _("Import and export"),
        reverse("guide_exchange"),
        name="guide-exchange",
        icon_name="upload",
        order=900,
    )
