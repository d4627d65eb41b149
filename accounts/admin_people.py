"""People in the Wagtail admin: those whom the reader may see, and nobody else."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.users.views import users

from .models import AccessLogEntry, User


class OnlyThoseSeen:
    """A view of one person: somebody whom the reader may not see is not found."""

    def get_object(self, *args: Any, **kwargs: Any) -> User:
        found: User = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not User.objects.visible_to(self.request.user).filter(pk=found.pk).exists():  # type: ignore[attr-defined]
            raise Http404
        return found


WAY_OUT = _("Accounts are changed one at a time and never deleted. Open the person's page under People.")


class IndexView(users.IndexView):
    """Without boxes to tick, and without what is done to those ticked."""

    @cached_property
    def columns(self) -> list[Column]:
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]

    def get_delete_url(self, _instance: User) -> None:
        return None

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset() & User.objects.visible_to(self.request.user)


class EditView(OnlyThoseSeen, users.EditView):
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.can_delete = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        AccessLogEntry.objects.note_person(request.user, self.object)
        return super().get(request, *args, **kwargs)


class DeleteView(OnlyThoseSeen, users.DeleteView):
    """Says where people leave: the database keeps whoever has done something here."""

    def run_before_hook(self) -> HttpResponse:
        messages.error(self.request, WAY_OUT)
        return redirect("wagtailusers_users:edit", self.object.pk)


class HistoryView(OnlyThoseSeen, users.HistoryView):
    pass


class UsageView(OnlyThoseSeen, users.UserViewSet.usage_view_class):
    pass


class PersonViewSet(users.UserViewSet):
    index_view_class = IndexView
    index_template_name = "accounts/admin/people.html"
    edit_view_class = EditView
    delete_view_class = DeleteView
    history_view_class = HistoryView
    usage_view_class = UsageView


@hooks.register("before_bulk_action")
def one_by_one(request: HttpRequest, _action: str, objects: list[Any], _view: Any) -> HttpResponse | None:
    """What Wagtail does to many people at once knows nothing of standing, nor of administrations."""
    people = [one.pk for one in objects if isinstance(one, User)]
    if people and User.objects.visible_to(request.user).filter(pk__in=people).count() != len(people):
        raise PermissionDenied
    if not people:
        return None
    messages.error(request, WAY_OUT)
    return redirect("wagtailusers_users:index")
