"""The page on which the guide is kept, and what its script asks for. Nothing here depends on who asks."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from content.languages import reader_language
from content.legal import CHECK_AGAIN_AFTER
from content.models import LookAlike, Protocol, ReferenceItem

from .addresses import STRANGER
from .building import Build, kept_build, newest
from .words import keeper_words

WORKER = Path(__file__).with_name("worker.js")


@require_safe
@cache_control(private=True)
def offline(request: HttpRequest) -> HttpResponse:
    """What would be kept on this phone, and the button that keeps it."""
    counts = {
        "things": ReferenceItem.objects.visible_to(STRANGER).count(),
        "pairs": LookAlike.objects.visible_to(STRANGER).count(),
        "protocols": Protocol.objects.count(),
    }
    return render(request, "offline/offline.html", {**counts, "words": keeper_words()})


@require_safe
@cache_control(private=True)
def not_kept(request: HttpRequest) -> HttpResponse:
    """What a phone shows without a line, where it has not kept the page that was asked for."""
    return render(request, "offline/not_kept.html")


@require_safe
@cache_control(no_store=True)
def manifest(request: HttpRequest) -> JsonResponse:
    """What a copy in this language holds, part by part, and how large each is; 202 while it is being made."""
    # Not the address in the request: one stranger's port would stand in everybody's copy.
    build, current = newest(reader_language(), settings.WAGTAILADMIN_BASE_URL)
    if build is None:
        return JsonResponse({"being_made": True}, status=202)
    return JsonResponse(_shown(build, current))


def _shown(build: Build, current: bool) -> dict[str, Any]:
    return {
        "version": build.version,
        # A guide that has not changed since is today's.
        "as_of": (timezone.now() if current else build.made_at).isoformat(),
        "current": current,
        "check_again_days": CHECK_AGAIN_AFTER.days,
        "things": build.things,
        "parts": [
            {
                "digest": part.digest,
                "address": reverse("guide:offline_part", args=[part.digest]),
                "bytes": len(part.packed),
                "room": part.room,
                "paths": part.paths,
            }
            for part in build.parts
        ],
        "photos": [{"path": photo.path, "bytes": photo.size} for photo in build.photos],
    }


@require_safe
@cache_control(public=True, max_age=86400, immutable=True)
def part(request: HttpRequest, digest: str) -> HttpResponse:
    """A part of the copy by its digest; 404 once the guide has changed and another has taken its place."""
    build = kept_build(reader_language())
    found = build.part(digest) if build else None
    if found is None:
        raise Http404
    # Every browser that can keep a copy unpacks it.
    return HttpResponse(found.packed, content_type="application/json", headers={"Content-Encoding": "gzip"})


@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The script that answers from the copy where the line fails; it reaches no further than the guide."""
    known = {"language": reader_language(), "scope": reverse("guide:items")}
    text = WORKER.read_text(encoding="utf-8").replace("__SETTINGS__", json.dumps(known))
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")
