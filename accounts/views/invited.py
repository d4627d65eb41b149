"""Coming in by an invitation."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.actions.invitations import (
    InvitationUnusable,
    accept_invitation,
    accept_invitation_as,
    needs_to_sign_in,
    usable_invitation,
)
from accounts.forms.access import AcceptForm
from accounts.models import Invitation

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@sensitive_post_parameters("password1", "password2")
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """The page that an invitation's link opens."""
    try:
        found = usable_invitation(secret)
        if request.user.is_authenticated:
            return _accept_as_oneself(request, found)
        if needs_to_sign_in(found):
            login_url = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
            context = {"invitation": found, "login_url": login_url}
            return render(request, "accounts/invitation_sign_in.html", context)
        return _accept_as_new(request, found)
    except InvitationUnusable as refusal:
        return render(request, "accounts/invitation_unusable.html", {"refusal": refusal}, status=410)


def _accept_as_new(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = AcceptForm(request.POST or None, invitation=found)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        person = accept_invitation(
            found, data["password1"], first_name=data["first_name"], last_name=data["last_name"]
        )
        login(request, person, backend=BACKEND)
        return redirect("accounts:next")
    return render(request, "accounts/invitation.html", {"form": form, "invitation": found})


def _accept_as_oneself(request: HttpRequest, found: Invitation) -> HttpResponse:
    if request.method == "POST":
        accept_invitation_as(request.user, found)
        return redirect("accounts:next")
    return render(request, "accounts/invitation_as.html", {"invitation": found})
