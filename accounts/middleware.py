"""What is asked of a person before anything else."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

# Pages needed on the way to a second factor, and out.
OPEN_WITHOUT = ("mfa_", "account_logout", "account_reauthenticate", "account_set_password")


class SecondFactorMiddleware:
    """Leads one whose role demands a second factor, and who has none, to where one is set up.

    The API says so in its own way (identify/authentication.py).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or request.path.startswith("/api/"):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name.startswith(OPEN_WITHOUT) or not request.user.lacks_second_factor:
            return None
        return redirect("mfa_index")
