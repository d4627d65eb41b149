"""Ways into the guide: searching, and shelves by part, convention and customs code."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .browsing import by_code, by_convention, by_part, listed_under, placed, under_heading
from .hs_chapters import CHAPTERS
from .models import HSLink, LegalStatus, ReferenceItem
from .offline.addresses import names_path
from .offline.words import search_words
from .querysets import ReferenceItemQuerySet
from .searching.finding import search as find


def _items(request: HttpRequest) -> ReferenceItemQuerySet:
    return ReferenceItem.objects.visible_to(request.user)


@require_safe
@cache_control(private=True)
def search(request: HttpRequest) -> HttpResponse:
    """What a search finds; with `only=results` without the page around it, for guide-search.js."""
    answer = find(request.GET.get("q", ""), request.user)
    template = "guide/_found.html" if request.GET.get("only") == "results" else "guide/search.html"
    context = {"answer": answer, "kept_names": names_path(), "kept_words": json.dumps(search_words())}
    return render(request, template, context)


@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """The shelves by part or device."""
    return render(request, "guide/parts.html", {"shelves": by_part(_items(request))})


@require_safe
def part(request: HttpRequest, form: str) -> HttpResponse:
    """One part or device."""
    if form not in ReferenceItem.Form.values:
        raise Http404
    rows = placed(_items(request).filter(form=form))
    context = {"heading": ReferenceItem.Form(form).label, "groups": {"": rows}, "way": "parts"}
    return render(request, "guide/shelf.html", context)


@require_safe
def conventions(request: HttpRequest) -> HttpResponse:
    """The shelves by instrument and listing."""
    return render(request, "guide/conventions.html", {"instruments": by_convention(_items(request))})


@require_safe
def listing(request: HttpRequest, instrument: str, listing: str) -> HttpResponse:
    """The items of one listing; "none" for what is in no list of that instrument."""
    if instrument not in LegalStatus.Instrument.values:
        raise Http404
    code = "" if listing == "none" else listing
    rows = listed_under(_items(request), instrument, code)
    if not rows:
        raise Http404
    context = {
        "instrument": instrument,
        "listing": code,
        "heading": f"{LegalStatus.Instrument(instrument).label} {code}".strip(),
        "groups": {"": rows},
        "way": "conventions",
    }
    return render(request, "guide/shelf.html", context)


@require_safe
@cache_control(private=True)
def codes(request: HttpRequest) -> HttpResponse:
    """The shelves by chapter and heading. What goods hide under is counted for officers only."""
    links = HSLink.objects.visible_to(request.user).filter(item__in=_items(request))
    return render(request, "guide/codes.html", {"chapters": by_code(links)})


@require_safe
@cache_control(private=True)
def heading(request: HttpRequest, code: str) -> HttpResponse:
    """The items of one heading, by what they do there."""
    items = _items(request)
    links = HSLink.objects.visible_to(request.user).filter(item__in=items, code__startswith=code)
    groups = under_heading(items, links) if len(code) == 4 and code.isdecimal() else {}
    if not groups:
        raise Http404
    context = {"heading": code, "about": CHAPTERS.get(code[:2], ""), "groups": groups, "way": "codes"}
    return render(request, "guide/shelf.html", context)
