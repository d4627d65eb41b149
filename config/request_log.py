"""One line in the log for each request that was answered, and an id that the answer bears too."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from .logs import request_id, route_of

REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

logger = logging.getLogger("quaymark.requests")


class RequestLog:
    """Gives each request an id, and writes one line when it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        token = request_id.set(given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex)
        started = time.monotonic()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            _write(request, response.status_code, time.monotonic() - started)
            return response
        finally:
            request_id.reset(token)


def _write(request: HttpRequest, status: int, seconds: float) -> None:
    user = getattr(request, "_cached_user", None) or getattr(request, "auth", None)
    fields = {
        "method": request.method if request.method in METHODS else "other",
        "route": route_of(request),
        "status": status,
        "milliseconds": round(1000 * seconds),
        "user": getattr(user, "pk", None),
        "network": network_of(request),
    }
    logger.log(logging.ERROR if status >= 500 else logging.INFO, "request", extra=fields)


def network_of(request: HttpRequest) -> str:
    """The network that a request came from: enough to see an attack, too little to find a person."""
    try:
        address = ip_address(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ValueError):
        return ""
    return str(ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))
