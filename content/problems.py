"""Errors of the API as RFC 9457 problem documents, in the reader's language."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema
from pydantic import ConfigDict


class ProblemDocument(Schema):
    """What went wrong, for a program (`code`) and for a person (`detail`)."""

    model_config = ConfigDict(extra="allow")

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str


class Problem(Exception):  # noqa: N818
    """Raised by an API operation that can't do what was asked."""

    def __init__(self, status: HTTPStatus, code: str, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.members = members


def problem_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as a document of its own media type."""
    body = {
        "type": "about:blank",
        "title": problem.status.phrase,
        "status": problem.status.value,
        "detail": problem.detail,
        "code": problem.code,
        **problem.members,
    }
    response = JsonResponse(body, status=problem.status, content_type="application/problem+json")
    if problem.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="Quaymark"'
    return response
