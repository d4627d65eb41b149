"""What accounts adds to the Wagtail admin."""

from typing import Any

from django.forms import PasswordInput
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import RetentionRule, SignInService
from .views.outbox import Outbox, may_see_outbox, outbox_mail


@hooks.register("register_admin_urls")
def outbox_addresses() -> list[URLPattern]:
    return [
        path("mails/", Outbox.as_view(), name="outbox"),
        path("mails/results/", Outbox.as_view(results_only=True), name="outbox_results"),
        path("mails/<int:pk>/", outbox_mail, name="outbox_mail"),
    ]


class OutboxMenuItem(MenuItem):
    """Shown to those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_outbox(request.user)


@hooks.register("register_reports_menu_item")
def outbox_menu_item(**_kwargs: Any) -> OutboxMenuItem:
    return OutboxMenuItem(_("E-mails"), reverse("outbox"), name="outbox", icon_name="mail", order=1200)


class SignInServiceViewSet(SnippetViewSet):
    """For administrators: nobody else is given the permission."""

    model = SignInService
    icon = "key"
    list_display = ["name", "administration", "issuer", "in_use"]
    panels = [
        FieldPanel("administration"),
        FieldPanel("name"),
        FieldPanel("key"),
        FieldPanel("issuer"),
        FieldPanel("client_id"),
        FieldPanel("secret", widget=PasswordInput(render_value=True, attrs={"autocomplete": "off"})),
        FieldPanel("in_use"),
    ]


register_snippet(SignInServiceViewSet)


class RetentionRuleViewSet(SnippetViewSet):
    """For administrators, who alone have the permission."""

    model = RetentionRule
    icon = "history"
    menu_label = "Retention"
    add_to_settings_menu = True
    list_display = ["kind", "days"]
    panels = [FieldPanel("kind"), FieldPanel("days")]


register_snippet(RetentionRuleViewSet)
