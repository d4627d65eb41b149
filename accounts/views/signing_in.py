"""Where people land after signing in, and the one way into the admin."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from accounts.roles import Role


@login_required
def next_step(request: HttpRequest) -> HttpResponse:
    """Send a person who has just signed in to what they do first, in the language they signed in with."""
    user: User = request.user
    return redirect("identify:start" if user.roles == {Role.OFFICER} else "learning:mine")


def email_is_given(request: HttpRequest) -> HttpResponse:
    """Refuse to change an e-mail address: it is the account's name, and the administration gave it.

    With allauth's page anybody could take a colleague's address, or one that nobody has proved to own.
    """
    raise PermissionDenied


def admin_login(request: HttpRequest) -> HttpResponse:
    """Stand in for Wagtail's own login page: one login for the whole site.

    A signed-in person without access to the admin is told so, instead of being sent round in a loop.
    """
    wanted = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        wanted = reverse("wagtailadmin_home")
    if not request.user.is_authenticated:
        return redirect_to_login(wanted)
    if not request.user.may_enter_admin:
        raise PermissionDenied
    return redirect(wanted)
