"""Ways into the guide beside searching: by part or device, by convention, by customs code."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content.models import HSLink, ReferenceItem
from tests.factories import make_user
from tests.identify.guide import make_item, make_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def tusk() -> ReferenceItem:
    tusk = make_item("tusk", kind=ReferenceItem.Kind.PRODUCT, form=ReferenceItem.Form.TUSK_OR_TOOTH)
    make_status(tusk, instrument="cites", listing="I")
    make_status(tusk, instrument="cites", listing="")
    HSLink.objects.create(item=tusk, code="0507.10", role="proper")
    HSLink.objects.create(item=tusk, code="3926.40", role="misused")
    return tusk


def page(client, address: str) -> str:
    response = client.get(f"/en/guide/{address}")
    assert response.status_code == 200
    return response.text


def officer() -> Client:
    client = Client()
    client.force_login(make_user(roles=("officer",)))
    return client


def test_parts_and_devices_that_occur_are_shelves(client, tusk):
    text = page(client, "parts/")

    assert 'href="/en/guide/parts/tusk-or-tooth/"' in text
    assert "/en/guide/parts/fin/" not in text


def test_a_shelf_of_a_part_holds_its_items(client, tusk):
    make_item("fin", form=ReferenceItem.Form.FIN)

    text = page(client, "parts/tusk-or-tooth/")

    assert 'href="/en/guide/tusk/"' in text and 'href="/en/guide/fin/"' not in text


def test_listings_are_shelves_under_their_instrument(client, tusk):
    text = page(client, "conventions/")

    assert "/en/guide/conventions/cites/I/" in text
    assert "/en/guide/conventions/cites/none/" in text


def test_a_listing_that_has_ended_is_no_shelf(client):
    make_status(make_item("tusk"), listing="A1180", in_force_until=datetime.date(2024, 12, 31))

    assert "A1180" not in page(client, "conventions/")
    assert client.get("/en/guide/conventions/basel/A1180/").status_code == 404


@pytest.mark.parametrize("listing", ["I", "none"])
def test_a_shelf_of_a_listing_holds_its_items(client, tusk, listing):
    assert 'href="/en/guide/tusk/"' in page(client, f"conventions/cites/{listing}/")


def test_codes_are_shelved_by_chapter_and_heading(client, tusk):
    text = page(client, "codes/")

    assert text.index("Ivory, horn, shell and other parts of animals") < text.index("/en/guide/codes/0507/")
    assert 'href="/en/guide/tusk/"' in page(client, "codes/0507/")


def test_what_goods_hide_under_is_a_shelf_for_officers_only(client, tusk):
    assert "3926" not in page(client, "codes/")
    assert client.get("/en/guide/codes/3926/").status_code == 404

    text = page(officer(), "codes/3926/")

    assert "Often declared here to hide it" in text and "Only for officers" in text


@pytest.mark.parametrize(
    "address", ["parts/unicorn/", "conventions/cites/IV/", "conventions/hague/I/", "codes/9999/", "codes/05/"]
)
def test_a_shelf_that_does_not_exist_is_not_found(client, tusk, address):
    assert client.get(f"/en/guide/{address}").status_code == 404


@pytest.mark.parametrize("address", ["parts/", "conventions/", "codes/"])
def test_a_draft_stands_on_no_shelf(client, tusk, address):
    tusk.live = False
    tusk.save()

    assert "/en/guide/codes/0507/" not in page(client, address)
    assert "/en/guide/parts/tusk-or-tooth/" not in page(client, address)
    assert "/en/guide/conventions/cites/I/" not in page(client, address)


@pytest.mark.parametrize("address", ["parts/tusk-or-tooth/", "conventions/cites/I/", "codes/0507/"])
def test_a_shelf_takes_as_many_queries_for_many_items_as_for_few(client, tusk, address):
    page(client, address)
    with CaptureQueriesContext(connection) as few:
        page(client, address)
    for number in range(10):
        item = make_item(f"item-{number}", form=ReferenceItem.Form.TUSK_OR_TOOTH)
        make_status(item, instrument="cites", listing="I")
        HSLink.objects.create(item=item, code="0507.10", role="proper")
    with CaptureQueriesContext(connection) as many:
        page(client, address)

    assert len(many) == len(few)
