"""Changes of law: for everybody to read; for those who write the guide, what a change touches."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required, user_passes_test

from accounts.models import User
from accounts.roles import Role

from .law_changes_shown import changes_shown
from .law_changing import (
    LawChangeRefused,
    announce,
    confirm_reading,
    has_written,
    may_announce,
    what_it_says,
    withdraw,
)
from .law_rules import problems_of_change
from .law_touching import touched_by
from .models import LawChange

may_view = permission_required("content.view_lawchange")
only_who_may_announce = user_passes_test(may_announce)


@require_safe
def law_changes(request: HttpRequest) -> HttpResponse:
    """What is to come, and what has changed in the last year."""
    to_come, past = changes_shown()
    return render(request, "guide/law_changes.html", {"to_come": to_come, "past": past})


@may_view
@require_safe
def law_change(request: HttpRequest, pk: int) -> HttpResponse:
    """One change in the admin: what it touches, and what can be done with it."""
    change = get_object_or_404(LawChange.objects.whole(), pk=pk)
    person = request.user
    announces = may_announce(person)
    context = {
        "change": change,
        "touched": touched_by(change),
        "problems": problems_of_change(change) if change.is_planned else [],
        "what_it_says": what_it_says(change),
        "own": has_written(change, person),
        "may_edit": change.is_planned and person.has_perm("content.change_lawchange"),
        "may_announce": announces,
        "may_confirm": announces and change.holds and not change.read_on and Role.EXPERT in person.roles,
        "page_title": str(change),
        "header_icon": "calendar-alt",
        "breadcrumbs_items": [
            {"url": reverse("wagtailsnippets_content_lawchange:list"), "label": _("Changes of law")},
            {"url": "", "label": str(change)},
        ],
    }
    return render(request, "content/admin/law_change.html", context)


@only_who_may_announce
@require_POST
def announce_law_change(request: HttpRequest, pk: int) -> HttpResponse:
    announce_shown = partial(announce, shown=request.POST.get("shown", ""))
    return _do(request, pk, announce_shown, _("Announced. The owners are told."))


@only_who_may_announce
@require_POST
def withdraw_law_change(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, withdraw, _("Taken back. Everybody who was told of it is told."))


@only_who_may_announce
@require_POST
def confirm_law_change(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, confirm_reading, _("Noted that you have read it."))


def _do(
    request: HttpRequest, pk: int, action: Callable[[LawChange, User], LawChange], done: str
) -> HttpResponse:
    """Do it, or say why not, and show the change as it stands then."""
    change = get_object_or_404(LawChange, pk=pk)
    try:
        action(change, request.user)
    except LawChangeRefused as refusal:
        for problem in refusal.problems:
            messages.error(request, problem)
    else:
        messages.success(request, done)
    return redirect("law_change", pk)
