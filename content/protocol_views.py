"""The protocols: their list, and each walked through one screen at a time.

A walk is carried in its address: one parameter a step that was answered, beside the day it was begun ("on"),
the version it began with ("version"), and what is being asked ("at") or changed ("back"). Nothing is stored.
"""

import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .figures import LIBRARY
from .models import Protocol
from .protocol_walk import CantBeWalked, Walk, walk


@require_safe
def protocols(request: HttpRequest) -> HttpResponse:
    """All protocols, to choose one."""
    found = Protocol.objects.prefetch_related("items__common_names")
    return render(request, "guide/protocols.html", {"protocols": found})


@require_safe
def protocol(request: HttpRequest, key: str) -> HttpResponse:
    """A protocol to read: safety, all its steps, and what it can end in."""
    found = get_object_or_404(Protocol.objects.whole(), key=key)
    return render(request, "guide/protocol.html", {"protocol": found})


@require_safe
def protocol_walk(request: HttpRequest, key: str) -> HttpResponse:
    """A protocol to follow: safety first, then one step a screen, then an outcome to print."""
    found = get_object_or_404(Protocol.objects.whole(), key=key)
    begun = _day(request.GET.get("on", ""))
    if begun is None:
        context = {"protocol": found, "today": timezone.localdate()}
        return render(request, "guide/walk_start.html", context)
    version = _version(request.GET.get("version", ""), found)
    given = dict(request.GET.lists())
    asked, changed = request.GET.get("at", ""), request.GET.get("back", "")
    before = given.pop(changed, [])
    if asked and asked != changed:
        given.setdefault(asked, [])
    try:
        walked = walk(found, given)
    except CantBeWalked as error:
        # A trainer's unfinished protocol: there is nothing to follow yet.
        raise Http404(str(error)) from error
    context = {
        "protocol": found,
        "walked": walked,
        "begun": begun,
        "version_then": version,
        "addresses": _addresses(walked, begun, version),
    }
    if walked.outcome:
        return render(request, "guide/walk_outcome.html", context)
    return render(request, "guide/walk_step.html", {**context, **_of_step(walked, before, given)})


def _day(text: str) -> datetime.date | None:
    """The day a walk was begun; None where it is no day or has not come yet: then it begins."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day <= timezone.localdate() + datetime.timedelta(days=1) else None


def _version(text: str, protocol: Protocol) -> int:
    """The version a walk was begun with."""
    return int(text) if text.isdecimal() and len(text) < 6 else protocol.version


def _of_step(walked: Walk, before: list[str], given: dict[str, list[str]]) -> dict[str, object]:
    """What the screen of a step needs beside it: what was typed before, room for more, and a drawing."""
    step = walked.at
    if step is None:
        return {}
    typed = before or given.get(step.key, [])
    return {
        "chosen": typed,
        "fields": (typed + [""] * step.readings_most)[: step.readings_most],
        "drawn": step.figure in LIBRARY.drawings(),
        "last": walked.taken[-1].step if walked.taken else None,
    }


def _addresses(walked: Walk, begun: datetime.date, version: int) -> dict[str, str]:
    """For each step that was answered, the address at which its answer can be changed."""
    carried = {"on": begun.isoformat(), "version": version, **walked.given}
    return {key: "?" + urlencode({**carried, "back": key}, doseq=True) for key in walked.given}
