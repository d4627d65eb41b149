"""Requests that wait for a coordinator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.actions import ActionRefused
from accounts.actions.requests import approve_request, refuse_request
from accounts.forms.people import DecisionForm
from accounts.models import AccessLogEntry, AccessRequest

from .entering import own, page_of


def requests(request: HttpRequest) -> HttpResponse:
    """Those who wait, the longest first."""
    waiting = AccessRequest.objects.waiting().visible_to(request.user)
    page = page_of(request, waiting.select_related("person", "administration"))
    return render(request, "accounts/people/requests.html", {"page_obj": page})


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at one request, and approve or refuse it."""
    asked = own(
        request,
        AccessRequest.objects.select_related(
            "person", "person__administration", "administration", "decided_by"
        ),
        pk,
    )
    AccessLogEntry.objects.note_person(request.user, asked.person)
    form = DecisionForm(request.POST or None, asked=asked, by=request.user)
    if request.method == "POST" and form.is_valid():
        role, note = form.cleaned_data["role"], form.cleaned_data["note"]
        try:
            if request.POST.get("decision") == "approve":
                approve_request(asked, request.user, role, note)
                messages.success(request, _("Approved. The person gets an e-mail."))
                return redirect("accounts:requests")
            if request.POST.get("decision") == "refuse":
                refuse_request(asked, request.user, note)
                messages.success(request, _("Refused. The person gets an e-mail."))
                return redirect("accounts:requests")
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
    confirmed = asked.person.emailaddress_set.filter(email=asked.person.email, verified=True).exists()
    context = {"asked": asked, "form": form, "confirmed": confirmed}
    return render(request, "accounts/people/request.html", context)
