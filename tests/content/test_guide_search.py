"""Searching a guide: who finds what, in which order, and what odd queries are answered."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from content.models import CommonName, HSLink, ReferenceItem
from content.searching.finding import search
from content.searching.terms import indexed_together
from tests.factories import make_editor, make_user
from tests.identify.guide import make_item, make_status

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def found(query: str, reader=None) -> list[str]:
    return [one.item.key for one in search(query, reader or AnonymousUser()).found]


@pytest.mark.parametrize("number", ["UN 1018", "un1018", "75-45-6"])
def test_a_number_of_a_substance_finds_its_cylinder(number):
    cylinder = make_item("r-22", {"en": "R-22"})
    mark = cylinder.field_marks.get()
    mark.text_en = "UN 1018 and CAS 75-45-6 point to R-22."
    mark.save()

    assert found(number) == ["r-22"]


def test_what_goods_hide_under_is_found_by_officers_only():
    tusk = make_item("tusk")
    HSLink.objects.create(item=tusk, code="3926.40", role=HSLink.Role.MISUSED)

    assert found("3926.40") == []
    assert found("3926.40", make_user(roles=("trainee",))) == []
    assert found("3926.40", make_user(roles=("officer",))) == ["tusk"]


def test_a_draft_is_found_by_those_who_write_the_guide_only():
    make_item("tusk", live=False)

    assert found("tusk") == []
    assert found("tusk", make_user(roles=("officer",))) == []
    assert found("tusk", make_editor()) == ["tusk"]


def test_a_taxon_of_a_listing_finds_the_item():
    tusk = make_item("tusk")
    make_status(tusk, instrument="cites", listing="I", taxa=["Loxodonta africana"])

    assert found("loxodonta") == ["tusk"]


def test_a_new_name_is_found_at_once_and_a_deleted_one_no_more():
    tusk = make_item("tusk")
    name = CommonName.objects.create(item=tusk, language="en", name="Olifant")
    assert found("olifant") == ["tusk"]

    name.delete()

    assert found("olifant") == []


def test_an_item_that_is_deleted_is_found_no_more():
    make_item("tusk").delete()

    assert found("tusk") == []


def test_a_word_of_the_summary_finds_the_item_after_those_named_so():
    make_item("laptop", summary_en="Never a tusk.")
    make_item("tusk")

    assert found("tusk") == ["tusk", "laptop"]


def test_the_name_in_the_readers_language_comes_first():
    make_item("macaw", {"en": "Macaw", "ru": "Ара"})
    make_item("arum", {"en": "Ара"})

    with translation.override("ru"):
        assert found("ара") == ["macaw", "arum"]


def test_the_shorter_name_comes_first():
    make_item("tiger-bone", {"en": "Tiger bone"})
    make_item("tiger", {"en": "Tiger"})

    assert found("tiger") == ["tiger", "tiger-bone"]


def test_the_name_by_which_it_was_found_is_said():
    tusk = make_item("tusk")
    CommonName.objects.create(item=tusk, language="fr", name="Défense")

    (one,) = search("défense", AnonymousUser()).found

    assert one.found_as is not None and one.found_as.name == "Défense"


def test_what_is_close_but_not_named_so_is_said_to_be_close():
    make_item("tusk")

    assert search("tusk", AnonymousUser()).complete
    assert not search("tusk unicorn", AnonymousUser()).complete
    assert not search("tuskk", AnonymousUser()).complete


@pytest.mark.parametrize(
    "query",
    [
        "🐘",
        "'; DROP TABLE content_referenceitem; --",
        '" OR 1=1',
        "%",
        "_",
        "\x00",
        "\x00tusk\x00",
        "((((",
        "\\",
        "x" * 5000,
        "tusk " * 1000,
        "<script>alert(1)</script>",
        "�",
        "ي" * 5000,
        "象" * 5000,
    ],
)
def test_whatever_is_typed_is_answered(client, query):
    make_item("tusk")

    response = client.get("/en/guide/search/", {"q": query.encode("utf-8", "replace")})

    assert response.status_code == 200
    assert ReferenceItem.objects.filter(key="tusk").exists()
    assert "<script>alert" not in response.text


def test_nothing_found_says_what_to_try(client):
    text = client.get("/en/guide/search/", {"q": "🐘"}).text

    assert "The guide knows nothing called “🐘”." in text
    assert "Try one word of it" in text
    assert "Ask before you release it." in text


def test_an_empty_search_says_what_can_be_written(client):
    assert "Write a name in any of the six languages" in client.get("/en/guide/search/").text


def test_the_answer_as_one_types_is_a_part_of_the_page(client):
    make_item("tusk")

    part = client.get("/en/guide/search/", {"q": "tusk", "only": "results"}).text

    assert "<html" not in part
    assert part.strip() and part.strip() in client.get("/en/guide/search/", {"q": "tusk"}).text


def test_a_search_takes_as_many_queries_among_many_items_as_among_few():
    make_item("tusk")
    found("tusk")
    with CaptureQueriesContext(connection) as few:
        found("tusk")
    for number in range(30):
        make_item(f"tusk-{number}")
    with CaptureQueriesContext(connection) as many:
        assert len(found("tusk")) > 30

    assert len(many) == len(few) <= 5


def test_many_writes_are_indexed_together():
    with indexed_together():
        make_item("tusk")
        assert found("tusk") == []

    assert found("tusk") == ["tusk"]
