"""The way from a form to another site, such as an administration's own sign-in.

A page's policy lets its forms lead nowhere else, and browsers hold a redirect after the form to it too. So
the redirect becomes a page that goes on by itself, and has a button where it doesn't.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render


class LeavingPage:
    """Turns a redirect to another site, given as the answer to a form, into a page that leads there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method != "POST" or response.status_code not in (301, 302, 303):
            return response
        address = response.get("Location", "")
        there = urlsplit(address)
        if there.scheme not in ("http", "https") or there.netloc == request.get_host():
            return response
        page = render(request, "leaving.html", {"address": address, "host": there.hostname})
        page["Refresh"] = f"0; url={address}"
        page["Cache-Control"] = "no-store"
        page.cookies = response.cookies
        return page
