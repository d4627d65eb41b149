"""The sheet's own page, and the sheet beside the law on the guide's pages."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.models import HSLink, TariffLine
from tests.factories import make_user
from tests.identify.guide import make_item, make_status
from tests.sheets import make_administration, make_authority, make_rule, make_sheet

pytestmark = pytest.mark.django_db

ADDRESS = "/en/guide/country/"


@pytest.fixture
def administration():
    return make_administration(name="Customs of Examplia", is_example=True)


@pytest.fixture
def sheet(administration):
    return make_sheet(administration, waste="Touch nothing.\n\nSeal it.")


@pytest.fixture
def laptop():
    laptop = make_item("laptop", {"en": "Laptop computer", "ar": "حاسوب محمول"})
    make_status(laptop)
    HSLink.objects.create(item=laptop, code="8471.30", role="proper")
    return laptop


@pytest.fixture
def as_officer(client, administration):
    client.force_login(make_user(roles=("officer",), administration=administration))
    return client


def page(client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.text


def test_the_page_begins_with_whom_to_call(as_officer, sheet):
    text = page(as_officer)

    assert (
        text.index('href="tel:+1-202-555-0101"') < text.index("Touch nothing.") < text.index("A test report")
    )
    assert '<bdi dir="ltr">+1 202-555-0101</bdi>' in text
    assert "Everything listed by Basel" in text
    assert "8471.30.00.20" in text
    assert "Nobody has said that this number was tried." in text


def test_an_example_is_called_one_wherever_it_is_shown(as_officer, sheet, laptop):
    assert "Example: invented numbers" in page(as_officer)
    assert page(as_officer, "/en/guide/laptop/").count("Example: invented numbers") >= 3

    sheet.administration.is_example = False
    sheet.administration.save()

    assert "Example: invented numbers" not in page(as_officer)
    assert "Example: invented numbers" not in page(as_officer, "/en/guide/laptop/")


def test_a_sheet_that_was_not_checked_in_time_says_so(as_officer, sheet, laptop):
    assert "should have been checked" not in page(as_officer)

    sheet.check_again_after = datetime.date(2026, 11, 21)
    sheet.as_of = datetime.date(2026, 11, 20)
    sheet.save()

    assert "should have been checked" in page(as_officer)
    assert "To be checked since Nov. 21, 2026" in page(as_officer, "/en/guide/laptop/")


def test_a_stranger_reads_treaty_level_only(client, sheet, laptop):
    for address in (ADDRESS, "/en/guide/laptop/"):
        text = page(client, address)
        assert "Treaty level only" in text
        assert "tel:" not in text
        assert "A test report" not in text


def test_somebody_of_another_administration_reads_nothing_of_it(client, sheet, laptop):
    client.force_login(make_user(roles=("officer", "coordinator"), administration=make_administration()))

    for address in (ADDRESS, "/en/guide/laptop/"):
        text = page(client, address)
        assert "Treaty level only" in text
        assert "Examplia" not in text
        assert "tel:" not in text


def test_pages_with_duty_numbers_are_not_kept_by_caches_between(as_officer, sheet, laptop):
    assert "no-store" in as_officer.get(ADDRESS)["Cache-Control"]
    assert "private" in as_officer.get("/en/guide/laptop/")["Cache-Control"]


def test_an_item_shows_the_rule_whom_to_call_and_the_codes_beside_the_law(as_officer, sheet, laptop):
    text = page(as_officer, "/en/guide/laptop/")

    assert (
        text.index("A1181") < text.index("A test report for each piece.") < text.index("tel:+1-202-555-0102")
    )
    assert "Treaty level</span>" in text
    assert "tel:+1-202-555-0103" not in text
    assert "Waste Act, section 31" in text
    assert "8471.30.00.20" in text


def test_what_the_administration_asks_comes_before_how_to_know_it(as_officer, sheet, laptop):
    text = page(as_officer, "/en/guide/laptop/")

    assert text.index("Touch nothing.") < text.index("Look closely")


def test_a_sheet_without_a_rule_for_it_says_so(as_officer, sheet):
    make_item("soap", kind="product")

    assert "adds no rule for this" in page(as_officer, "/en/guide/soap/")


def test_a_rule_not_yet_in_force_is_shown_so(as_officer, sheet, laptop):
    sheet.rules = [make_rule(instrument="basel", in_force_from=datetime.date(2999, 1, 1))]
    sheet.save()

    assert "In force from Jan. 1, 2999." in page(as_officer, "/en/guide/laptop/")


def test_its_words_keep_their_language_and_direction(as_officer, sheet, laptop):
    sheet.language = "he"
    sheet.save()

    assert '<p lang="he" dir="rtl">A test report for each piece.</p>' in page(as_officer, "/en/guide/laptop/")

    sheet.language = "en"
    sheet.save()

    assert '<p lang="en" dir="ltr">A test report for each piece.</p>' in page(as_officer, "/ar/guide/laptop/")


def test_markup_in_a_sheet_is_shown_not_run(as_officer, sheet):
    sheet.waste = "<script>alert(1)</script> [x](javascript:alert(1))"
    sheet.rules = [make_rule(instrument="basel", text="<b>bold</b>")]
    sheet.save()

    text = page(as_officer)

    assert "<script>alert" not in text
    assert "javascript:" not in text
    assert "&lt;b&gt;bold" in text


def test_a_fuller_sheet_takes_no_more_queries(as_officer, sheet, laptop):
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            page(as_officer, address)
        return len(captured)

    page(as_officer)
    sheet.rules = [make_rule(item=laptop)]
    sheet.save()
    few = [queries(address) for address in (ADDRESS, "/en/guide/laptop/")]
    for number in range(10):
        sheet.authorities.add(make_authority("basel", f"+1 202-555-011{number}"))
        sheet.rules.add(make_rule(item=make_item(f"item-{number}")))
        sheet.rules.add(make_rule(item=laptop))
        sheet.tariff_lines.add(TariffLine(hs_code="8471.30", national_code=f"8471.30.00.3{number}"))
    sheet.save()

    assert [queries(address) for address in (ADDRESS, "/en/guide/laptop/")] == few
