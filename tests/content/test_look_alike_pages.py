"""Look-alikes on the page of an item, side by side, and on the pocket card."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content.models import Advice, CommonName, Hazard, LookAlike, LookAlikeMark, ReferenceItem
from tests.factories import make_editor
from tests.identify.guide import make_item, make_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def tusk() -> ReferenceItem:
    tusk = make_item("tusk")
    make_status(tusk, instrument="cites", listing="I", condition_en="All elephants.")
    return tusk


@pytest.fixture
def pair(tusk: ReferenceItem) -> LookAlike:
    bone = make_item("bone", {"en": "Carved bone"})
    make_status(bone, instrument="cites", listing="")
    pair = LookAlike.objects.create(
        key="tusk--bone", first=tusk, second=bone, deciding_en="Pits decide, with a lens."
    )
    LookAlikeMark.objects.create(
        pair=pair,
        key="pits",
        mark_en="Pits and canals",
        first_side_en="None; crossing lines",
        second_side_en="Dark dots",
        source="A handbook",
    )
    return pair


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.text


@pytest.mark.parametrize(("of", "other"), [("tusk", "Carved bone"), ("bone", "Tusk")])
def test_an_item_says_what_it_is_mistaken_for(client, pair, of, other):
    text = page(client, f"/en/guide/{of}/")

    section = text[text.index('id="mistaken"') : text.index('id="law"')]
    assert other in section
    assert "Pits decide, with a lens." in section
    assert 'href="/en/guide/compare/tusk/bone/"' in section


def test_the_unlisted_side_is_named_as_such(client, pair):
    text = page(client, "/en/guide/tusk/")

    assert "CITES: not listed" in text[text.index('id="mistaken"') : text.index('id="law"')]


def test_two_look_alikes_stand_side_by_side_mark_by_mark(client, pair):
    text = page(client, "/en/guide/compare/tusk/bone/")

    assert (
        text.index("Tusk or Carved bone?")
        < text.index("Pits decide, with a lens.")
        < text.index("CITES: not listed")
        < text.index("Pits and canals")
        < text.index("<td>None; crossing lines</td><td>Dark dots</td>")
        < text.index("A handbook")
    )


def test_the_other_order_leads_to_the_one_page(client, pair):
    response = client.get("/en/guide/compare/bone/tusk/")

    assert response.status_code == 302
    assert response["Location"] == "/en/guide/compare/tusk/bone/"


def test_what_can_hurt_on_either_side_comes_first(client, pair):
    hazard = Hazard.objects.create(key="dust", title_en="Bone dust", text_en="Do not cut it.")
    pair.second.hazards.add(hazard)
    pair.second.save()

    text = page(client, "/en/guide/compare/tusk/bone/")

    assert text.index("Do not cut it.") < text.index("Pits decide")


def test_things_that_are_no_pair_are_not_found(client, pair):
    make_item("horn")

    assert client.get("/en/guide/compare/tusk/horn/").status_code == 404
    assert client.get("/en/guide/compare/tusk/tusk/").status_code == 404


def test_a_pair_with_a_draft_is_for_those_who_write_the_guide(client, pair):
    pair.second.live = False
    pair.second.save()
    trainer = Client()
    trainer.force_login(make_editor())

    assert client.get("/en/guide/compare/tusk/bone/").status_code == 404
    assert "Carved bone" not in page(client, "/en/guide/tusk/")
    assert trainer.get("/en/guide/compare/tusk/bone/").status_code == 200


def test_a_split_listing_names_its_populations_in_the_readers_language(client, tusk):
    make_status(
        tusk,
        instrument="cites",
        listing="II",
        taxa=["Loxodonta africana"],
        populations=["ZW", "BW"],
        annotation="#15",
    )

    text = page(client, "/en/guide/tusk/")

    assert "Only the populations of:" in text and "Botswana, Zimbabwe" in text
    assert "Loxodonta africana" in text and "#15" in text
    assert "Зимбабве" in page(client, "/ru/guide/tusk/")


def test_a_listing_of_all_but_some_populations_says_so(client, tusk):
    make_status(tusk, populations=["NA"], populations_excluded=True)

    text = page(client, "/en/guide/tusk/")

    assert "All populations, except those of:" in text and "Namibia" in text


def test_a_long_list_of_populations_is_left_to_the_words_of_the_condition(client, tusk):
    african = ["AO", "BJ", "BW", "CD", "CF", "CG", "CM", "GA", "GH", "KE", "NG", "ZM"]
    status = make_status(tusk, populations=african, condition_en="All African populations.")
    assert "Angola" in page(client, "/en/guide/tusk/")

    status.populations = [*african, "ZW"]
    status.save()
    text = page(client, "/en/guide/tusk/")

    assert "All African populations." in text
    assert "Only the populations of:" not in text and "Angola" not in text
    assert status.as_it_stands()["populations"] == [*african, "ZW"]


def test_other_names_say_where_they_are_used(client, tusk):
    CommonName.objects.create(item=tusk, language="en", name="Hanko", region="JP")
    CommonName.objects.create(item=tusk, language="fr", name="Défense", region="CM")

    text = page(client, "/en/guide/tusk/")

    assert "Hanko</bdi>" in text and "(Japan)" in text
    assert "Défense</bdi>" in text and "(Cameroon)" in text


def test_an_item_says_what_follows_detention(client, tusk):
    tusk.after_detention = Advice.objects.create(
        key="store", kind="after_detention", points_en="It stays in the sealed store."
    )
    tusk.save()

    assert "It stays in the sealed store." in page(client, "/en/guide/tusk/")


def test_an_item_shows_the_drawing_it_names_and_ignores_one_that_is_not_there(client, tusk):
    tusk.figure = "used-or-waste"
    tusk.save()
    assert 'class="drawing"' in page(client, "/en/guide/tusk/")

    tusk.figure = "not-drawn-yet"
    tusk.save()
    assert 'class="drawing"' not in page(client, "/en/guide/tusk/")


def test_an_item_takes_as_many_queries_with_many_look_alikes_as_with_one(client, pair):
    page(client, "/en/guide/tusk/")
    with CaptureQueriesContext(connection) as few:
        page(client, "/en/guide/tusk/")
    for number in range(5):
        other = make_item(f"other-{number}")
        LookAlike.objects.create(key=f"pair-{number}", first=pair.first, second=other, deciding_en="Look.")
    with CaptureQueriesContext(connection) as many:
        page(client, "/en/guide/tusk/")

    assert len(many) == len(few)


def test_the_card_says_the_most_and_when_to_check_again(client, pair):
    hazard = Hazard.objects.create(key="heavy", title_en="Heavy load", text_en="Do not lift it alone.")
    pair.first.hazards.add(hazard)
    pair.first.save()

    text = page(client, "/en/guide/tusk/card/")

    for words in (
        "Heavy load",
        "Summary of tusk.",
        "Look closely at the tusk.",
        "Pits decide, with a lens.",
        "CITES I",
        "All elephants.",
        "Check again after May 23, 2027.",
        "http://testserver/en/guide/tusk/",
    ):
        assert words in text, words


def test_the_code_on_the_card_leads_to_the_page_in_the_readers_language(client, tusk):
    text = page(client, "/ar/guide/tusk/card/")

    assert "http://testserver/ar/guide/tusk/" in text
    assert "<svg" in text and "<path" in text
    assert "style=" not in text


def test_the_card_of_a_draft_is_not_found(client, tusk):
    tusk.live = False
    tusk.save()

    assert client.get("/en/guide/tusk/card/").status_code == 404
