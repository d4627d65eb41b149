"""What editors see of a draft: the readers' own pages, made from what stands in the form."""

from django.http import HttpRequest, HttpResponse

from .item_page import compare_page, item_page
from .models import HSLink, LookAlike, ReferenceItem


def item_preview(request: HttpRequest, item: ReferenceItem) -> HttpResponse:
    """The draft's page. A code whose role is not chosen yet has no place on it."""
    return item_page(request, item, [link for link in item.hs_links.all() if link.role in HSLink.Role.values])


def pair_preview(request: HttpRequest, pair: LookAlike) -> HttpResponse:
    return compare_page(request, pair)
