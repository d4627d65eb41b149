"""The page of one item, and of two look-alikes, as readers see them: from the database, or from a draft."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import Audience

from .comparing import compare, mistaken_for
from .figures import LIBRARY
from .guide_index import strictest
from .legal import law_now
from .models import CountrySheet, HSLink, LookAlike, ReferenceItem
from .national import CountryAdvice, rules_now

ROLES = list(HSLink.Role)


def item_page(request: HttpRequest, item: ReferenceItem, codes: Iterable[HSLink]) -> HttpResponse:
    """The item's page, with those of its customs codes that the reader may see."""
    sheet = CountrySheet.objects.read_by(request.user).first()
    links = sorted(codes, key=lambda link: ROLES.index(HSLink.Role(link.role)))
    ancestors = item.ancestors()
    context = {
        "item": item,
        "strictest": strictest(item.statuses.all()),
        # A draft is for those who write the guide, also where something published belongs to it.
        "ancestors": [one for one in ancestors[::-1] if one.live or Audience.EDITORS.admits(request.user)],
        "figure": item.figure if item.figure in LIBRARY.drawings() else "",
        "law": law_now(item.statuses.all()),
        "codes": [
            (HSLink.Role(role).label, list(same)) for role, same in groupby(links, lambda link: link.role)
        ],
        "edition": links[0].edition if links else None,
        **_around(request, item),
        **_national(item, ancestors, sheet),
        "for_officers": Audience.OFFICERS.admits(request.user),
    }
    return render(request, "guide/item.html", context)


def _around(request: HttpRequest, item: ReferenceItem) -> dict[str, Any]:
    """What other records say of an item; nothing of one that has never been saved."""
    if item.pk is None:
        return {}
    return {
        "look_alikes": mistaken_for(item, request.user),
        "children": item.children.visible_to(request.user).prefetch_related("common_names"),
        "photos": item.photos.filter(live=True),
    }


def _national(
    item: ReferenceItem, ancestors: list[ReferenceItem], sheet: CountrySheet | None
) -> dict[str, Any]:
    """What the reader's own sheet says about an item; nothing where there is no sheet."""
    if sheet is None:
        return {}
    line = {one.pk for one in (item, *ancestors)}
    return {
        "country": CountryAdvice(sheet, [item]),
        "rules": rules_now(sheet.rules_for(item, line)),
        "national_codes": sheet.national_codes(item),
    }


def compare_page(request: HttpRequest, pair: LookAlike) -> HttpResponse:
    """Two look-alikes side by side."""
    return render(request, "guide/compare.html", {"comparison": compare(pair)})
