"""What one who waits sees and does: the request, its change, its withdrawal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions import ActionRefused
from accounts.actions.requests import ask_for_access, withdraw_request
from accounts.forms.access import AskingForm
from accounts.models import User


@login_required
def access(request: HttpRequest) -> HttpResponse:
    """How one stands, what one has asked for, and the form to ask."""
    person: User = request.user
    latest = person.access_requests.select_related("administration").order_by("-asked_at", "-id").first()
    waiting = latest if latest and latest.state == "waiting" else None
    initial = {"administration": person.administration_id}
    if waiting:
        initial = {
            "administration": waiting.administration_id,
            "role": waiting.role,
            "reason": waiting.reason,
        }
    form = AskingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_access(person, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your request is sent."))
            return redirect("accounts:access")
    asked = waiting.administration if waiting else None
    context = {
        "form": form,
        "latest": latest,
        "waiting": waiting,
        "has_coordinator": asked and User.objects.coordinators_of(asked).exclude(pk=person.pk).exists(),
    }
    return render(request, "accounts/access.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take back what one has asked for."""
    if withdraw_request(request.user):
        messages.success(request, _("Your request is withdrawn."))
    return redirect("accounts:access")


def signed_up(request: HttpRequest) -> HttpResponse:
    """The same page whether the address was new or not."""
    return render(request, "accounts/signed_up.html")
