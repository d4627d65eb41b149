"""The country sheet in the Wagtail admin: each coordinator's own, and no other."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import CountrySheet


class OwnSheetForm(WagtailAdminModelForm):
    """Puts a new sheet under the coordinator's own administration, without asking."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "administration" not in self.fields and self.instance.administration_id is None:
            self.instance.administration = self.for_user.administration

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "administration" not in self.fields and self.instance.administration_id is None:
            raise ValidationError(_("You belong to no administration yet. Ask an administrator."))
        return cleaned


class OwnSheetPolicy(ModelPermissionPolicy):
    """The model's permissions, each only on the sheets that the person may edit."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: CountrySheet) -> bool:
        return self.user_has_permission(user, action) and (
            instance.pk is None or CountrySheet.objects.edited_by(user).filter(pk=instance.pk).exists()
        )

    def instances_user_has_any_permission_for(self, user: Any, actions: list[str]) -> QuerySet:
        if not self.user_has_any_permission(user, actions):
            return CountrySheet.objects.none()
        return CountrySheet.objects.edited_by(user)


def own_sheet_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Another administration's sheet is not found, whatever one wants to do with it."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "pk" in kwargs:
            get_object_or_404(CountrySheet.objects.edited_by(request.user), pk=unquote(str(kwargs["pk"])))
        return view(request, *args, **kwargs)

    return checked


class CountrySheetViewSet(SnippetViewSet):
    """Listing, editing, history and preview. There is no chooser: nothing refers to a sheet."""

    model = CountrySheet
    icon = "globe"
    menu_label = _("Country sheet")
    menu_name = "country-sheet"
    menu_order = 150
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["__str__", "language", "as_of", "check_again_after"]
    # Telephone numbers first: at night that is what the officer opens the page for.
    edit_handler = ObjectList(
        [
            FieldPanel("administration", permission="superuser"),
            InlinePanel(
                "authorities",
                panels=[
                    FieldRowPanel([FieldPanel("role"), FieldPanel("name")]),
                    FieldRowPanel([FieldPanel("telephone"), FieldPanel("hours")]),
                    FieldRowPanel([FieldPanel("night_telephone"), FieldPanel("night_hours")]),
                    FieldPanel("email"),
                    FieldPanel("address"),
                    FieldPanel("verified_on"),
                ],
                heading=_("Whom to call"),
                help_text=_(
                    "The one to call at night comes first. Call each number yourself before you publish it."
                ),
            ),
            MultiFieldPanel(
                [FieldPanel("live_animals"), FieldPanel("waste"), FieldPanel("cylinders")],
                heading=_("What to do first"),
            ),
            InlinePanel(
                "rules",
                panels=[
                    FieldRowPanel([FieldPanel("item"), FieldPanel("instrument")]),
                    FieldPanel("text"),
                    FieldPanel("source"),
                    FieldRowPanel([FieldPanel("in_force_from"), FieldPanel("as_of")]),
                ],
                heading=_("National rules"),
                help_text=_("Only where your law goes further than the treaty."),
            ),
            InlinePanel(
                "tariff_lines",
                panels=[
                    FieldRowPanel([FieldPanel("hs_code"), FieldPanel("national_code")]),
                    FieldPanel("note"),
                ],
                heading=_("Customs codes"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("language"),
                    FieldRowPanel([FieldPanel("as_of"), FieldPanel("check_again_after")]),
                ],
                heading=_("This sheet"),
            ),
        ],
        base_form_class=OwnSheetForm,
    )

    @property
    def permission_policy(self) -> OwnSheetPolicy:
        return OwnSheetPolicy(self.model)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return CountrySheet.objects.edited_by(request.user).select_related("administration")

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns = super().get_urlpatterns()
        for pattern in patterns:
            pattern.callback = own_sheet_required(pattern.callback)
        return patterns

    def register_chooser_viewset(self) -> None:
        """Leave it out."""
