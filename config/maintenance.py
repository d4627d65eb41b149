"""Closing the site for a while, by a file: it works while the database is away, and for every web process.

The file `maintenance` in VAR_DIR holds the time when the site is to open again; by hand, it may be empty.
"""

import datetime
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

LEAST_SECONDS = 60
UNKNOWN_SECONDS = 600


def switch_on(minutes: int) -> None:
    """Close the site. It stays closed until it is switched off, however long that takes."""
    until = timezone.now() + datetime.timedelta(minutes=minutes)
    _file().parent.mkdir(parents=True, exist_ok=True)
    _file().write_text(until.isoformat(timespec="seconds"))


def switch_off() -> None:
    _file().unlink(missing_ok=True)


def seconds_left() -> int | None:
    """When to come back, in seconds; None while the site is open."""
    try:
        written = _file().read_text().strip()
    except FileNotFoundError:
        return None
    try:
        until = datetime.datetime.fromisoformat(written)
        left = (until - timezone.now()).total_seconds()
    except (ValueError, TypeError):
        return UNKNOWN_SECONDS
    return max(LEAST_SECONDS, round(left))


def _file() -> Path:
    return Path(settings.VAR_DIR) / "maintenance"


class Maintenance:
    """Answers every page while the site is closed. Static files and the probes come before it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        seconds = seconds_left()
        if seconds is None:
            return self.get_response(request)
        response = render(None, "503.html", status=503)
        response["Retry-After"] = str(seconds)
        response["Cache-Control"] = "no-store"
        return response
