"""The admin pages by which the guide leaves as a file and comes back."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.auth import user_passes_test

from content.models import GuideImport, GuideImportRow

from .forms import GuideFileForm
from .guide_rows import Guide, read_guide
from .importing import apply_shown, receive_file
from .json_files import write_json
from .menu import may_exchange
from .spreadsheets import CellTooLong, write_spreadsheet

only_who_may_exchange = user_passes_test(may_exchange)
RECENT = 20
ROWS_A_PAGE = 100
Fate = GuideImportRow.Fate


@only_who_may_exchange
@require_http_methods(["GET", "POST"])
def guide_exchange(request: HttpRequest) -> HttpResponse:
    """Take the guide away, or send a file; one's own earlier files below."""
    form = GuideFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        received = receive_file(form.cleaned_data["file"], request.user)
        return redirect("guide_import", received.public_id)
    earlier = GuideImport.objects.visible_to(request.user)[:RECENT]
    context = {"form": form, "imports": earlier}
    return _page(request, "content/admin/guide_exchange.html", _("Import and export"), context)


@only_who_may_exchange
@require_safe
def guide_xlsx(request: HttpRequest) -> HttpResponse:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    try:
        return _download(write_spreadsheet, "xlsx", kind)
    except CellTooLong as reason:
        messages.error(request, str(reason))
        return redirect("guide_exchange")


@only_who_may_exchange
@require_safe
def guide_json(request: HttpRequest) -> HttpResponse:
    return _download(write_json, "json", "application/json")


@only_who_may_exchange
@require_safe
@never_cache
def guide_import(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What each row would do, or did: what needs eyes first."""
    received = get_object_or_404(GuideImport.objects.visible_to(request.user), public_id=public_id)
    counts = received.rows.aggregate(
        **{fate: Count("pk", filter=Q(fate=fate)) for fate in Fate.values},
        at_once=Count("pk", filter=Q(at_once=True)),
    )
    chosen = request.GET.get("fate", "")
    if chosen not in Fate.values:
        chosen = next((fate for fate in Fate.values if counts[fate]), "")
    page = Paginator(received.rows.filter(fate=chosen), ROWS_A_PAGE).get_page(request.GET.get("p"))
    context = {
        "import": received,
        "fates": [(fate, label, counts[fate]) for fate, label in Fate.choices if counts[fate]],
        "chosen": chosen,
        "page": page,
        "acting": sum(counts[fate] for fate in GuideImportRow.ACTING),
        "at_once": counts["at_once"],
    }
    trail = [(reverse("guide_exchange"), _("Import and export"))]
    return _page(request, "content/admin/guide_import.html", received.file_name, context, trail)


@only_who_may_exchange
@require_POST
def apply_guide_import(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Do what was shown."""
    received = get_object_or_404(GuideImport.objects.visible_to(request.user), public_id=public_id)
    if not apply_shown(received, at_once="at_once" in request.POST):
        messages.warning(request, _("This was applied already."))
    return redirect("guide_import", public_id)


def _download(write: Callable[[Guide], bytes], ending: str, kind: str) -> HttpResponse:
    name = f"quaymark-guide-{timezone.localdate().isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(write(read_guide()), content_type=kind, headers=headers)


def _page(
    request: HttpRequest,
    template: str,
    title: str,
    context: dict[str, Any],
    trail: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    crumbs = [(reverse("wagtailadmin_home"), _("Home")), *(trail or []), ("", title)]
    return render(
        request,
        template,
        {
            **context,
            "page_title": title,
            "header_title": title,
            "header_icon": "upload",
            "breadcrumbs_items": [{"url": url, "label": label} for url, label in crumbs],
        },
    )
