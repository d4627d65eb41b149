"""Taking photos that another collection offers: found, ticked, fetched in the background as drafts."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from accounts.models import User
from content.licences import LicenceRefused, read_licence
from content.models import ReferenceItem
from identify.models import FetchedPhoto

from .adding import PhotoFacts, PhotoNotTaken, add_draft, open_photo
from .fetching import NotFetched, fetch_photo
from .found import FoundPhoto
from .gbif import search_gbif
from .inaturalist import search_inaturalist

COLLECTIONS = {"inaturalist": ("iNaturalist", search_inaturalist), "gbif": ("GBIF", search_gbif)}
MOST_AT_ONCE = 50


def search(collection: str, scientific_name: str) -> list[FoundPhoto]:
    """Raises NotFetched where the collection can't be reached or gives no answer."""
    return COLLECTIONS[collection][1](scientific_name)


def take(photos: Sequence[FoundPhoto], item: ReferenceItem, view: str, by: User) -> None:
    """Have the photos fetched in the background. What came of each stands in a row."""
    with transaction.atomic():
        for found in photos[:MOST_AT_ONCE]:
            row = FetchedPhoto.objects.create(item=item, view=view, found=found.as_json(), asked_by=by)
            transaction.on_commit(lambda pk=row.pk: fetch.enqueue(pk))


@task()
def fetch(row_pk: int) -> None:
    """Fetch one photo and keep it as a draft. Done again it changes nothing."""
    row = FetchedPhoto.objects.select_related("item", "asked_by").get(pk=row_pk)
    if row.state != FetchedPhoto.State.WAITING:
        return
    try:
        row.photo = _fetched(row, FoundPhoto(**row.found))
        row.state = FetchedPhoto.State.TAKEN
    except (NotFetched, PhotoNotTaken, LicenceRefused) as reason:
        row.state, row.reason = FetchedPhoto.State.REFUSED, str(reason)
    row.save()


def _fetched(row: FetchedPhoto, found: FoundPhoto) -> Any:
    licence = read_licence(found.licence)
    opened = open_photo(fetch_photo(found.image))
    facts = PhotoFacts(row.item, row.view, found.author, licence, found.specimen, found.page)
    try:
        with transaction.atomic():
            return add_draft(opened, facts, row.asked_by)
    except IntegrityError as error:
        raise PhotoNotTaken(_("This very photo is in the guide already.")) from error
