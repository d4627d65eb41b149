"""What every answer tells the browser about itself: what may run in it, and who may use it.

Three policies: the site's own pages run and show only what comes from the site; the Wagtail admin, whose
templates hold scripts and styles, may run those too; data and downloads run nothing at all.
"""

from collections.abc import Callable
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

BLOB = "blob:"
DATA = "data:"
PAGES = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    # A photo that was chosen but not sent yet is shown from the browser's memory.
    "img-src": [SELF, BLOB],
    "font-src": [SELF],
    "connect-src": [SELF],
    "media-src": [SELF],
    "manifest-src": [SELF],
    "worker-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
}
# Wagtail 7.4 gives its inline scripts no nonce. Its editor shows a preview of the page in a frame.
ADMIN = {
    **PAGES,
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, BLOB, DATA],
    "font-src": [SELF, DATA],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
FILES = {
    "default-src": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
    "sandbox": "",
}
PERMISSIONS = "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), display-capture=()"


class ContentSecurityPolicy(CSPMiddleware):
    """Gives each answer its policy, unless the view has given one."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if parts.config is None and not report_only:
            parts.config = _policy_of(request, response)
        return parts


def _policy_of(request: HttpRequest, response: HttpResponseBase) -> dict[str, Any]:
    path = request.path_info
    if path.startswith("/api/") or "Content-Disposition" in response:
        return FILES
    policy = ADMIN if path.startswith("/admin/") else PAGES
    extra: dict[str, Any] = {}
    if getattr(request, "is_preview", False):
        extra["frame-ancestors"] = [SELF]
    if settings.SECURE_SSL_REDIRECT:
        extra["upgrade-insecure-requests"] = True
    return {**policy, **extra}


class HouseHeaders:
    """What a page may ask of the device, that no other site may embed it, and who may keep a copy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers:
            # Nothing between here and the browser keeps it, and the browser asks before it shows it again.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
