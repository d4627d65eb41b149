"""Who calls the API: a program with a token, or a browser with its session."""

from http import HTTPStatus

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from accounts import limits
from accounts.models import ApiToken, User

from .problems import Problem


class BearerToken(HttpBearer):
    """`Authorization: Bearer TOKEN`, a token that its owner was given."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        presented = ApiToken.objects.presented(token).first()
        if presented:
            limits.count("api", f"token {presented.pk}")
        return presented.user if presented else None


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
        return request.user


def officer_of(request: HttpRequest) -> User:
    """The person calling, who has to be among those whom the operation is for."""
    user: User = request.auth
    if not request.audience.admits(user):
        raise Problem(
            HTTPStatus.FORBIDDEN,
            "not_allowed",
            _("Your account may not identify photos. Ask your coordinator for the role of an officer."),
        )
    return user
