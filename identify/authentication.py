"""Who calls the API: a program with a token, or a browser with its session."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from accounts import limits
from accounts.models import ApiToken, Scope, User
from content.problems import Problem


class BearerToken(HttpBearer):
    """`Authorization: Bearer TOKEN`, a token that its owner has made for what the operation does."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        presented = ApiToken.objects.presented(token).first()
        if presented is None:
            return None
        limits.count("api", f"token {presented.pk}")
        if self.scope not in presented.scopes:
            raise Problem(
                HTTPStatus.FORBIDDEN,
                "missing_scope",
                _("This token may not do that. Make one with the scope “%(scope)s”.") % {"scope": self.scope},
                scope=self.scope,
            )
        _check_second_factor(presented.user)
        _check_audience(request, presented.user)
        presented.note_use()
        return presented.user


class Session(APIKeyCookie):
    """The session of the site; anything but reading needs the CSRF token too."""

    param_name = "sessionid"

    def _get_key(self, request: HttpRequest) -> str | None:
        return request.COOKIES.get(self.param_name)

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        if "Authorization" in request.headers or not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise Problem(
                HTTPStatus.FORBIDDEN,
                "csrf",
                _("The request lacks a valid CSRF token. Send it in the header X-CSRFToken."),
            )
        _check_second_factor(request.user)
        _check_audience(request, request.user)
        return request.user


def with_scope(scope: str) -> dict[str, Any]:
    """Who may call an operation: a program with a token of this scope, or a browser. The document says so.

    Raise ValueError for a scope that is none.
    """
    scope = Scope(scope).value
    return {"auth": [BearerToken(scope), Session()], "openapi_extra": {"x-token-scope": scope}}


def _check_second_factor(user: User) -> None:
    if user.lacks_second_factor:
        raise Problem(
            HTTPStatus.FORBIDDEN,
            "second_factor_needed",
            _("Your role needs a second step to sign in. Sign in to the site and set it up."),
        )


def _check_audience(request: HttpRequest, user: User) -> None:
    """Before what was sent is read: whom an operation is not for learns nothing of it."""
    if not request.audience.admits(user):
        raise Problem(
            HTTPStatus.FORBIDDEN,
            "not_allowed",
            _("Your account may not do this. Ask your coordinator for the role of an officer."),
        )


def officer_of(request: HttpRequest) -> User:
    """The person calling, who is among those whom the operation is for."""
    user: User = request.auth
    return user
