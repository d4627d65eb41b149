"""The records in the Wagtail admin: a tab a language."""

from django.conf import settings
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from modeltranslation.utils import build_localized_fieldname
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .exchange import views as exchange
from .exchange.menu import exchange_menu_item
from .guide_admin import LookAlikeViewSet, ReferenceItemViewSet, keep_what_readers_see
from .guide_panels import record_tabs
from .law_admin import LawChangeViewSet, keep_announced_changes, law_addresses
from .models import (
    Advice,
    CountrySheet,
    Hazard,
    Notice,
    Objective,
    Protocol,
    Question,
    Quiz,
    SheetLogEntry,
)
from .protocol_form import ProtocolForm
from .sheet_admin import CountrySheetViewSet


def localized(fields: list[str]) -> list[Panel]:
    """Panels for the words of a row, all languages below each other."""
    return [
        FieldPanel(build_localized_fieldname(field, code))
        for field in fields
        for code, _ in settings.LANGUAGES
    ]


STEP_PANELS = [
    FieldPanel("key"),
    FieldPanel("kind"),
    *localized(["title", "safety", "text"]),
    FieldPanel("leads_to"),
    InlinePanel(
        "answers",
        panels=[
            FieldPanel("key"),
            *localized(["text"]),
            FieldPanel("leads_to"),
            FieldRowPanel([FieldPanel("above"), FieldPanel("below")]),
        ],
        heading="Answers",
    ),
    MultiFieldPanel(
        [
            FieldPanel("unit"),
            FieldRowPanel([FieldPanel("readings_least"), FieldPanel("readings_most")]),
            FieldRowPanel([FieldPanel("lowest"), FieldPanel("highest")]),
        ],
        heading="Measurement",
    ),
    FieldPanel("figure"),
    FieldPanel("source"),
    FieldPanel("verified"),
]


class HazardViewSet(SnippetViewSet):
    model = Hazard
    icon = "warning"
    edit_handler = record_tabs([FieldPanel("key")], ["title", "text"])


class AdviceViewSet(SnippetViewSet):
    model = Advice
    icon = "list-ul"
    list_display = ["key", "kind"]
    edit_handler = record_tabs([FieldPanel("kind"), FieldPanel("key")], ["points"])


class ProtocolViewSet(SnippetViewSet):
    model = Protocol
    icon = "tasks"
    list_display = ["__str__", "key", "version"]
    edit_handler = record_tabs(
        [
            FieldPanel("key"),
            FieldPanel("version"),
            FieldPanel("source"),
            FieldPanel("verified"),
            InlinePanel("steps", panels=STEP_PANELS, heading="Steps"),
            InlinePanel(
                "outcomes",
                panels=[FieldPanel("key"), FieldPanel("tone"), *localized(["title", "text"])],
                heading="Outcomes",
            ),
        ],
        ["title", "intro", "safety"],
        ProtocolForm,
    )


class ObjectiveViewSet(SnippetViewSet):
    model = Objective
    icon = "pick"
    edit_handler = record_tabs([FieldPanel("key")], ["text"])


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    list_filter = ["objective"]
    edit_handler = record_tabs(
        [
            FieldPanel("key"),
            FieldPanel("kind"),
            FieldPanel("objective"),
            FieldPanel("items"),
            FieldPanel("source"),
            InlinePanel(
                "choices",
                panels=[FieldPanel("key"), FieldPanel("right"), *localized(["text", "feedback"])],
                heading="Choices",
            ),
        ],
        ["text", "explanation"],
    )


class QuizViewSet(SnippetViewSet):
    model = Quiz
    icon = "form"
    edit_handler = record_tabs(
        [FieldPanel("key"), FieldPanel("pass_mark"), InlinePanel("places", heading="Questions")],
        ["title", "intro"],
    )


class NoticeViewSet(SnippetViewSet):
    """For administrators: trainers have no permission for it, and coordinators a page of their own."""

    model = Notice
    icon = "lock"
    menu_label = "Terms and privacy"
    add_to_settings_menu = True
    list_display = ["kind", "version", "administration", "valid_from"]
    list_filter = ["kind", "administration"]
    edit_handler = record_tabs(
        [
            FieldPanel("administration"),
            FieldPanel("kind"),
            FieldPanel("version"),
            FieldPanel("valid_from"),
        ],
        ["title", "text"],
    )


class GuideGroup(SnippetViewSetGroup):
    items = (ReferenceItemViewSet, LookAlikeViewSet, ProtocolViewSet, HazardViewSet, AdviceViewSet)
    menu_label = "Guide"
    menu_icon = "search"

    def get_submenu_items(self) -> list[MenuItem]:
        return [*super().get_submenu_items(), exchange_menu_item()]


class BankGroup(SnippetViewSetGroup):
    items = (QuestionViewSet, QuizViewSet, ObjectiveViewSet)
    menu_label = "Questions"
    menu_icon = "help"


register_snippet(GuideGroup)
register_snippet(BankGroup)
register_snippet(NoticeViewSet)
register_snippet(CountrySheetViewSet)
register_snippet(LawChangeViewSet)
hooks.register("register_admin_urls", law_addresses)
hooks.register("before_bulk_action", keep_announced_changes)
hooks.register("before_delete_snippet", keep_what_readers_see)


@hooks.register("insert_global_admin_css")
def admin_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("content/admin.css"))


@hooks.register("register_log_actions")
def log_sheets_apart(actions: LogActionRegistry) -> None:
    actions.register_model(CountrySheet, SheetLogEntry)


@hooks.register("register_admin_urls")
def exchange_addresses() -> list[URLPattern]:
    return [
        path("guide/exchange/", exchange.guide_exchange, name="guide_exchange"),
        path("guide/exchange/guide.xlsx", exchange.guide_xlsx, name="guide_xlsx"),
        path("guide/exchange/guide.json", exchange.guide_json, name="guide_json"),
        path("guide/exchange/<uuid:public_id>/", exchange.guide_import, name="guide_import"),
        path(
            "guide/exchange/<uuid:public_id>/apply/", exchange.apply_guide_import, name="apply_guide_import"
        ),
    ]
