"""Asks people to accept the terms and the privacy notice that hold for them, once, before they go on."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Audience
from content.models import Notice
from content.problems import Problem, problem_response

from .audiences import API

# The day on which this session was last found to owe nothing.
SETTLED = "notices_settled"
# What stays open to those who have not accepted yet, beside what is open to everybody: their account,
# what is kept about them, and the page that asks.
STAYS_OPEN = ("account_", "mfa_", "socialaccount_", "accounts:", "notices:")
# Except where everybody is sent after signing in: there they are asked.
ASKED_AT = {"accounts:next"}


class NoticeMiddleware:
    """Runs after the audiences: only for people whom the address is for, and not where everybody may read.

    A session is asked once a day, so a new version is met on the next day at the latest, and never in the
    middle of a form. A program's token was given by a person who has accepted.
    """

    def __init__(self, get_response) -> None:  # type: ignore[no-untyped-def]
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        if request.audience is Audience.EVERYBODY or not request.user.is_authenticated or _is_open(request):
            return None
        today = timezone.localdate().isoformat()
        settled = request.session.get(SETTLED)
        if settled == today or (settled and request.method not in ("GET", "HEAD")):
            return None
        if not Notice.objects.due(request.user):
            if request.method == "GET":
                request.session[SETTLED] = today
            return None
        if API in request.resolver_match.namespaces:
            return _problem(request)
        wanted = request.get_full_path() if request.method == "GET" else ""
        return HttpResponseRedirect(f"{reverse('notices:accept')}?{urlencode({'next': wanted})}")


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    if API in match.namespaces:
        return "Authorization" in request.headers
    return match.view_name.startswith(STAYS_OPEN) and match.view_name not in ASKED_AT


def _problem(request: HttpRequest) -> HttpResponse:
    detail = _("Accept the terms and the privacy notice first: open the site in a browser.")
    return problem_response(request, Problem(HTTPStatus.FORBIDDEN, "notices_not_accepted", detail))
