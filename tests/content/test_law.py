"""The law is stated with its date: what is in force, what is not yet, what has ended."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from content.legal import law_then
from content.models import LegalStatus, ReferenceItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def shark():
    item = ReferenceItem(key="tope", kind="taxon")
    item.set_words("summary", "en", "A houndshark.")
    item.save()
    return item


def status(item, **fields) -> LegalStatus:
    fields = {"key": "s", "instrument": "cites", "listing": "II", "as_of": "2026-11-22", **fields}
    found = LegalStatus(item=item, source="CITES Appendices", **fields)
    found.set_words("condition", "en", "All populations.")
    found.save()
    return LegalStatus.objects.get(pk=found.pk)


def days(number: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=number)


def test_a_listing_is_in_force_on_its_first_day(shark):
    assert not status(shark, in_force_from=days(0)).not_yet_in_force


def test_an_adopted_listing_is_not_yet_in_force(shark):
    assert status(shark, in_force_from=days(1)).not_yet_in_force


def test_it_takes_effect_by_itself(shark):
    copy = status(shark, in_force_from=days(30)).as_it_stands()
    assert law_then([copy], days(29))[0].not_yet_in_force
    assert not law_then([copy], days(30))[0].not_yet_in_force


def test_a_listing_is_in_force_on_its_last_day_and_not_after(shark):
    last_day = status(shark, in_force_until=days(0))
    assert not last_day.ended
    assert law_then([last_day.as_it_stands()], days(1))[0].ended


def test_a_force_that_ends_before_it_begins_is_refused(shark):
    wrong = status(shark)
    wrong.in_force_from, wrong.in_force_until = days(2), days(1)
    with pytest.raises(ValidationError, match="lies before"):
        wrong.full_clean()


@pytest.mark.database
def test_the_database_refuses_a_force_that_ends_before_it_begins(shark):
    with pytest.raises(IntegrityError), transaction.atomic():
        status(shark, in_force_from=days(2), in_force_until=days(1))


def test_the_copy_for_an_identification_keeps_the_law_of_the_day(shark):
    copy = status(shark, in_force_from=days(1)).as_it_stands()
    assert copy["label"] == "CITES II"
    assert copy["in_force"] is False
    assert copy["condition"]["en"] == "All populations."
    assert copy["source"] == "CITES Appendices"


def test_a_status_nobody_checked_says_so(shark):
    assert not status(shark).verified
