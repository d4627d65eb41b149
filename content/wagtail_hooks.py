"""The records in the Wagtail admin: a tab a language."""

from django.conf import settings
from modeltranslation.utils import build_localized_fieldname
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

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
    ReferenceItem,
    SheetLogEntry,
)
from .protocol_form import ProtocolForm
from .sheet_admin import CountrySheetViewSet


def language_tabs(
    first: list[Panel], fields: list[str], form: type[WagtailAdminModelForm] | None = None
) -> TabbedInterface:
    """A tab for what has no language, then one a language for the words."""
    tabs = [ObjectList(first, heading="Record")]
    for code, name in settings.LANGUAGES:
        panels = [FieldPanel(build_localized_fieldname(field, code)) for field in fields]
        tabs.append(ObjectList(panels, heading=name))
    return TabbedInterface(tabs, base_form_class=form)


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
    edit_handler = language_tabs([FieldPanel("key")], ["title", "text"])


class AdviceViewSet(SnippetViewSet):
    model = Advice
    icon = "list-ul"
    list_display = ["key", "kind"]
    edit_handler = language_tabs([FieldPanel("kind"), FieldPanel("key")], ["points"])


class ReferenceItemViewSet(SnippetViewSet):
    model = ReferenceItem
    icon = "doc-full"
    list_display = ["__str__", "kind", "parent"]
    list_filter = ["kind"]
    edit_handler = language_tabs(
        [
            FieldPanel("key"),
            FieldPanel("kind"),
            FieldPanel("parent"),
            FieldPanel("scientific_name"),
            FieldPanel("demonstration"),
            FieldPanel("backbone_classes"),
            FieldPanel("hazards"),
            FieldPanel("documents"),
            FieldPanel("next_steps"),
            FieldPanel("protocol"),
            FieldPanel("concealment_source"),
            FieldPanel("concealment_verified"),
            InlinePanel("common_names", heading="Common names"),
            InlinePanel(
                "field_marks",
                panels=[
                    FieldPanel("key"),
                    FieldPanel("source"),
                    FieldPanel("verified"),
                    *localized(["text"]),
                ],
                heading="Field marks",
            ),
            InlinePanel(
                "statuses",
                panels=[
                    FieldPanel("key"),
                    FieldPanel("instrument"),
                    FieldPanel("listing"),
                    FieldPanel("jurisdiction"),
                    FieldPanel("in_force_from"),
                    FieldPanel("in_force_until"),
                    FieldPanel("as_of"),
                    FieldPanel("source"),
                    FieldPanel("verified_by"),
                    FieldPanel("verified_on"),
                    *localized(["condition"]),
                ],
                heading="Legal status",
            ),
            InlinePanel("hs_links", heading="HS codes"),
        ],
        ["summary", "concealment"],
    )


class ProtocolViewSet(SnippetViewSet):
    model = Protocol
    icon = "tasks"
    list_display = ["__str__", "key", "version"]
    edit_handler = language_tabs(
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
    edit_handler = language_tabs([FieldPanel("key")], ["text"])


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    list_filter = ["objective"]
    edit_handler = language_tabs(
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
    edit_handler = language_tabs(
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
    edit_handler = language_tabs(
        [
            FieldPanel("administration"),
            FieldPanel("kind"),
            FieldPanel("version"),
            FieldPanel("valid_from"),
        ],
        ["title", "text"],
    )


class GuideGroup(SnippetViewSetGroup):
    items = (ReferenceItemViewSet, ProtocolViewSet, HazardViewSet, AdviceViewSet)
    menu_label = "Guide"
    menu_icon = "search"


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


@hooks.register("register_log_actions")
def log_sheets_apart(actions: LogActionRegistry) -> None:
    actions.register_model(CountrySheet, SheetLogEntry)
