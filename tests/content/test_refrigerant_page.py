"""The page of the refrigerant calculator."""

import html

import pytest
from django.test import Client

from accounts.models import Administration
from config.demo import make_example_sheet
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_guide")]


def page(client: Client, query: str, language: str = "en") -> str:
    response = client.get(f"/{language}/guide/refrigerants/{query}")
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def test_a_number_leads_to_controls_hazards_and_tonnes(client):
    text = page(client, "?q=hcfc+22&mass=13.6&cylinders=100")

    for words in (
        ">R-22</bdi></h1>",
        "Chlorodifluoromethane",
        "75-45-6",
        "UN 1018",
        "Gas under pressure",
        "HCFC (Annex C, Group I)",
        "Lawful where?",
        "IPCC AR5 (2013)",
        "1,810",
        "2,461.6",
        "Reckoned for 1,360 kilograms.",
        'href="/en/guide/r-22/"',
        'href="/en/guide/protocols/cylinder-check/"',
        "A label is not proof.",
    ):
        assert words in text, words


def test_what_can_hurt_comes_before_the_numbers(client):
    text = page(client, "?q=R-32")

    assert text.index("Gas that may burn") < text.index("Warming potential")


def test_a_blend_names_its_parts_and_the_annexes_of_all_of_them(client):
    text = page(client, "?q=R-502")

    assert "R-22 48.8 %" in text
    assert text.index("CFC (Annex A, Group I)") < text.index("HCFC (Annex C, Group I)")


def test_an_uncontrolled_gas_is_not_given_an_annex(client):
    text = page(client, "?q=R-290&mass=10")

    assert "badge--none" in text
    assert "none stated" in text
    assert "not known" in text


def test_a_number_that_does_not_say_which_lists_what_it_may_be(client):
    text = page(client, "?q=UN+1078&mass=5")

    assert "this does not say which" in text
    assert "REFRIGERANT GAS, N.O.S." in text
    assert 'href="?q=R-410A&mass=5"' in text


def test_a_number_that_is_not_known_is_not_called_harmless(client):
    assert "That does not mean that it is harmless" in page(client, "?q=R-9999")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?q=", "This field is required."),
        ("?q=" + "x" * 5000, "That is too long."),
        ("?q=R-22&mass=heavy", "Write the mass in digits"),
        ("?q=R-22&mass=1,000", "Write the mass in digits"),
        ("?q=R-22&mass=-1", "Write a mass above 0"),
        ("?q=R-22&mass=NaN", "Write the mass in digits"),
        ("?q=R-22&cylinders=3", "Write the net mass of one cylinder too."),
        ("?q=R-22&mass=1&cylinders=0", "greater than or equal to 1"),
        ("?q=%00", "Null characters are not allowed."),
        ("?q=%F0%9F%A5%B6", "not in this list"),
        ("?q='; DROP TABLE--", "not in this list"),
    ],
)
def test_bad_input_is_answered_in_words_and_not_lost(client, query, words):
    text = page(client, query)

    assert words in text
    if "mass=heavy" in query:
        assert 'value="heavy"' in text


def test_a_comma_is_a_decimal_point(client):
    assert "Reckoned for 13.6 kilograms." in page(client, "?q=R-22&mass=13,6")


def test_a_reader_without_an_administration_reads_the_treaty_only(client):
    assert "Treaty level only" in page(client, "?q=R-22")


def test_the_readers_own_country_sheet_is_added(client):
    make_example_sheet()
    administration = Administration.objects.get(sheet__live=True)
    client.force_login(make_user("officer@example.org", ("officer",), administration=administration))

    assert "Cylinders that can't be refilled may not enter" in page(client, "?q=R-125")
    assert "National ozone unit" in page(client, "?q=R-125")


def test_rules_for_what_the_protocol_controls_are_not_shown_for_what_it_does_not(client):
    make_example_sheet()
    administration = Administration.objects.get(sheet__live=True)
    client.force_login(make_user("officer@example.org", ("officer",), administration=administration))

    assert "Cylinders that can't be refilled may not enter" not in page(client, "?q=R-717")


def test_numbers_keep_latin_digits_and_their_direction_in_arabic(client):
    text = page(client, "?q=R-22&mass=13.6", language="ar")

    assert '<bdi dir="ltr">R-22</bdi>' in text
    assert "1,810" in text or "1٬810" in text


def test_nothing_is_stored(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(25) as queries:
        page(client, "?q=R-22&mass=13.6")

    assert not [
        q for q in queries.captured_queries if q["sql"].lstrip().upper().startswith(("INSERT", "UPDATE"))
    ]
