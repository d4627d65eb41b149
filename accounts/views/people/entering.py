"""Who may enter the coordinator's pages, and whom they find there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from accounts.querysets import OfAdministrationQuerySet

View = Callable[..., HttpResponseBase]
PER_PAGE = 50


def coordinator_required(view: View) -> View:
    """For coordinators and administrators; what they find there is limited by `own`."""

    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.may_coordinate:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return login_required(checked)


def own(request: HttpRequest, records: OfAdministrationQuerySet, pk: int) -> Any:
    """A record of the coordinator's own administration; of another one it is not found."""
    return get_object_or_404(records.under(request.user), pk=pk)


def page_of(request: HttpRequest, records: Any, per_page: int = PER_PAGE) -> Page:
    return Paginator(records, per_page).get_page(request.GET.get("page"))
