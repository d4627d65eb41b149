"""Inviting people, and what became of invitations."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.actions import ActionRefused
from accounts.actions.invitations import invitation_address, invite, invite_again, withdraw_invitation
from accounts.forms.people import InvitationForm
from accounts.models import Invitation

from .entering import own, page_of


def invitations(request: HttpRequest) -> HttpResponse:
    """The newest first, with what became of each."""
    page = page_of(request, Invitation.objects.visible_to(request.user).select_related("administration"))
    return render(request, "accounts/people/invitations.html", {"page_obj": page})


@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Invite one person."""
    form = InvitationForm(
        request.POST or None, coordinator=request.user, initial={"language": get_language()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            invitation, secret = invite(request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            return _sent(request, invitation, secret)
    return render(request, "accounts/people/invite.html", {"form": form})


@require_POST
@never_cache
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a new link."""
    try:
        invitation, secret = invite_again(own(request, Invitation.objects.all(), pk), request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:invitations")
    return _sent(request, invitation, secret)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the link useless."""
    try:
        withdraw_invitation(own(request, Invitation.objects.all(), pk), request.user)
        messages.success(request, _("The invitation is withdrawn."))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts:invitations")


def _sent(request: HttpRequest, invitation: Invitation, secret: str) -> HttpResponse:
    """Without a mail server the coordinator hands the link over; it is shown this once."""
    if settings.MAIL_SERVER_SET:
        messages.success(request, _("The invitation is sent."))
        return redirect("accounts:invitations")
    url = invitation_address(invitation, secret)
    return render(request, "accounts/people/invitation_link.html", {"invitation": invitation, "url": url})
