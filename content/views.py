"""The reference guide's public pages."""

import segno
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .comparing import mistaken_for
from .guide_index import guide_index
from .item_page import compare_page, item_page
from .languages import reader_language
from .legal import law_now
from .models import CountrySheet, HSLink, LookAlike, ReferenceItem, ReferencePhoto
from .models.reference_photos import SIZES

# A pocket card is one sheet of A5: what is longer is set in smaller type.
MOST_LOOK_ALIKES, LONG_CARD = 3, 1900  # characters


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
    codes = HSLink.objects.visible_to(request.user).filter(item=found)
    return item_page(request, found, codes)


@require_safe
@cache_control(private=True)
def compare(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """Two look-alikes side by side. Either order of the two leads to the one page of the pair."""
    pairs = LookAlike.objects.visible_to(request.user).select_related("first", "second")
    parts = ("common_names", "statuses", "hazards")
    pair = get_object_or_404(
        pairs.prefetch_related(
            "marks", *(f"{side}__{part}" for side in ("first", "second") for part in parts)
        ),
        Q(first__key=first, second__key=second) | Q(first__key=second, second__key=first),
    )
    if pair.first.key != first:
        return redirect(pair)
    return compare_page(request, pair)


@require_safe
@cache_control(private=True)
def card(request: HttpRequest, key: str) -> HttpResponse:
    """One item on one small sheet of paper, with a way back to today's page."""
    found = get_object_or_404(ReferenceItem.objects.visible_to(request.user).for_answer(), key=key)
    law = law_now(found.statuses.all())
    today = request.build_absolute_uri(found.get_absolute_url())
    look_alikes = mistaken_for(found, request.user)[:MOST_LOOK_ALIKES]
    words = [
        *(mark.words("text", reader_language()) for mark in found.field_marks.all()),
        *(one.pair.words("deciding", reader_language()) for one in look_alikes),
        *(str(status.condition) for status in law),
    ]
    context = {
        "item": found,
        "law": law,
        "is_long": sum(map(len, words)) > LONG_CARD,
        "check_again_after": min((status.check_again_after for status in law), default=None),
        "look_alikes": look_alikes,
        "today": today,
        "qr": _qr(today),
    }
    return render(request, "guide/card.html", context)


def _qr(address: str) -> SafeString:
    drawn = segno.make_qr(address, error="m").svg_inline(
        omitsize=True, border=2, svgclass=None, lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 - drawn from the address, which is not in it


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
