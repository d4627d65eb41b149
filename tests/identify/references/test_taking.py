"""Ticked photos come as drafts, with author, licence, link and specimen; what can't come says why."""

import pytest
from django.core.signing import BadSignature

from content.models import ReferencePhoto
from identify.models import FetchedPhoto
from identify.references.found import FoundPhoto
from identify.references.inaturalist import search_inaturalist
from identify.references.taking import take
from tests.content.reference_photos import different_jpeg
from tests.factories import make_user
from tests.identify.guide import make_item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_backbone")]


@pytest.fixture
def item(db):
    return make_item("brazilian-rosewood", kind="timber", scientific_name="Dalbergia nigra")


@pytest.fixture
def trainer(db):
    return make_user(roles=("trainer",))


@pytest.fixture
def take_first(inaturalist, item, trainer, django_capture_on_commit_callbacks):
    def run(**answer: object) -> FetchedPhoto:
        photo = search_inaturalist("Dalbergia nigra")[0]
        inaturalist.get(photo.image, **answer)
        with django_capture_on_commit_callbacks(execute=True):
            take([photo], item, "whole", trainer)
        return FetchedPhoto.objects.first()

    return run


def test_a_photo_comes_as_a_draft_with_its_credit(take_first, item):
    row = take_first(body=different_jpeg())
    assert row.state == "taken"
    photo = ReferencePhoto.objects.get()
    assert not photo.live
    assert (photo.item, photo.author, photo.terms.label) == (item, "Ana Silva", "CC BY")
    assert photo.source == "https://www.inaturalist.org/observations/9000001"
    assert photo.specimen == "inaturalist 9000001"


def test_what_is_no_photo_is_not_taken(take_first):
    row = take_first(body=b"<html>gone</html>")
    assert row.state == "refused"
    assert row.reason
    assert not ReferencePhoto.objects.exists()


def test_what_does_not_come_is_not_taken(take_first):
    assert "code 404" in take_first(status=404).reason


def test_the_same_photo_again_is_not_taken(take_first):
    content = different_jpeg()
    take_first(body=content)
    assert "already" in take_first(body=content).reason
    assert ReferencePhoto.objects.count() == 1


def test_a_form_can_not_name_another_address(inaturalist):
    signed = search_inaturalist("Dalbergia nigra")[0].signed()
    assert FoundPhoto.from_signed(signed).author == "Ana Silva"
    with pytest.raises(BadSignature):
        FoundPhoto.from_signed(signed[:-4] + "AAAA")
