"""Staff lists: send the file, see what each row would do, apply it."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import limits
from accounts.actions import ActionRefused
from accounts.actions.staff_lists import apply_staff_list, plan_staff_list
from accounts.forms.people import StaffListForm
from accounts.models import StaffList, StaffListRow
from accounts.staff_list_file import COLUMNS, MAX_BYTES, MAX_ROWS, StaffListUnreadable, read_staff_list

from .entering import own, page_of

ROWS_PER_PAGE = 100


def new(request: HttpRequest) -> HttpResponse:
    """Send a file; nothing happens to anybody yet."""
    form = StaffListForm(request.POST or None, request.FILES or None, coordinator=request.user)
    if request.method == "POST":
        limits.count("staff list", limits.person(request.user))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > MAX_BYTES:
                raise StaffListUnreadable(
                    _("The file is larger than %(size)s MB. Send it in parts.") % {"size": MAX_BYTES >> 20}
                )
            read = read_staff_list(file.read())
            planned = plan_staff_list(request.user, form.cleaned_data["administration"], file.name, read)
            return redirect("accounts:staff_list", planned.pk)
        except (StaffListUnreadable, ActionRefused) as refusal:
            form.add_error("file", str(refusal))
    recent = StaffList.objects.visible_to(request.user).exclude(state=StaffList.State.SHOWN)[:10]
    context = {"form": form, "columns": list(COLUMNS)[:5], "rows": MAX_ROWS, "recent": recent}
    return render(request, "accounts/people/staff_list_new.html", context)


def staff_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What each row would do, or did."""
    shown = own(request, StaffList.objects.select_related("administration", "uploaded_by"), pk)
    counts = {
        fate: {"fate": StaffListRow.Fate(fate), "count": count}
        for fate, count in shown.rows.order_by().values_list("fate").annotate(Count("id"))
    }
    rows = shown.rows.all()
    chosen = request.GET.get("fate", "")
    if chosen in counts:
        rows = rows.filter(fate=chosen)
    acting = shown.rows.filter(fate__in=StaffListRow.ACTING)
    outcomes = dict(acting.order_by().values_list("outcome").annotate(Count("id")))
    context = {
        "shown": shown,
        "counts": [counts[fate] for fate in StaffListRow.Fate.values if fate in counts],
        "chosen": chosen,
        "page_obj": page_of(request, rows, ROWS_PER_PAGE),
        "to_do": outcomes.get("", 0),
        "done": outcomes.get(StaffListRow.Outcome.DONE, 0),
        "changed": outcomes.get(StaffListRow.Outcome.CHANGED, 0),
    }
    return render(request, "accounts/people/staff_list.html", context)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what was shown."""
    shown = own(request, StaffList.objects.all(), pk)
    try:
        apply_staff_list(shown, request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts:staff_list", pk)
