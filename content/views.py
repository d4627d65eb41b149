"""The reference guide's public pages."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import Audience

from .guide_index import guide_index
from .legal import law_now
from .models import HSLink, Protocol, ReferenceItem

ROLES = list(HSLink.Role)


@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    """All items, to be scanned."""
    items = ReferenceItem.objects.visible_to(request.user).prefetch_related("common_names", "statuses")
    return render(request, "guide/item_list.html", {"sections": guide_index(items)})


@require_safe
def item(request: HttpRequest, key: str) -> HttpResponse:
    """One item: what it is, how to know it, what the law says, what to do."""
    items = (
        ReferenceItem.objects.visible_to(request.user)
        .for_answer()
        .select_related("parent__parent", "documents", "next_steps", "protocol")
    )
    with_names = items.prefetch_related("parent__common_names", "parent__parent__common_names")
    found = get_object_or_404(with_names, key=key)
    codes = HSLink.objects.visible_to(request.user).filter(item=found)
    links = sorted(codes, key=lambda link: ROLES.index(link.role))
    context = {
        "item": found,
        "ancestors": found.ancestors()[::-1],
        "children": found.children.prefetch_related("common_names"),
        "law": law_now(found.statuses.all()),
        "codes": [
            (HSLink.Role(role).label, list(same)) for role, same in groupby(links, lambda link: link.role)
        ],
        "edition": links[0].edition if links else None,
        "for_officers": Audience.OFFICERS.admits(request.user),
    }
    return render(request, "guide/item.html", context)


@require_safe
def protocol(request: HttpRequest, key: str) -> HttpResponse:
    """A protocol to carry out step by step, safety first."""
    found = get_object_or_404(Protocol.objects.prefetch_related("steps", "outcomes"), key=key)
    return render(request, "guide/protocol.html", {"protocol": found})
