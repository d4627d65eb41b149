"""The people of an administration: the list, and the same as a CSV file."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.forms.people import PeopleFilter
from accounts.models import AccessLogEntry, User
from accounts.querysets import PersonQuerySet
from accounts.spreadsheets import csv_lines

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
    response = StreamingHttpResponse(csv_lines(_rows(people)), content_type="text/csv; charset=utf-8")
    name = f"people-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _ordered(people: PersonQuerySet) -> PersonQuerySet:
    return people.order_by("last_name", "first_name", "id")


def _rows(people: PersonQuerySet) -> Iterator[list[str]]:
    yield HEADER
    for person in people.prefetch_related("groups").iterator(chunk_size=1000):
        yield [
            person.email,
            person.first_name,
            person.last_name,
            "+".join(person.held_roles),
            person.language,
            person.standing,
        ]
