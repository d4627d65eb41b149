"""The admin pages: a trainer takes the guide away, sends it back, sees each row's fate, and takes it in."""

import io
import json

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from content.loading.ledger import Ledger
from content.loading.permissions import give_permissions
from content.models import GuideImport, ReferenceItem
from tests.content.exchange.exchanged import exported, make_whole_guide, row
from tests.factories import make_root, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_backbone")]


@pytest.fixture
def trainer(db) -> Client:
    make_root()
    give_permissions(Ledger())
    make_whole_guide()
    return signed_in("trainer")


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(make_user(roles=(role,)))
    return client


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    """Send a file, and let the worker look through it; the page that the sender comes to."""

    def sent(client: Client, content: bytes, name: str = "guide.json"):
        with django_capture_on_commit_callbacks(execute=True):
            upload = SimpleUploadedFile(name, content)
            response = client.post(reverse("guide_exchange"), {"file": upload})
        return client.get(response.url) if response.status_code == 302 else response

    return sent


@pytest.fixture
def apply(django_capture_on_commit_callbacks):
    def done(client: Client, **form: str):
        address = reverse("apply_guide_import", args=[GuideImport.objects.first().public_id])
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(address, form)
        return client.get(response.url) if response.status_code == 302 else response

    return done


def changed_guide() -> bytes:
    whole = exported()
    row(whole, "items", key="laptop")["summary"]["fr"] = "Un < deux & plus."
    row(whole, "items", key="keyboard")["kind"] = "gadget"
    row(whole, "hazards", key="battery")["title"]["fr"] = "Pile"
    return json.dumps(whole).encode()


def test_the_way_is_in_the_menu(trainer):
    assert reverse("guide_exchange") in trainer.get(reverse("wagtailadmin_home")).text


def test_the_guide_comes_as_a_spreadsheet_and_as_json(trainer):
    page = trainer.get(reverse("guide_exchange")).text
    for name in ("guide_xlsx", "guide_json"):
        assert reverse(name) in page
    book = openpyxl.load_workbook(io.BytesIO(trainer.get(reverse("guide_xlsx")).content))
    assert "Items" in book.sheetnames
    response = trainer.get(reverse("guide_json"))
    assert response.json()["format"] == "quaymark-guide"
    assert response["Content-Disposition"].startswith("attachment; filename=")


def test_each_row_has_its_fate_before_anything_is_done(trainer, send):
    page = send(trainer, changed_guide()).text
    assert "Refused: 1" in page and "Changed: 2" in page
    assert "“gadget” is not known" in page
    address = reverse("guide_import", args=[GuideImport.objects.get().public_id])
    changed = trainer.get(address, {"fate": "changed"}).text
    assert "Un &lt; deux &amp; plus." in changed and "Un < deux" not in changed
    assert "Readers would see it at once." in changed
    assert not ReferenceItem.objects.exclude(latest_revision=None).exists()


def test_taking_in_makes_drafts_and_forgets_the_file(trainer, send, apply):
    send(trainer, changed_guide())
    page = apply(trainer).text
    assert "Applied" in page and "are drafts now" in page
    laptop = ReferenceItem.objects.get(key="laptop")
    assert laptop.get_latest_revision_as_object().summary_fr == "Un < deux & plus."
    assert laptop.summary_fr != "Un < deux & plus."
    assert not GuideImport.objects.get().file
    assert "applied already" in apply(trainer).text


def test_where_the_guide_has_changed_it_says_so_and_plans_again(trainer, send, apply):
    send(trainer, changed_guide())
    ReferenceItem.objects.filter(key="laptop").update(summary_es="Más reciente.")
    page = apply(trainer).text
    assert "Nothing was done: somebody changed the guide after you saw this." in page
    assert "Somebody has changed this in the guide since the file was made." in page
    assert GuideImport.objects.get().state == "shown"
    assert not ReferenceItem.objects.exclude(latest_revision=None).exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("guide.csv", b"key", "must end in .xlsx or .json"),
        ("guide.json", b"", "The file is empty."),
        ("guide.json", b"{", "The JSON can&#x27;t be read"),
        ("guide.xlsx", b"no archive", "no spreadsheet that can be read"),
    ],
)
def test_a_file_that_can_not_be_read_is_told_why(trainer, send, name, content, said):
    assert said in send(trainer, content, name).text


def test_ten_megabytes_in_a_cell_are_shown_as_few(trainer, send):
    whole = exported()
    row(whole, "items", key="laptop")["summary"]["fr"] = "x" * 10_000_000
    page = send(trainer, json.dumps(whole).encode()).text
    assert "10000000 characters; there is room for 20000" in page
    assert len(page) < 200_000


def test_another_trainer_sees_none_of_it(trainer, send, apply):
    send(trainer, changed_guide())
    other = signed_in("trainer")
    address = reverse("guide_import", args=[GuideImport.objects.get().public_id])
    assert other.get(address).status_code == 404
    assert apply(other).status_code == 404
    assert address not in other.get(reverse("guide_exchange")).text


@pytest.mark.parametrize("role", ["trainee", "officer", "coordinator", "expert"])
def test_only_those_who_may_change_the_whole_guide_come_in(trainer, role):
    """An expert may change items and pairs, but not the hazards and protocols that a file holds too."""
    client = signed_in(role)
    for name in ("guide_exchange", "guide_xlsx", "guide_json"):
        response = client.get(reverse(name))
        assert response.status_code in (302, 403)
        assert "spreadsheetml" not in response["Content-Type"]


def test_an_expert_sends_no_hazards_that_readers_would_see_at_once(trainer, send):
    send(signed_in("expert"), changed_guide())
    assert not GuideImport.objects.exists()
