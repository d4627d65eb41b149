"""How often somebody may do what is dear: counted in the cache that all web processes share.

Signing in, signing up and resetting a password are counted by allauth (ACCOUNT_RATE_LIMITS in the settings);
the rest by the table RATE_LIMITS. Several limits of one name hold together: a burst, and the long run.
"""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django_ratelimit.core import get_usage

from .adapter import AccountAdapter
from .models import User


class TooManyTries(Exception):  # noqa: N818
    """Somebody has done something too often, and may again after some seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Again in {seconds} seconds")
        self.seconds = seconds


def count(name: str, who: str) -> None:
    """Count one more time that somebody does what a limit is named after. Raise TooManyTries above it."""
    seconds = [_seconds_to_wait(name, who, rate) for rate in settings.RATE_LIMITS[name]]
    if any(seconds):
        raise TooManyTries(max(seconds))


def person(user: User | AnonymousUser) -> str:
    return f"person {user.pk}"


def machine(request: HttpRequest) -> str:
    """Where a request comes from, as far as the proxies in front are believed."""
    return f"machine {AccountAdapter(request).get_client_ip(request)}"


def _seconds_to_wait(name: str, who: str, rate: str) -> int:
    usage = get_usage(None, group=name, key=lambda group, request: who, rate=rate, increment=True)
    return max(1, usage["time_left"]) if usage and usage["should_limit"] else 0
