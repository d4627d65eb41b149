"""What machines ask before anything else: is the process up, can it serve, what does it count.

They are answered before hosts, sessions, languages and HTTPS are looked at, and while the site is closed: a
probe comes from inside, by the machine's bare address.
"""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from .metrics import metrics
from .readiness import OK, Remembered, can_serve


class Probes:
    """`/health/`, `/ready/` and `/metrics`; the last only for who sends METRICS_TOKEN, where it is set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._remembered = Remembered()
        self._answers = {"/health/": _health, "/ready/": self._ready, "/metrics": _metrics}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self._answers.get(request.path_info)
        if answer is None:
            return self.get_response(request)
        response = answer(request)
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def _ready(self, request: HttpRequest) -> HttpResponse:
        found = self._remembered()
        serves = can_serve(found)
        if not serves:
            status = "not ready"
        elif all(said == OK for said in found.values()):
            status = "ready"
        else:
            status = "ready, but look at the checks"
        return JsonResponse({"status": status, "checks": found}, status=200 if serves else 503)


def _health(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": OK})


def _metrics(request: HttpRequest) -> HttpResponse:
    if not settings.METRICS_TOKEN:
        return HttpResponse("No figures are kept here.\n", status=404, content_type="text/plain")
    presented = request.META.get("HTTP_AUTHORIZATION", "").encode(errors="replace")
    if not secrets.compare_digest(presented, f"Bearer {settings.METRICS_TOKEN}".encode()):
        response = HttpResponse("A token is needed.\n", status=401, content_type="text/plain")
        response["WWW-Authenticate"] = 'Bearer realm="Quaymark metrics"'
        return response
    return metrics(request)
