"""The people of an administration: the list, and the same as a CSV file."""

import csv
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.forms.people import PeopleFilter
from accounts.models import AccessLogEntry, User
from accounts.names import safe_cell
from accounts.querysets import PersonQuerySet

from .entering import page_of

HEADER = ["email", "first_name", "last_name", "role", "language", "standing"]


def people(request: HttpRequest) -> HttpResponse:
    """Find people by name, role and standing."""
    form = PeopleFilter(request.GET)
    found = _ordered(form.narrow(User.objects.visible_to(request.user)))
    page = page_of(request, found.select_related("administration").prefetch_related("groups"))
    return render(request, "accounts/people/list.html", {"form": form, "page_obj": page})


def export(request: HttpRequest) -> StreamingHttpResponse:
    """The staff list as a CSV file, as one may send it back changed. Nothing in it is a formula."""
    people = _ordered(PeopleFilter(request.GET).narrow(User.objects.visible_to(request.user)))
    AccessLogEntry.objects.note(
        request.user,
        AccessLogEntry.Kind.EXPORT,
        "people",
        how=AccessLogEntry.How.FILE,
        administration=request.user.administration_id,
    )
    response = StreamingHttpResponse(_lines(people), content_type="text/csv; charset=utf-8")
    name = f"people-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _ordered(people: PersonQuerySet) -> PersonQuerySet:
    return people.order_by("last_name", "first_name", "id")


class _Echo:
    """A file for csv.writer that hands back what is written."""

    def write(self, line: str) -> str:
        return line


def _lines(people: PersonQuerySet) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # or spreadsheets take UTF-8 for something else
    yield writer.writerow(HEADER)
    for person in people.prefetch_related("groups").iterator(chunk_size=1000):
        cells = [
            person.email,
            person.first_name,
            person.last_name,
            "+".join(person.held_roles),
            person.language,
            person.standing,
        ]
        yield writer.writerow(map(safe_cell, cells))
