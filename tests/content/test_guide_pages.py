"""The guide's public pages: hazards first, how to know it, what the law says, what to do."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.models import Advice, Hazard, HSLink, Protocol, ProtocolOutcome, ProtocolStep, ReferenceItem
from tests.factories import make_editor
from tests.identify.guide import make_item, make_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def tusk() -> ReferenceItem:
    hazard = Hazard.objects.create(key="heavy", title_en="Heavy load", text_en="Do not lift it alone.")
    documents = Advice.objects.create(key="cites", kind="documents", points_en="The permit.\nThe invoice.")
    steps = Advice.objects.create(key="part", kind="next_steps", points_en="Hold it.")
    protocol = Protocol.objects.create(
        key="lines", title_en="The lines", intro_en="I", safety_en="S", source="A lab"
    )
    tusk = make_item(
        "ivory-tusk",
        {"en": "Ivory tusk", "fr": "Défense en ivoire"},
        kind=ReferenceItem.Kind.PRODUCT,
        documents=documents,
        next_steps=steps,
        protocol=protocol,
    )
    tusk.hazards.add(hazard)
    tusk.save()
    make_status(tusk, instrument="cites", listing="I", condition_en="Elephants of most countries.")
    make_status(tusk, instrument="cites", listing="", condition_en="Mammoth is in no list.")
    HSLink.objects.create(item=tusk, code="0507.10", role="proper")
    HSLink.objects.create(item=tusk, code="3926.40", role="misused")
    return tusk


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_names_every_item_under_its_group(client, tusk):
    make_item("laptop", parent=make_item("equipment", {"en": "Electrical equipment"}))

    text = page(client, "/en/guide/")

    assert (
        text.index("Electrical or electronic device</h2>")
        < text.index("Electrical equipment</a>")
        < text.index("Laptop</a>")
    )
    assert 'href="/en/guide/ivory-tusk/"' in text


def test_the_list_shows_goods_before_animals_that_only_demonstrate(client, tusk):
    make_item("tiger", kind=ReferenceItem.Kind.TAXON, demonstration=True)

    text = page(client, "/en/guide/")

    assert (
        text.index("Ivory tusk</a>") < text.index("Demonstration on whole animals") < text.index("Tiger</a>")
    )


def test_the_list_shows_the_strictest_listing_that_has_not_ended(client, tusk):
    make_status(tusk, instrument="cites", listing="II")
    make_status(tusk, instrument="cites", listing="0", in_force_until=datetime.date(2000, 1, 1))

    text = page(client, "/en/guide/")

    assert re.findall(r'<bdi class="code" dir="ltr">(.*?)</bdi>', text) == ["I"]


def test_the_list_marks_what_a_photo_alone_cannot_judge(client, tusk):
    equipment = make_item("equipment")
    make_item("laptop", parent=equipment, backbone_classes=["laptop"])

    rows = page(client, "/en/guide/").split('<div class="row">')[1:]

    assert {
        name: "#icon-eye" in row
        for row in rows
        for name in ("Equipment", "Laptop", "Ivory tusk")
        if f"{name}</a>" in row
    } == {"Equipment": False, "Laptop": False, "Ivory tusk": True}


def test_an_item_says_everything_an_officer_needs(client, tusk):
    text = page(client, "/en/guide/ivory-tusk/")

    for words in (
        "<h1>Ivory tusk</h1>",
        "Summary of ivory-tusk.",
        "Look closely at the ivory-tusk.",
        "No expert has read this yet.",
        "Elephants of most countries.",
        "Treaty level only",
        "Not verified yet",
        "Check again after May 23, 2027",
        "0507.10",
        "The permit.",
        "Hold it.",
        'href="/en/guide/protocols/lines/"',
        "can't find this in a photo yet",
    ):
        assert words in text, words


def test_what_can_hurt_comes_before_how_to_know_it(client, tusk):
    text = page(client, "/en/guide/ivory-tusk/")

    assert text.index("Do not lift it alone.") < text.index("Look closely")


def test_a_thing_outside_every_list_is_not_given_an_appendix(client, tusk):
    assert "badge--none" in page(client, "/en/guide/ivory-tusk/")
    assert ">none<" not in page(client, "/en/guide/ivory-tusk/")


def test_law_that_is_not_yet_in_force_is_shown_so(client, tusk):
    make_status(tusk, listing="Y99", in_force_from=datetime.date(2999, 1, 1))

    text = page(client, "/en/guide/ivory-tusk/")

    assert "not yet in force" in text
    assert "In force from Jan. 1, 2999." in text


def test_words_that_are_not_translated_are_marked_as_english(client, tusk):
    text = page(client, "/fr/guide/ivory-tusk/")

    assert "Défense en ivoire" in text
    assert '<span lang="en" dir="ltr">Summary of ivory-tusk.</span>' in text


def test_a_translation_no_native_expert_has_read_says_so(client, tusk):
    assert "lang-note" not in page(client, "/en/guide/ivory-tusk/")

    tusk.set_words("summary", "fr", "Résumé.")
    tusk.save()

    assert "lang-note" in page(client, "/fr/guide/ivory-tusk/")


def test_a_protocol_begins_with_safety(client):
    protocol = Protocol.objects.create(
        key="check",
        title_en="The check",
        intro_en="When to use it.",
        safety_en="Power nothing.",
        source="Guidelines",
    )
    ProtocolStep.objects.create(protocol=protocol, key="look", title_en="Look", text_en="At the *packing*.")
    ProtocolOutcome.objects.create(
        protocol=protocol, key="waste", tone="stop", title_en="Waste", text_en="Hold it."
    )

    text = page(client, "/en/guide/protocols/check/")

    assert text.index("Power nothing.") < text.index("When to use it.") < text.index("Look</h3>")
    assert "<em>packing</em>" in text
    assert "callout--stop" in text
    assert "Guidelines" in text


def test_the_list_takes_as_many_queries_for_many_items_as_for_few(client, tusk):
    page(client, "/en/guide/")
    with CaptureQueriesContext(connection) as few:
        page(client, "/en/guide/")
    for number in range(20):
        make_item(f"item-{number}", parent=tusk)
    with CaptureQueriesContext(connection) as many:
        page(client, "/en/guide/")

    assert len(many) == len(few)


def test_an_item_that_does_not_exist_is_not_found(client):
    assert client.get("/en/guide/unicorn/").status_code == 404


def test_what_it_belongs_to_is_not_named_while_that_is_a_draft(client, tusk):
    tusk.parent = make_item("unread-words", live=False)
    tusk.save()
    assert "unread-words" not in page(client, "/en/guide/ivory-tusk/")

    client.force_login(make_editor())
    assert "unread-words" in page(client, "/en/guide/ivory-tusk/")
