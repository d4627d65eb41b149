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

LOOPBACK = ("127.0.0.1", "::1")


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
        """The status for everybody; which part ails, only for the machine itself and who sends the token."""
        found = self._remembered()
        serves = can_serve(found)
        if not serves:
            status = "not ready"
        elif all(said == OK for said in found.values()):
            status = "ready"
        else:
            status = "ready, but look at the checks"
        told = {"checks": found} if _is_house(request) else {}
        return JsonResponse({"status": status, **told}, status=200 if serves else 503)


def _health(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": OK})


def _metrics(request: HttpRequest) -> HttpResponse:
    if not settings.METRICS_TOKEN:
        return HttpResponse("No figures are kept here.\n", status=404, content_type="text/plain")
    if not _has_token(request):
        response = HttpResponse("A token is needed.\n", status=401, content_type="text/plain")
        response["WWW-Authenticate"] = 'Bearer realm="Quaymark metrics"'
        return response
    return metrics(request)


def _has_token(request: HttpRequest) -> bool:
    presented = request.META.get("HTTP_AUTHORIZATION", "").encode(errors="replace")
    expected = f"Bearer {settings.METRICS_TOKEN}".encode()
    return bool(settings.METRICS_TOKEN) and secrets.compare_digest(presented, expected)


def _is_house(request: HttpRequest) -> bool:
    """Whether this machine asks, not a web server on it that passes on what somebody else asks."""
    passed_on = any(name in request.headers for name in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"))
    return _has_token(request) or (not passed_on and request.META.get("REMOTE_ADDR") in LOOPBACK)
