"""Photos of known specimens: credited or not published; shown without metadata, drafts to editors only."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image
from wagtail.models import ModelLogEntry

from content.licences import Licence
from content.models import ReferencePhoto
from identify.references.adding import PhotoNotTaken
from tests.content.reference_photos import different_jpeg, make_photo
from tests.factories import make_user
from tests.identify import pictures
from tests.identify.guide import make_item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_backbone")]


@pytest.fixture
def item(db):
    return make_item("rosewood-board", kind="timber")


@pytest.fixture
def editor(db) -> Client:
    client = Client()
    client.force_login(make_user(roles=(), is_superuser=True))
    return client


class TestPublishing:
    @pytest.mark.parametrize("missing", ["author", "licence", "view"])
    def test_without_a_credit_is_refused_with_the_reason(self, item, missing: str):
        photo = make_photo(item, published=False)
        setattr(photo, missing, "")
        photo.save()

        with pytest.raises(ValidationError) as refused:
            photo.save_revision(clean=False).publish()

        assert "can't be published" in refused.value.message_dict[missing][0]
        photo.refresh_from_db()
        assert not photo.live

    def test_without_a_credit_is_refused_by_the_database_too(self, item):
        photo = make_photo(item)
        with pytest.raises(IntegrityError), transaction.atomic():
            ReferencePhoto.objects.filter(pk=photo.pk).update(author="")

    def test_leaves_a_history(self, item):
        photo = make_photo(item)
        done = ModelLogEntry.objects.for_instance(photo).order_by("pk").values_list("action", flat=True)
        assert list(done) == ["wagtail.create", "wagtail.publish"]
        assert photo.live_revision == photo.latest_revision


class TestTheSamePhotoTwice:
    def test_is_refused_and_says_where_it_is(self, item):
        content = different_jpeg()
        first = make_photo(item, content)
        with pytest.raises(PhotoNotTaken, match=f"number {first.pk}"):
            make_photo(make_item("oak-board", kind="timber"), content)


class TestServing:
    def test_a_published_photo_is_for_everybody(self, item, client):
        response = client.get(make_photo(item).get_absolute_url())
        assert response.status_code == 200
        assert response["Content-Type"] == "image/jpeg"
        assert "max-age=3600" in response["Cache-Control"]

    def test_nothing_that_the_camera_wrote_is_left(self, item, client):
        photo = make_photo(item, pictures.jpeg_with_position())
        for address in (photo.get_absolute_url(), photo.get_small_url()):
            content = client.get(address).getvalue()
            assert b"SecretCamera" not in content
            assert not Image.open(io.BytesIO(content)).getexif()

    def test_the_small_copy_has_the_size_that_pages_state(self, item, client):
        photo = make_photo(item, pictures.jpeg(size=(900, 600)))
        small = Image.open(io.BytesIO(client.get(photo.get_small_url()).getvalue()))
        assert small.size == (photo.small_width, photo.small_height) == (480, 320)

    def test_a_draft_is_for_those_who_write_the_guide(self, item, client, editor):
        photo = make_photo(item, published=False)
        assert client.get(photo.get_absolute_url()).status_code == 404
        assert editor.get(photo.get_absolute_url()).status_code == 200

    def test_photos_of_a_withdrawn_item_are_gone(self, item, client):
        photo = make_photo(item)
        item.live = False
        item.save()
        assert client.get(photo.get_absolute_url()).status_code == 404

    def test_there_is_no_other_size(self, item, client):
        photo = make_photo(item)
        assert client.get(photo.get_absolute_url().replace("large", "original")).status_code == 404


class TestThePageOfTheItem:
    def test_shows_the_photo_with_its_credit(self, item, client):
        photo = make_photo(item, source="https://collection.example/1", view="end-grain")
        page = client.get(item.get_absolute_url()).text
        assert f'src="{photo.get_small_url()}"' in page
        assert "Ana Silva" in page
        assert 'href="https://creativecommons.org/licenses/by/4.0/"' in page
        assert 'href="https://collection.example/1"' in page
        assert "End grain" in page

    def test_shows_no_draft_even_to_an_editor(self, item, editor):
        photo = make_photo(item, published=False)
        assert photo.get_small_url() not in editor.get(item.get_absolute_url()).text

    def test_a_licence_without_an_address_is_named(self, item, client):
        make_photo(item, licence=Licence("own"))
        assert "Made for this guide" in client.get(item.get_absolute_url()).text
