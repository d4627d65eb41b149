"""People in the Wagtail admin: those whom the reader may see, and nobody else."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.users.views import users

from .models import AccessLogEntry, User


class OnlyThoseSeen:
    """A view of one person: somebody whom the reader may not see is not found."""

    def get_object(self, *args: Any, **kwargs: Any) -> User:
        found: User = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not User.objects.visible_to(self.request.user).filter(pk=found.pk).exists():  # type: ignore[attr-defined]
            raise Http404
        return found


class IndexView(users.IndexView):
    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset() & User.objects.visible_to(self.request.user)


class EditView(OnlyThoseSeen, users.EditView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        AccessLogEntry.objects.note_person(request.user, self.object)
        return super().get(request, *args, **kwargs)


class DeleteView(OnlyThoseSeen, users.DeleteView):
    pass


class HistoryView(OnlyThoseSeen, users.HistoryView):
    pass


class UsageView(OnlyThoseSeen, users.UserViewSet.usage_view_class):
    pass


class PersonViewSet(users.UserViewSet):
    index_view_class = IndexView
    edit_view_class = EditView
    delete_view_class = DeleteView
    history_view_class = HistoryView
    usage_view_class = UsageView


@hooks.register("before_bulk_action")
def only_those_seen(request: HttpRequest, _action: str, objects: list[Any], _view: Any) -> None:
    """Ticking somebody in a list that was made by hand does not help either."""
    people = [one.pk for one in objects if isinstance(one, User)]
    if people and User.objects.visible_to(request.user).filter(pk__in=people).count() != len(people):
        raise PermissionDenied
