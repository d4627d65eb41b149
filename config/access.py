"""Holds the table of audiences: no view is called for somebody whom its address is not for."""

from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.access import Audience
from accounts.colleagues import names_as_seen_by
from content.problems import Problem, problem_response

from .audiences import API, audience_of

# What somebody reads who is signed in, but not among the audience. The others get the plain "403".
REFUSALS = {Audience.OFFICERS: "identify/not_allowed.html"}

ADMIN = "/admin/"


class AudienceMiddleware:
    """Sends strangers to sign in, and tells others that the page is not for them.

    The API knows who calls only after it has looked at the token, so there `identify.authentication` asks
    `request.audience`.
    """

    def __init__(self, get_response) -> None:  # type: ignore[no-untyped-def]
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(ADMIN) and request.user.is_authenticated:
            with names_as_seen_by(request.user):
                response = self.get_response(request)
                if response.streaming and not isinstance(response, FileResponse):
                    # A table is written row by row as it is sent, when this has ended.
                    response.streaming_content = list(response.streaming_content)
                return response
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        audience = audience_of(request.resolver_match)
        request.audience = audience or Audience.NOBODY
        if API in request.resolver_match.namespaces:
            return None if audience else _no_such_operation(request)
        if request.audience.admits(request.user):
            return None
        if request.user.is_authenticated:
            return _refused(request, request.audience)
        if request.audience is Audience.NOBODY or request.headers.get("X-Requested-With") == "XMLHttpRequest":
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())


def _refused(request: HttpRequest, audience: Audience) -> HttpResponse:
    if audience not in REFUSALS:
        raise PermissionDenied
    return render(request, REFUSALS[audience], status=HTTPStatus.FORBIDDEN)


def _no_such_operation(request: HttpRequest) -> HttpResponse:
    detail = _("This operation is open to nobody.")
    return problem_response(request, Problem(HTTPStatus.FORBIDDEN, "not_allowed", detail))
