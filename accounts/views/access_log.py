"""Who opened which sensitive record: for the coordinator of the administration whose record it is."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access_log_form import AccessLogForm
from accounts.models import AccessLogEntry
from accounts.models.access_log import AccessLogQuerySet
from accounts.spreadsheets import csv_lines

PER_PAGE = 50


@never_cache
@require_safe
def access_log(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The log, the latest first; `format=csv` gives all that was found as a table."""
    form = AccessLogForm(request.GET)
    entries = AccessLogEntry.objects.visible_to(request.user).select_related("reader", "administration")
    found = form.found_in(entries)
    if request.GET.get("format") == "csv" and form.is_valid():
        return _as_csv(request, found)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "asked": any(request.GET.get(name) for name in form.fields),
        "everywhere": request.user.is_superuser,
    }
    return render(request, "accounts/access_log.html", context)


def _as_csv(request: HttpRequest, found: AccessLogQuerySet) -> StreamingHttpResponse:
    AccessLogEntry.objects.note(
        request.user,
        AccessLogEntry.Kind.EXPORT,
        "access-log",
        how=AccessLogEntry.How.FILE,
        administration=request.user.administration_id,
    )
    response = StreamingHttpResponse(csv_lines(_rows(found)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="access-log-{timezone.localdate()}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _rows(found: AccessLogQuerySet) -> Iterator[tuple[object, ...]]:
    yield (_("When"), _("Who"), _("E-mail address"), _("What"), _("Number of the record"), _("How"))
    for entry in found.iterator(chunk_size=1000):
        yield (
            timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S"),
            entry.reader.get_full_name(),
            entry.reader.email,
            entry.get_kind_display(),
            entry.record,
            entry.get_how_display(),
        )
