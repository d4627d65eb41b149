"""Browsers that somebody has signed in with before.

Wrong passwords are counted apart for a browser that knows the account and for all that don't. So strangers
can use up only the strangers' guesses, and the owner is never locked out of a browser used before.
"""

import secrets
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse

from .models import User

COOKIE = "known_browser"
SALT = "accounts.known_browsers"
AGE = 180 * 24 * 3600  # seconds


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let the browser prove from now on that this person has signed in with it."""
    value = signing.dumps({"user": user.pk, "browser": secrets.token_urlsafe(9)}, salt=SALT)
    response.set_cookie(COOKIE, value, max_age=AGE, secure=request.is_secure(), httponly=True, samesite="Lax")


def known_browser(request: HttpRequest, email: str) -> str:
    """A name for the browser if the owner of this address has signed in with it, else empty."""
    try:
        proof: dict[str, Any] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return ""
    known = User.objects.filter(pk=proof["user"], email__iexact=email).exists()
    return proof["browser"] if known else ""
