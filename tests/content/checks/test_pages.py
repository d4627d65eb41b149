"""The pages of the checks: everybody may use them, nothing typed is lost, nothing is stored."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content.models import HSLink
from tests.factories import make_user
from tests.identify.guide import make_item, make_status
from tests.sheets import make_administration, make_authority, make_sheet

pytestmark = pytest.mark.django_db

PERMIT = {
    "document": "export",
    "presented_on": "2026-03-01",
    "issued_on": "2026-01-15",
    "valid_until": "2026-07-15",
    "appendix": "I",
    "source": "W",
    "purpose": "T",
}
CONTRADICTION = "These boxes contradict each other: ask the issuing authority"


@pytest.fixture
def ivory() -> None:
    ivory = make_item("raw-ivory", {"en": "Raw ivory"})
    make_status(ivory, "I", instrument="cites", taxa=["Loxodonta africana"], condition_en="All others.")
    HSLink.objects.create(item=ivory, code="0507.10", role="proper")
    HSLink.objects.create(item=ivory, code="3926.40", role="misused")


def test_the_checks_are_listed(client):
    page = client.get("/en/guide/checks/").text
    assert "/en/guide/checks/hs-code/" in page
    assert all(f"/en/guide/checks/papers/{kind}/" in page for kind in ("cites", "basel", "montreal"))


def test_a_code_is_checked_by_its_address(client, ivory):
    page = client.get("/en/guide/checks/hs-code/", {"code": "0507.10.00", "thing": "raw-ivory"}).text
    assert "Belongs here" in page
    assert "Raw ivory" in page and "CITES" in page


def test_a_hiding_place_is_not_told_to_a_stranger(client, ivory):
    page = client.get("/en/guide/checks/hs-code/", {"code": "3926.40", "thing": "raw-ivory"}).text
    assert "does not link" in page
    assert "hide it" not in page and "Often hidden here" not in page


def test_a_hiding_place_is_told_to_an_officer(ivory):
    client = Client()
    client.force_login(make_user(roles=("officer",)))
    page = client.get("/en/guide/checks/hs-code/", {"code": "3926.40", "thing": "raw-ivory"}).text
    assert "Often hidden here" in page
    assert "Only for officers" in page


@pytest.mark.parametrize(
    ("code", "says"), [("0507", "this has 4"), ("ivory", "digits only"), ("", "required")]
)
def test_a_code_that_is_none_is_refused_and_kept(client, code, says):
    response = client.get("/en/guide/checks/hs-code/", {"code": code, "description": "Old piano keys"})
    assert response.status_code == 422
    assert says in response.text
    assert "Old piano keys" in response.text


def test_html_in_a_description_stays_text(client):
    page = client.get(
        "/en/guide/checks/hs-code/", {"code": "0507.10", "description": "<script>alert(1)</script>"}
    ).text
    assert "<script>alert(1)" not in page


def test_a_code_that_the_edition_lacks_is_said_to_be_so(client):
    assert "has no such code" in client.get("/en/guide/checks/hs-code/", {"code": "8548.10"}).text


@pytest.mark.parametrize("kind", ["cites", "basel", "montreal"])
def test_a_form_starts_with_today(client, kind):
    response = client.get(f"/en/guide/checks/papers/{kind}/")
    assert response.status_code == 200
    assert 'type="date"' in response.text and 'value="20' in response.text


def test_another_kind_of_paper_is_not_found(client):
    assert client.get("/en/guide/checks/papers/passport/").status_code == 404


def test_a_contradiction_is_told_with_its_source(client):
    page = client.post("/en/guide/checks/papers/cites/", PERMIT).text
    assert CONTRADICTION in page
    assert "Appendix I, source W and purpose T contradict each other" in page
    assert "CITES, Article III(3)(c)" in page
    assert "What this check can&#x27;t see" in page or "What this check can't see" in page
    assert "zero quotas" in page
    assert "forged" not in page


def test_a_paper_without_contradiction_is_not_called_good(client):
    page = client.post("/en/guide/checks/papers/cites/", {**PERMIT, "purpose": "S"}).text
    assert CONTRADICTION not in page
    assert "That is not yet proof" in page


@pytest.mark.parametrize("typed", ["2026-02-31", "31/02/2026", "31.2.2026"])
def test_the_thirty_first_of_february_is_refused_in_words(client, typed):
    response = client.post("/en/guide/checks/papers/cites/", {**PERMIT, "issued_on": typed})
    assert response.status_code == 422
    assert f"There is no day {typed}" in response.text


@pytest.mark.parametrize("typed", ["31/01/2026", "31.01.2026", "2026-01-31"])
def test_a_day_is_read_year_first_or_day_first(client, typed):
    page = client.post("/en/guide/checks/papers/cites/", {**PERMIT, "issued_on": typed}).text
    assert "Jan. 31, 2026" in page or "31 January 2026" in page


@pytest.mark.parametrize(
    "boxes",
    [
        {"document": "passport"},
        {"source": "Q"},
        {"quantity": "many"},
        {"quantity": "NaN"},
        {"quantity": "1e999999"},
        {"exporter": "Kenya"},
        {"issued_on": "9999-99-99"},
        {"issued_on": "yesterday"},
        {"species": "x" * 5000},
    ],
)
def test_a_box_that_can_not_be_read_is_refused_and_the_rest_kept(client, boxes):
    response = client.post("/en/guide/checks/papers/cites/", {**PERMIT, "origin_permit": "KE-77", **boxes})
    assert response.status_code == 422
    assert "KE-77" in response.text


def test_the_last_day_of_the_calendar_is_a_day(client):
    days = {"issued_on": "9999-12-01", "valid_until": "9999-12-31", "presented_on": "9999-12-01"}
    assert client.post("/en/guide/checks/papers/cites/", {**PERMIT, **days}).status_code == 200


def test_an_officer_reads_whom_to_ask_and_what_the_own_rules_add():
    administration = make_administration()
    sheet = make_sheet(administration)
    sheet.authorities.add(make_authority("cites", "+1 202-555-0199", name="Wildlife desk"))
    sheet.save()
    client = Client()
    client.force_login(make_user(roles=("officer",), administration=administration))

    page = client.post("/en/guide/checks/papers/cites/", PERMIT).text
    assert "Wildlife desk" in page and "Waste desk" not in page
    page = client.post(
        "/en/guide/checks/papers/basel/", {"document": "notification", "shipped_on": "2026-05-01"}
    ).text
    assert "Waste desk" in page and "A test report for each piece." in page


def test_a_stranger_reads_no_number_of_anybodys_sheet(client):
    make_sheet(make_administration())
    assert "202-555" not in client.post("/en/guide/checks/papers/cites/", PERMIT).text


def test_a_waste_paper_is_compared_with_the_guide(client):
    make_status(make_item("laptop"), "A1181")
    boxes = {"document": "notification", "shipped_on": "2026-05-01", "code": "b1010", "thing": "Laptop"}
    page = client.post("/en/guide/checks/papers/basel/", boxes).text
    assert "under A1181" in page


@pytest.mark.parametrize(
    ("box", "typed"), [("code", "1181"), ("hazard", "6.1"), ("operation", "X4"), ("code", "A11811")]
)
def test_a_code_of_the_annexes_has_its_shape(client, box, typed):
    boxes = {"document": "notification", "shipped_on": "2026-05-01", box: typed}
    assert client.post("/en/guide/checks/papers/basel/", boxes).status_code == 422


def test_a_licence_is_counted(client):
    boxes = {
        "direction": "import",
        "crossed_on": "2026-05-01",
        "substance": "R22",
        "licensed_kg": "10000",
        "containers": "1150",
        "kg_each": "13.6",
    }
    page = client.post("/en/guide/checks/papers/montreal/", boxes).text
    assert "1150 containers of 13.6 kg are 15640 kg" in page
    assert CONTRADICTION in page


def test_what_was_copied_is_shown_for_the_file_and_kept_nowhere(client):
    with CaptureQueriesContext(connection) as queries:
        response = client.post("/en/guide/checks/papers/cites/", PERMIT)
    assert "W: taken from the wild" in response.text
    assert "no-store" in response["Cache-Control"]
    assert [one["sql"] for one in queries if not one["sql"].startswith("SELECT")] == []


def test_rules_that_nobody_compared_with_the_text_say_so(client):
    page = client.post("/en/guide/checks/papers/cites/", {**PERMIT, "document": "import"}).text
    assert "Not verified yet" in page
