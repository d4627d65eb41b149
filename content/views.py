"""The reference guide's public pages."""

from itertools import groupby
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.access import Audience

from .guide_index import guide_index
from .legal import law_now
from .models import CountrySheet, HSLink, Protocol, ReferenceItem, ReferencePhoto
from .models.reference_photos import SIZES
from .national import CountryAdvice, rules_now

ROLES = list(HSLink.Role)


@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    """All items, to be scanned."""
    items = ReferenceItem.objects.visible_to(request.user).prefetch_related("common_names", "statuses")
    return render(request, "guide/item_list.html", {"sections": guide_index(items)})


@require_safe
@cache_control(private=True)
def item(request: HttpRequest, key: str) -> HttpResponse:
    """One item: what it is, how to know it, what the law says, what to do."""
    items = (
        ReferenceItem.objects.visible_to(request.user)
        .for_answer()
        .select_related("parent__parent", "documents", "next_steps", "protocol")
    )
    with_names = items.prefetch_related("parent__common_names", "parent__parent__common_names")
    found = get_object_or_404(with_names, key=key)
    sheet = CountrySheet.objects.read_by(request.user).first()
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
        "photos": found.photos.filter(live=True),
        **_national(found, sheet),
        "for_officers": Audience.OFFICERS.admits(request.user),
    }
    return render(request, "guide/item.html", context)


def _national(item: ReferenceItem, sheet: CountrySheet | None) -> dict[str, Any]:
    """What the reader's own sheet says about an item; nothing where there is no sheet."""
    if sheet is None:
        return {}
    line = ReferenceItem.objects.lineages()[item.pk]
    return {
        "country": CountryAdvice(sheet, [item]),
        "rules": rules_now(sheet.rules_for(item, line)),
        "national_codes": sheet.national_codes(item),
    }


@require_safe
@cache_control(private=True, no_store=True)
def country(request: HttpRequest) -> HttpResponse:
    """The sheet of the reader's own administration. There is no address for another one's.

    Whoever is not approved by an administration, or whose administration has published none, reads
    "treaty level only" and nothing of any sheet.
    """
    sheets = CountrySheet.objects.read_by(request.user).prefetch_related("rules__item__common_names")
    return render(request, "guide/country.html", {"sheet": sheets.first()})


@require_safe
@cache_control(private=True, max_age=3600)
def photo(request: HttpRequest, photo_id: int, size: str) -> FileResponse:
    """A reference photo without metadata; a draft only for those who write the guide."""
    if size not in SIZES:
        raise Http404
    found = get_object_or_404(ReferencePhoto.objects.visible_to(request.user), pk=photo_id)
    response = FileResponse(found.file_of(size).open("rb"), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@require_safe
def protocol(request: HttpRequest, key: str) -> HttpResponse:
    """A protocol to carry out step by step, safety first."""
    found = get_object_or_404(Protocol.objects.prefetch_related("steps", "outcomes"), key=key)
    return render(request, "guide/protocol.html", {"protocol": found})
