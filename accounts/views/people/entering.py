"""What the coordinator's pages share: the record asked for, and a page of many."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.access import ReachQuerySet

PER_PAGE = 50


def own(request: HttpRequest, records: ReachQuerySet, pk: int) -> Any:
    """A record of the coordinator's own administration; of another one it is not found."""
    return get_object_or_404(records.visible_to(request.user), pk=pk)


def page_of(request: HttpRequest, records: Any, per_page: int = PER_PAGE) -> Page:
    return Paginator(records, per_page).get_page(request.GET.get("page"))
