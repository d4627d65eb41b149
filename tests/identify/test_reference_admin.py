"""Photos in the admin: uploaded, refused in words, published; folders, searches, and what was learned."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from content.loading.ledger import Ledger
from content.loading.permissions import give_permissions
from content.models import ReferencePhoto
from identify.models import FetchedPhoto, LearnedIndex, PhotoImport
from identify.references.found import FoundPhoto
from tests.content.reference_photos import different_jpeg, make_photo
from tests.factories import make_root, make_user
from tests.identify import pictures
from tests.identify.guide import make_item
from tests.identify.references.folder import archive, good_folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_backbone")]

PHOTOS = "wagtailsnippets_content_referencephoto"
FACTS = {"view": "end-grain", "author": "Ana Silva", "licence": "cc-by", "licence_version": "4.0"}


@pytest.fixture
def item(db):
    return make_item("rosewood-board", kind="timber", scientific_name="Dalbergia nigra")


@pytest.fixture
def trainer(db) -> Client:
    make_root()
    give_permissions(Ledger())
    client = Client()
    client.force_login(make_user(roles=("trainer",)))
    return client


def send_photo(client: Client, item, content: bytes, **facts: str):
    form = {"item": item.pk, **FACTS, "file": pictures.upload(content), **facts}
    return client.post(reverse(f"{PHOTOS}:add"), form)


class TestUploading:
    def test_a_draft(self, trainer, item):
        assert send_photo(trainer, item, different_jpeg()).status_code == 302
        photo = ReferencePhoto.objects.get()
        assert not photo.live
        assert (photo.item, photo.view, photo.author) == (item, "end-grain", "Ana Silva")

    def test_a_draft_may_lack_its_credit(self, trainer, item):
        assert send_photo(trainer, item, different_jpeg(), author="", licence="").status_code == 302

    def test_published_at_once(self, trainer, item):
        send_photo(trainer, item, different_jpeg(), **{"action-publish": "publish"})
        assert ReferencePhoto.objects.get().live

    @pytest.mark.parametrize("missing", ["author", "licence"])
    def test_without_its_credit_it_is_not_published_and_the_form_says_why(self, trainer, item, missing):
        page = send_photo(trainer, item, different_jpeg(), **{missing: "", "action-publish": "publish"})
        assert page.status_code == 200
        assert "This field is required." in page.text
        assert not ReferencePhoto.objects.exists()

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"no photo", "whatever its name says"),
            (pictures.animated("GIF"), "This kind of picture"),
            (pictures.truncated_jpeg(), "The end of the file is missing"),
        ],
    )
    def test_what_is_no_photo_is_refused_in_words(self, trainer, item, content, said):
        page = send_photo(trainer, item, content)
        assert page.status_code == 200
        assert said in page.text
        assert not ReferencePhoto.objects.exists()

    def test_the_same_photo_twice_is_refused(self, trainer, item):
        content = different_jpeg()
        make_photo(item, content)
        assert "in the guide already" in send_photo(trainer, item, content).text

    def test_a_source_that_is_no_web_address_is_refused(self, trainer, item):
        assert send_photo(trainer, item, different_jpeg(), source="javascript:alert(1)").status_code == 200
        assert not ReferencePhoto.objects.exists()


class TestEditing:
    def test_the_page_shows_the_photo_and_has_no_field_for_another(self, trainer, item):
        photo = make_photo(item)
        page = trainer.get(reverse(f"{PHOTOS}:edit", args=[photo.pk])).text
        assert photo.get_absolute_url() in page
        assert 'name="file"' not in page

    def test_the_list_and_the_history(self, trainer, item):
        photo = make_photo(item)
        assert "Ana Silva, CC BY 4.0" in trainer.get(reverse(f"{PHOTOS}:list")).text
        assert trainer.get(reverse(f"{PHOTOS}:history", args=[photo.pk])).status_code == 200

    def test_many_are_published_at_once_but_not_those_without_a_credit(self, trainer, item):
        good, bad = make_photo(item, published=False), make_photo(item, published=False)
        bad.author = ""
        bad.save_revision(clean=False)
        listing = reverse(f"{PHOTOS}:list")
        address = reverse("wagtail_bulk_action", args=["content", "referencephoto", "publish"])
        asked = {"id": [good.pk, bad.pk], "next": listing}
        assert trainer.get(address, asked).status_code == 200
        page = trainer.post(f"{address}?{urlencode(asked, doseq=True)}", follow=True).text
        assert set(ReferencePhoto.objects.filter(live=True)) == {good}
        assert "1 photo is published. 1 lack" in page

    def test_what_is_published_is_the_photo_as_it_was_last_edited(self, trainer, item):
        photo = make_photo(item)
        photo.author = "Ben Otieno"
        photo.save_revision()
        address = reverse("wagtail_bulk_action", args=["content", "referencephoto", "publish"])
        trainer.post(f"{address}?id={photo.pk}")
        photo.refresh_from_db()
        assert (photo.author, photo.has_unpublished_changes) == ("Ben Otieno", False)


class TestAFolder:
    def test_is_looked_through_first_and_then_taken_in(
        self, trainer, item, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            upload = pictures.upload(archive(good_folder()), "folder.zip", "application/zip")
            answer = trainer.post(reverse("photo_imports"), {"archive": upload})
        shown = trainer.get(answer.url).text
        assert "New: 2; Not in the sheet: 1." in shown
        with django_capture_on_commit_callbacks(execute=True):
            trainer.post(reverse("apply_photo_import", args=[PhotoImport.objects.get().public_id]))
        assert ReferencePhoto.objects.count() == 2
        assert "Open the photo" in trainer.get(answer.url).text

    def test_is_its_senders_alone(self, trainer, item, client, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            upload = pictures.upload(archive(good_folder()), "folder.zip", "application/zip")
            answer = trainer.post(reverse("photo_imports"), {"archive": upload})
        client.force_login(make_user(roles=("trainer",)))
        assert client.get(answer.url).status_code == 404
        assert client.post(f"{answer.url}apply/").status_code == 404
        assert "folder.zip" not in client.get(reverse("photo_imports")).text
        assert not ReferencePhoto.objects.exists()


class TestASearch:
    def test_by_the_scientific_name_of_the_thing(self, trainer, item, inaturalist):
        page = trainer.get(reverse("photo_search"), {"item": item.pk, "collection": "inaturalist"}).text
        assert "Photos of Dalbergia nigra" in page
        assert "Ana Silva, cc-by" in page
        assert "forbids commercial use" in page

    def test_ticked_photos_come_as_drafts(
        self, trainer, item, inaturalist, django_capture_on_commit_callbacks
    ):
        found = FoundPhoto(
            "iNaturalist",
            "https://inaturalist-open-data.s3.amazonaws.com/photos/501/large.jpg",
            "",
            "https://www.inaturalist.org/observations/9000001",
            "Dalbergia nigra",
            "inaturalist 9000001",
            "Ana Silva",
            "cc-by",
        )
        inaturalist.get(found.image, body=different_jpeg())
        with django_capture_on_commit_callbacks(execute=True):
            trainer.post(reverse("take_photos"), {"item": item.pk, "view": "whole", "photos": found.signed()})
        assert FetchedPhoto.objects.get().state == "taken"
        assert "Here, as a draft" in trainer.get(reverse("photo_search")).text

    def test_an_address_that_this_site_did_not_find_is_not_fetched(self, trainer, item, elsewhere):
        trainer.post(reverse("take_photos"), {"item": item.pk, "view": "whole", "photos": "made:up:by-hand"})
        assert not FetchedPhoto.objects.exists()
        assert len(elsewhere.calls) == 0

    def test_a_collection_that_can_not_be_reached_is_said_so(self, trainer, item, elsewhere):
        page = trainer.get(reverse("photo_search"), {"item": item.pk, "collection": "gbif"}).text
        assert "can&#x27;t be reached from this server" in page

    def test_a_thing_without_a_scientific_name_needs_one(self, trainer, elsewhere):
        nameless = make_item("ivory-tusk", kind="product")
        page = trainer.get(reverse("photo_search"), {"item": nameless.pk, "collection": "gbif"}).text
        assert "has no scientific name" in page


class TestWhatWasLearned:
    def test_before_any_photo(self, trainer):
        assert "has learned no photos yet" in trainer.get(reverse("photos_learned")).text

    def test_each_thing_has_its_row(self, trainer, item):
        row = {"photos": 4, "specimens": 4, "tested": 4, "right": 3, "calibrated": True}
        LearnedIndex.objects.create(
            state="ready", version="abc", items={"rosewood-board": row}, ended_at="2026-11-25T10:00:00Z"
        )
        page = trainer.get(reverse("photos_learned")).text
        assert "The recogniser has followed" in page
        assert "Right in 3 of 4 photos" in page

    def test_that_it_failed(self, trainer):
        LearnedIndex.objects.create(state="failed", problem="the backbone is missing")
        assert "the backbone is missing" in trainer.get(reverse("photos_learned")).text

    def test_one_that_was_never_ended_is_over_once_a_newer_one_answers(self, trainer):
        LearnedIndex.objects.create(state="learning")
        LearnedIndex.objects.create(state="ready", version="abc", ended_at="2026-11-25T10:00:00Z")
        assert "still learning" not in trainer.get(reverse("photos_learned")).text

    def test_that_it_is_under_way(self, trainer):
        LearnedIndex.objects.create(state="learning")
        assert "still learning" in trainer.get(reverse("photos_learned")).text


@pytest.mark.parametrize("name", ["photo_imports", "photo_search", "photos_learned"])
def test_who_may_not_add_photos_does_not_see_these_pages(name):
    make_root()
    give_permissions(Ledger())
    coordinator = Client()
    coordinator.force_login(make_user(roles=("coordinator",)))
    assert coordinator.get(reverse(name)).status_code in (302, 403)
