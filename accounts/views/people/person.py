"""One person: roles, standing, history, and what a coordinator can do about them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actions import ActionRefused
from accounts.actions.standing import (
    LastCoordinator,
    change_roles,
    depart,
    is_last_coordinator,
    reinstate,
    suspend,
    transfer,
)
from accounts.forms.people import ReasonForm, ReinstatementForm, RolesForm, TransferForm
from accounts.models import AccessLogEntry, User

from .entering import own

HISTORY = 100


@dataclass(frozen=True)
class Act:
    """A page that asks for a reason, and the action behind it."""

    title: Promise
    lead: Promise
    button: Promise
    done: Promise
    form: type[ReasonForm]
    do: Callable[..., Any]
    stops: bool = True
    oneself: bool = False

    def offered(self, name: str, person: User, by: User) -> bool:
        """Whether it makes sense for the person as they stand; the action itself decides."""
        if (person == by and not self.oneself) or (person.is_superuser and not by.is_superuser):
            return False
        return {
            "roles": person.approved,
            "transfer": person.is_active,
            "suspend": person.is_active,
            "reinstate": not person.is_active and not person.is_erased,
            "depart": person.standing != User.Standing.DEPARTED,
        }[name]


ACTS = {
    "roles": Act(
        _("Change the roles"),
        _("Each role opens other pages. The change counts at once."),
        _("Keep these roles"),
        _("The roles are changed."),
        RolesForm,
        change_roles,
        stops=False,
    ),
    "transfer": Act(
        _("Transfer to another administration"),
        _("The roles end here. The coordinator of the other administration has to approve them anew."),
        _("Transfer"),
        _("The person is transferred, and waits there for approval."),
        TransferForm,
        transfer,
        oneself=True,
    ),
    "suspend": Act(
        _("Suspend"),
        _("The account is closed for now. The person is signed out everywhere, at once."),
        _("Suspend"),
        _("The account is closed for now."),
        ReasonForm,
        suspend,
    ),
    "reinstate": Act(
        _("Reinstate"),
        _("The account opens again. One suspended has the roles of before, one who had left has none."),
        _("Reinstate"),
        _("The account is open again."),
        ReinstatementForm,
        reinstate,
        stops=False,
    ),
    "depart": Act(
        _("Record that the person leaves"),
        _("The account is closed and all roles end. What the person has recorded stays with you."),
        _("Record it"),
        _("The person has left. The account is closed."),
        ReasonForm,
        depart,
        oneself=True,
    ),
}


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything a coordinator needs to know about one person."""
    who = own(request, User.objects.select_related("administration"), pk)
    AccessLogEntry.objects.note_person(request.user, who)
    history = who.standing_changes.visible_to(request.user)
    context = {
        "who": who,
        "waiting": who.access_requests.waiting().visible_to(request.user).first(),
        "confirmed": who.emailaddress_set.filter(email=who.email, verified=True).exists(),
        "history": history.select_related("by", "administration", "administration_before")[:HISTORY],
        "acts": [(name, act) for name, act in ACTS.items() if act.offered(name, who, request.user)],
    }
    return render(request, "accounts/people/person.html", context)


def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ask for the reason, then do it."""
    if name not in ACTS:
        raise Http404
    chosen = ACTS[name]
    who = own(request, User.objects.select_related("administration"), pk)
    AccessLogEntry.objects.note_person(request.user, who)
    form = chosen.form(request.POST or None, person=who, by=request.user, last=_asks_twice(name, who))
    if request.method == "POST" and form.is_valid():
        try:
            chosen.do(who, by=request.user, **form.arguments())
        except LastCoordinator as refusal:
            form.add_error("although_last" if "although_last" in form.fields else None, str(refusal))
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, who, chosen)
    context = {"who": who, "form": form, "act": chosen}
    return render(request, "accounts/people/act.html", context)


def _asks_twice(name: str, who: User) -> bool:
    return name != "reinstate" and is_last_coordinator(who)


def _done(request: HttpRequest, who: User, chosen: Act) -> HttpResponse:
    if who == request.user:
        logout(request)
        return redirect("account_login")
    messages.success(request, chosen.done)
    still_here = User.objects.visible_to(request.user).filter(pk=who.pk).exists()
    return redirect("accounts:person", who.pk) if still_here else redirect("accounts:people")
