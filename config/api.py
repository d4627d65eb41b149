"""The API: one document, mounted at /api/v1/. Every error is an RFC 9457 problem document."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from content.problems import Problem, problem_response
from content.protocol_api import router as protocols
from content.refrigerant_api import router as refrigerants
from identify.api import router as identifications
from identify.checks_api import router as checks

api = NinjaAPI(
    title="Quaymark", version="1", urls_namespace="api", openapi_url="/openapi.json", docs_url=None
)
api.add_router("/identifications", identifications)
api.add_router("/protocols", protocols)
api.add_router("/refrigerants", refrigerants)
api.add_router("", checks)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem_response(request, problem)


@api.exception_handler(AuthenticationError)
def _not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    detail = _("Sign in, or send a token that is still good: “Authorization: Bearer TOKEN”.")
    return problem_response(request, Problem(HTTPStatus.UNAUTHORIZED, "not_signed_in", detail))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [{"where": list(map(str, one["loc"])), "what": one["msg"]} for one in error.errors]
    detail = _("The request is not as the API expects it. See “errors”.")
    return problem_response(
        request, Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_request", detail, errors=errors)
    )


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem_response(request, Problem(HTTPStatus.NOT_FOUND, "not_found", _("There is nothing here.")))


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    detail = _("The request is too large. Send fewer photos, or smaller copies.")
    return problem_response(request, Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "upload_too_large", detail))


@api.exception_handler(MultiPartParserError)
@api.exception_handler(SuspiciousOperation)
def _malformed(request: HttpRequest, error: Exception) -> HttpResponse:
    detail = _("The request could not be read. Send it again as multipart/form-data.")
    return problem_response(request, Problem(HTTPStatus.BAD_REQUEST, "malformed", detail))


@api.exception_handler(HttpError)
def _other(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem_response(request, Problem(HTTPStatus(error.status_code), "error", str(error.message)))
