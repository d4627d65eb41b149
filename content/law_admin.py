"""Changes of law in the Wagtail admin: entered by trainers, announced by experts and administrators."""

from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.forms import Media, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultipleChooserPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from . import law_views
from .languages import LANGUAGES, SOURCE_LANGUAGE
from .law_rules import problems_of_change
from .models import LawChange


class LawChangeForm(WagtailAdminModelForm):
    """Saves a change only if it agrees with the law that stands, and with the other changes."""

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if self.instance.pk is None:
            self.instance.entered_by = self.for_user
        # Puts the rows of the form on the record, in memory only; saving does the same again.
        change = self.save(commit=False)
        for form in self._with_words():
            _note_translations(form)
        for problem in problems_of_change(change):
            self.add_error(None, problem)
        return not self.errors

    def _with_words(self) -> Iterator[ModelForm]:
        yield self
        yield from (form for form in self.formsets["provisions"].forms if form.has_changed())


def _note_translations(form: ModelForm) -> None:
    """A translation that was changed is one of the English of now."""
    for field in form.instance.translated_fields():
        for language in LANGUAGES:
            name = build_localized_fieldname(field, language)
            if name in form.changed_data and language != SOURCE_LANGUAGE:
                form.instance.set_words(field, language, form.cleaned_data[name] or "")


class PlannedOnly(ModelPermissionPolicy):
    """What is announced stands in the items: it is taken back and entered anew, not edited."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: LawChange) -> bool:
        may = self.user_has_permission(user, action)
        return may and (action not in ("change", "delete") or instance.is_planned)


def planned_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever wants to change or delete what is no longer planned reads what can be done instead."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        change = get_object_or_404(LawChange, pk=unquote(str(kwargs["pk"])))
        return view(request, *args, **kwargs) if change.is_planned else _stays(request, change)

    return checked


def keep_announced_changes(
    request: HttpRequest, action: str, records: Sequence[Any], *_action: Any
) -> HttpResponse | None:
    """What is ticked in the list can be deleted in one go; announced changes are not."""
    stay = [one for one in records if isinstance(one, LawChange) and not one.is_planned]
    return _stays(request, stay[0]) if action == "delete" and stay else None


def _stays(request: HttpRequest, change: LawChange) -> HttpResponse:
    messages.error(
        request,
        gettext("“%(change)s” is no longer planned: it is neither edited nor deleted.") % {"change": change},
    )
    return redirect("law_change", change.pk)


class LawChangeCreateView(CreateView):
    """After saving, the trainer sees what the change touches."""

    def get_success_url(self) -> str:
        return reverse("law_change", args=[self.object.pk])


class LawChangeEditView(EditView):
    def get_success_url(self) -> str:
        return reverse("law_change", args=[self.object.pk])


def touches_link(change: LawChange) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("law_change", args=[change.pk]), _("What it touches"))


def _in_each_language(field: str) -> list[FieldPanel]:
    return [FieldPanel(build_localized_fieldname(field, code)) for code in LANGUAGES]


class ProvisionsPanel(InlinePanel):
    """Rows with a chooser in them, of which Wagtail forgets the scripts."""

    class BoundPanel(InlinePanel.BoundPanel):
        @property
        def media(self) -> Media:
            return super().media + self.empty_child.media


PROVISION_PANELS = [
    MultipleChooserPanel(
        "places", chooser_field_name="item", panels=[FieldPanel("item")], heading=_("Items")
    ),
    FieldRowPanel([FieldPanel("ends_listing"), FieldPanel("ends_key")]),
    FieldRowPanel([FieldPanel("listing"), FieldPanel("annotation")]),
    FieldPanel("taxa"),
    FieldRowPanel([FieldPanel("populations"), FieldPanel("populations_excluded")]),
    *_in_each_language("condition"),
]


class LawChangeViewSet(SnippetViewSet):
    """Listing, entering, editing as long as it is planned. There is no chooser: nothing refers to it."""

    model = LawChange
    icon = "calendar-alt"
    menu_label = _("Changes of law")
    menu_name = "law-changes"
    menu_order = 205
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = LawChangeCreateView
    edit_view_class = LawChangeEditView
    list_filter = ["state", "instrument"]
    list_display = [
        "__str__",
        "instrument",
        "effective_on",
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("touches", label=_("What it touches"), accessor=touches_link),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("instrument"), FieldPanel("kind")]),
                    FieldRowPanel([FieldPanel("effective_on"), FieldPanel("already_in_force")]),
                    FieldRowPanel([FieldPanel("source"), FieldPanel("as_of")]),
                    ProvisionsPanel(
                        "provisions",
                        panels=PROVISION_PANELS,
                        heading=_("What changes"),
                        help_text=_("One entry for all items that change alike."),
                        min_num=1,
                    ),
                ],
                heading=_("Facts"),
            ),
            *(
                ObjectList(
                    [
                        FieldPanel(build_localized_fieldname(field, code))
                        for field in ("title", "explanation")
                    ],
                    heading=name,
                )
                for code, name in settings.LANGUAGES
            ),
        ],
        base_form_class=LawChangeForm,
    )

    @property
    def permission_policy(self) -> PlannedOnly:
        return PlannedOnly(self.model)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return LawChange.objects.visible_to(request.user)

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns = super().get_urlpatterns()
        for pattern in patterns:
            if pattern.name in ("edit", "delete"):
                pattern.callback = planned_only(pattern.callback)
        return patterns

    def register_chooser_viewset(self) -> None:
        """Leave it out."""


def law_addresses() -> list[URLPattern]:
    return [
        path("law/<int:pk>/", law_views.law_change, name="law_change"),
        path("law/<int:pk>/announce/", law_views.announce_law_change, name="announce_law_change"),
        path("law/<int:pk>/withdraw/", law_views.withdraw_law_change, name="withdraw_law_change"),
        path("law/<int:pk>/confirm/", law_views.confirm_law_change, name="confirm_law_change"),
    ]
