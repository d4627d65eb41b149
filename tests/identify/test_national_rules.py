"""The officer's own country sheet beside an answer: the rules of that day, the numbers of today."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.models import Authority, CountrySheet, HSLink, NationalRule
from identify.actions import _law_as_it_stands, identify
from identify.intake import receive
from tests.identify import pictures
from tests.identify.answered import make_answer
from tests.sheets import make_administration, make_authority, make_rule, make_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_guide")]


@pytest.fixture
def sheet(officer) -> CountrySheet:
    officer.administration = make_administration(name="Customs of Examplia", is_example=True)
    officer.save()
    return make_sheet(officer.administration, waste="Touch nothing.", cylinders="Open no valve.")


def answered(officer, *candidates, **fields):
    law = _law_as_it_stands([key for key, _probability in candidates], officer.administration)
    return make_answer(officer, *candidates, law=law, **fields)


def page_of(client, answer, language: str = "en") -> str:
    response = client.get(f"/{language}/identify/{answer.case.public_id}/")
    assert response.status_code == 200
    return response.text


@pytest.mark.usefixtures("models_root")
def test_an_answer_keeps_the_national_rules_of_its_day(officer, sheet, small_guide):
    photo = SimpleUploadedFile("photo.jpg", pictures.drawn_keyboard())
    sheet.rules.add(make_rule(item=small_guide["electrical-equipment"], text="About all equipment."))
    sheet.save()

    answer = identify(officer, receive([photo], {}), token="one")

    assert [rule["text"] for rule in answer.law["laptop"]["national"]] == [
        "A test report for each piece.",
        "About all equipment.",
    ]
    assert [rule["text"] for rule in answer.law["keyboard"]["national"]] == ["About all equipment."]
    assert answer.law["laptop"]["national"][0]["jurisdiction"] == "Customs of Examplia"


def test_without_a_sheet_nothing_national_is_kept(officer):
    assert "national" not in _law_as_it_stands(["laptop"], officer.administration)["laptop"]


def test_the_rules_are_those_of_that_day_and_the_numbers_those_of_today(as_officer, officer, sheet):
    answer = answered(officer, ("laptop", 0.83))
    NationalRule.objects.update(text="Something new.")
    Authority.objects.filter(role="basel").update(telephone="+1 202-555-0177")

    page = page_of(as_officer, answer)

    assert "A test report for each piece." in page
    assert "Something new." not in page
    assert 'href="tel:+1-202-555-0177"' in page


def test_an_answer_shows_whom_to_call_and_the_national_codes(as_officer, officer, sheet, small_guide):
    HSLink.objects.create(item=small_guide["laptop"], code="8471.30", role="proper")

    page = page_of(as_officer, answered(officer, ("laptop", 0.83)))

    assert "8471.30.00.20" in page
    assert 'href="tel:+1-202-555-0101"' in page
    assert 'href="tel:+1-202-555-0103"' not in page
    assert "Example: invented numbers" in page


def test_what_the_administration_asks_comes_after_the_hazards_and_before_the_answer(
    as_officer, officer, sheet
):
    page = page_of(as_officer, answered(officer, ("laptop", 0.83)))

    assert (
        page.index("Stay 3 metres away.") < page.index("Touch nothing.") < page.index("Consistent with</p>")
    )
    assert "Open no valve." not in page


def test_not_knowing_shows_every_number_and_every_instruction(as_officer, officer, sheet):
    page = page_of(as_officer, answered(officer))

    assert page.index("Alive, leaking, swollen, hot or smoking?") < page.index("Touch nothing.")
    assert "Open no valve." in page
    assert 'href="tel:+1-202-555-0103"' in page


def test_without_a_sheet_the_answer_says_treaty_level_only(as_officer, officer):
    for answer in (answered(officer, ("laptop", 0.83)), answered(officer)):
        page = page_of(as_officer, answer)
        assert "Treaty level only: no national rules are shown here." in page
        assert "tel:" not in page


def test_an_answer_from_before_the_sheet_says_treaty_level_only(as_officer, officer):
    officer.administration = make_administration()
    officer.save()
    before = answered(officer, ("laptop", 0.83))
    make_sheet(officer.administration)

    page = page_of(as_officer, before)

    assert "Treaty level only: no national rules are shown here." in page
    assert "A test report" not in page
    assert 'href="tel:+1-202-555-0102"' in page


def test_english_words_of_the_sheet_are_marked_in_an_arabic_page(as_officer, officer, sheet):
    page = page_of(as_officer, answered(officer, ("laptop", 0.83)), "ar")

    assert '<p lang="en" dir="ltr">A test report for each piece.</p>' in page
    assert '<bdi dir="ltr">+1 202-555-0101</bdi>' in page


def test_the_api_lists_national_rules_beside_the_status(as_officer, officer, sheet):
    answer = answered(officer, ("laptop", 0.83), ("keyboard", 0.1))

    found = as_officer.get(f"/api/v1/identifications/{answer.case.public_id}").json()

    (rule,) = found["candidates"][0]["national_rules"]
    assert rule["text"] == "A test report for each piece."
    assert (rule["jurisdiction"], rule["language"], rule["example"]) == ("Customs of Examplia", "en", True)
    assert found["candidates"][1]["national_rules"] == []
    assert all(status["listing"] for status in found["candidates"][0]["status"])


def test_the_sheet_takes_a_constant_number_of_queries(as_officer, officer, sheet):
    few = answered(officer, ("laptop", 0.9))
    many = answered(officer, ("laptop", 0.4), ("keyboard", 0.3), ("remote-control", 0.2))
    unknown = answered(officer)

    def queries(answer) -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(as_officer, answer)
        return len(captured)

    page_of(as_officer, few)
    before = [queries(answer) for answer in (few, many, unknown)]
    assert before[0] == before[1]
    for number in range(10):
        sheet.authorities.add(make_authority("basel", f"+1 202-555-011{number}"))
        sheet.rules.add(make_rule(instrument="basel"))
    sheet.save()

    assert [queries(answer) for answer in (few, many, unknown)] == before
