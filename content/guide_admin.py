"""Items of the guide and look-alikes in the Wagtail admin."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet, WorkflowActionView

from accounts.roles import Role

from .guide_forms import ItemForm, PairForm
from .guide_panels import OTHER_LANGUAGES, PartsPanel, english, one_a_line, record_tabs, tab_heading
from .models import LookAlike, ReferenceItem
from .models.published import PublishedRecord


def languages_behind(record: PublishedRecord) -> str:
    """The languages in which something is stale or missing, as the tabs say it."""
    counts = {language: record.to_read_again(language) for language in OTHER_LANGUAGES}
    return "; ".join(tab_heading(language, *count) for language, count in counts.items() if any(count)) or "–"


def listings(item: ReferenceItem) -> str:
    return ", ".join(sorted({status.label for status in item.statuses.all() if status.listed})) or "–"


class GuidePolicy(ModelPermissionPolicy):
    """The model's permissions; of an expert whom one administration of several has made, only reading."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        only_expert = Role.EXPERT in user.roles and Role.TRAINER not in user.roles
        if action != "view" and only_expert and not user.may_approve_guide:
            return False
        return super().user_has_permission(user, action)


class ApprovalView(WorkflowActionView):
    """Approving publishes: what breaks the rules is not approved, and the reviewer is told why."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.action_name == "approve":
            try:
                self.task_state.revision.as_object().check_publishable()
            except ValidationError as refusal:
                for problem in refusal.messages:
                    messages.error(request, problem)
                return self._back(request)
        return super().post(request, *args, **kwargs)

    def _back(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
        return redirect(self.redirect_url)


def keep_what_readers_see(request: HttpRequest, records: Sequence[Any]) -> None:
    """What readers see disappears by the hand of those who may publish; others delete what is still a draft.

    Raise PermissionDenied.
    """
    seen = {type(one) for one in records if isinstance(one, PublishedRecord) and one.live}
    if not all(GuidePolicy(model).user_has_permission(request.user, "publish") for model in seen):
        raise PermissionDenied


class ReferenceItemViewSet(SnippetViewSet):
    model = ReferenceItem
    icon = "doc-full"
    list_display = [
        "__str__",
        "kind",
        Column("listings", label=_("Legal status"), accessor=listings),
        Column("languages", label=_("Languages"), accessor=languages_behind),
    ]
    list_filter = ["kind", "form", "live"]
    search_backend_name = None
    search_fields = ["key", "scientific_name", "common_names__name"]
    workflow_action_view_class = ApprovalView
    edit_handler = record_tabs(
        [
            FieldPanel("key"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("form")]),
            FieldPanel("parent"),
            FieldPanel("position"),
            FieldPanel("scientific_name"),
            PartsPanel(
                "common_names",
                panels=[
                    FieldRowPanel([FieldPanel("language"), FieldPanel("region")]),
                    FieldRowPanel([FieldPanel("name"), FieldPanel("preferred")]),
                    FieldPanel("source"),
                ],
                heading=_("Common names"),
            ),
            PartsPanel(
                "field_marks",
                panels=[
                    *english("text"),
                    FieldPanel("source"),
                    FieldRowPanel([FieldPanel("verified"), FieldPanel("key")]),
                ],
                words=["text"],
                heading=_("Field marks"),
            ),
            FieldPanel("figure"),
            PartsPanel(
                "statuses",
                panels=[
                    FieldRowPanel([FieldPanel("instrument"), FieldPanel("listing")]),
                    *english("condition"),
                    one_a_line("taxa"),
                    FieldRowPanel([one_a_line("populations"), FieldPanel("populations_excluded")]),
                    FieldRowPanel([FieldPanel("annotation"), FieldPanel("jurisdiction")]),
                    FieldRowPanel([FieldPanel("in_force_from"), FieldPanel("in_force_until")]),
                    FieldPanel("source"),
                    FieldPanel("as_of"),
                    FieldRowPanel([FieldPanel("verified_by"), FieldPanel("verified_on")]),
                    FieldPanel("key"),
                ],
                words=["condition"],
                heading=_("Legal status"),
            ),
            PartsPanel(
                "hs_links",
                panels=[
                    FieldRowPanel([FieldPanel("code"), FieldPanel("role"), FieldPanel("edition")]),
                ],
                heading=_("HS codes"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("hazards"),
                    FieldPanel("documents"),
                    FieldPanel("next_steps"),
                    FieldPanel("after_detention"),
                    FieldPanel("protocol"),
                ],
                heading=_("What to do"),
            ),
            FieldPanel("concealment_source"),
            FieldPanel("concealment_verified"),
            MultiFieldPanel(
                [one_a_line("backbone_classes"), FieldPanel("demonstration")], heading=_("The recogniser")
            ),
        ],
        ["summary", "concealment"],
        ItemForm,
        has_names=True,
    )

    @property
    def permission_policy(self) -> GuidePolicy:
        return GuidePolicy(self.model)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return ReferenceItem.objects.prefetch_related("common_names", "statuses", "field_marks").distinct()


class LookAlikeViewSet(SnippetViewSet):
    """There is no chooser: nothing refers to a pair."""

    model = LookAlike
    icon = "copy"
    list_display = ["__str__", Column("languages", label=_("Languages"), accessor=languages_behind)]
    list_filter = ["live"]
    search_backend_name = None
    search_fields = ["key"]
    workflow_action_view_class = ApprovalView
    edit_handler = record_tabs(
        [
            FieldRowPanel([FieldPanel("first"), FieldPanel("second")]),
            PartsPanel(
                "marks",
                panels=[
                    *english("mark", "first_side", "second_side"),
                    FieldPanel("source"),
                    FieldRowPanel([FieldPanel("verified"), FieldPanel("key")]),
                ],
                words=["mark", "first_side", "second_side"],
                heading=_("Distinguishing marks"),
            ),
            FieldPanel("key"),
        ],
        ["deciding"],
        PairForm,
    )

    @property
    def permission_policy(self) -> GuidePolicy:
        return GuidePolicy(self.model)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return LookAlike.objects.select_related("first", "second").prefetch_related(
            "first__common_names", "second__common_names", "marks"
        )

    def register_chooser_viewset(self) -> None:
        """Leave it out."""
