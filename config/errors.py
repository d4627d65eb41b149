"""Errors that no view has put into words: a page in the reader's language, or the API's problem document."""

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.limits import TooManyTries
from content.problems import Problem, problem_response

PROBLEM_TYPE = "application/problem+json"
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# What the API says where an answer came from outside of it: a code for programs, a sentence for people.
PROBLEMS: dict[int, tuple[str, str | Promise]] = {
    400: (
        "malformed",
        _("The request could not be read. See the API's description at /api/v1/openapi.json."),
    ),
    403: ("not_allowed", _("Your account does not have the right for it.")),
    404: ("not_found", _("There is nothing here.")),
    405: ("method_not_allowed", _("This address can't be used in that way. See the header “Allow”.")),
    411: ("length_required", _("Say how long the request is, in the header “Content-Length”.")),
    413: ("upload_too_large", _("The request is too large. Send fewer photos, or smaller copies.")),
    429: ("too_many_requests", _("Too many requests. Wait for the seconds in the header “Retry-After”.")),
    500: ("server_error", _("Something broke on our side. Try again in a few minutes.")),
    503: ("maintenance", _("The site is being looked after. Try again in a few minutes.")),
}
KEPT_HEADERS = ("Allow", "Retry-After")
# allauth doesn't say when the next try is welcome; its longest limit on wrong passwords is this.
WAIT_SECONDS = 300


class ErrorPages:
    """Puts words where an answer has none. Chunked bodies are refused: Django would read them as empty."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
            return _in_words(request, HttpResponse(status=HTTPStatus.LENGTH_REQUIRED))
        return _in_words(request, self.get_response(request))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, TooManyTries):
            return None
        response = render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(exception.seconds)
        return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Too much is not the same as unreadable: the person can do something about it."""
    if isinstance(exception, TOO_MUCH):
        return render(None, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return render(None, "400.html", status=HTTPStatus.BAD_REQUEST)


def _in_words(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code < 400:
        return response
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers.setdefault("Retry-After", str(WAIT_SECONDS))
    if request.path_info.startswith("/api/"):
        if response.get("Content-Type", "").startswith(PROBLEM_TYPE):
            return response
        said: HttpResponseBase = _problem(request, response.status_code)
    elif response.status_code in (405, 411) and not getattr(response, "content", b""):
        said = render(request, f"{response.status_code}.html", status=response.status_code)
    else:
        return response
    for name in KEPT_HEADERS:
        if name in response:
            said[name] = response[name]
    return said


def _problem(request: HttpRequest, status: int) -> HttpResponse:
    code, detail = PROBLEMS.get(status, PROBLEMS[500 if status >= 500 else 400])
    return problem_response(request, Problem(HTTPStatus(status), code, str(detail)))
