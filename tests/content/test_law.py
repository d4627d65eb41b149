"""The law is stated with its date: what is in force, what is not yet, what has ended."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

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
    status(shark, in_force_from=days(0))
    assert LegalStatus.objects.in_force().count() == 1


def test_an_adopted_listing_is_not_yet_in_force(shark):
    adopted = status(shark, in_force_from=days(1))
    assert adopted.not_yet_in_force
    assert not LegalStatus.objects.in_force().exists()
    assert LegalStatus.objects.not_yet_in_force().exists()


def test_it_takes_effect_by_itself(shark):
    status(shark, in_force_from=days(30))
    assert LegalStatus.objects.in_force(days(30)).exists()


def test_a_listing_is_in_force_on_its_last_day_and_not_after(shark):
    status(shark, in_force_until=days(0))
    assert LegalStatus.objects.in_force(days(0)).exists()
    assert not LegalStatus.objects.in_force(days(1)).exists()


def test_a_force_that_ends_before_it_begins_is_refused(shark):
    wrong = status(shark, in_force_from=days(2), in_force_until=days(1))
    with pytest.raises(ValidationError, match="lies before"):
        wrong.full_clean()


def test_the_copy_for_an_identification_keeps_the_law_of_the_day(shark):
    copy = status(shark, in_force_from=days(1)).as_it_stands()
    assert copy["label"] == "CITES II"
    assert copy["in_force"] is False
    assert copy["condition"]["en"] == "All populations."
    assert copy["source"] == "CITES Appendices"


def test_a_status_nobody_checked_says_so(shark):
    assert not status(shark).verified
