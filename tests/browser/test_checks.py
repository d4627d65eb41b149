"""The checks in a real browser: a phone and a desk, English and Arabic, with and without JavaScript."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Administration
from config.demo import make_example_sheet
from tests.browser.test_every_page import every_way, look_at
from tests.factories import make_user

pytestmark = pytest.mark.browser

ADDRESSES = {
    "checks": "guide/checks/",
    "check-hs": "guide/checks/hs-code/",
    "check-hs-belongs": "guide/checks/hs-code/?code=0507.10.00.10&thing=ivory-tusk&description=Piano+keys",
    "check-hs-unlinked": "guide/checks/hs-code/?code=3926.40&thing=ivory-tusk",
    "check-hs-several": "guide/checks/hs-code/?code=8471.30&thing=computer",
    "check-hs-refused": "guide/checks/hs-code/?code=0507",
    "check-cites": "guide/checks/papers/cites/",
    "check-basel": "guide/checks/papers/basel/",
    "check-montreal": "guide/checks/papers/montreal/",
}
BOXES = {
    "cites": {
        "issued_on": "2026-01-15",
        "valid_until": "2026-09-15",
        "exporter": "UK",
        "country_of_origin": "KE",
        "species": "Loxodonta africana",
        "quantity": "12",
    },
    "basel": {"code": "A1180", "hazard": "H11", "operation": "R4", "exporter": "DE", "importer": "GH"},
    "montreal": {
        "substance": "HCFC 22",
        "label": "R-134a",
        "licensed_kg": "10000",
        "containers": "1150",
        "kg_each": "13.6",
    },
}
CHOICES = {"appendix": "I", "source": "W", "purpose": "T", "carrier": "electronic"}


def fill_in(page: Page, kind: str) -> None:
    for name, value in BOXES[kind].items():
        page.locator(f"main [name={name}]").fill(value)
    if kind == "cites":
        for name, value in CHOICES.items():
            page.locator(f"main [name={name}]").select_option(value)
    page.locator("main .button--go").click()
    page.locator(".findings").first.wait_for()


@every_way
def test_pages_that_everybody_may_read(page_at, language: str, width: int):
    page = page_at(language, width=width)
    found = []
    for name, address in ADDRESSES.items():
        page.goto(f"/{language}/{address}")
        found += look_at(page, name, language, width)
    for kind in BOXES:
        page.goto(f"/{language}/guide/checks/papers/{kind}/")
        fill_in(page, kind)
        found += look_at(page, f"check-{kind}-result", language, width)
    assert found == []


@every_way
def test_pages_of_an_officer_with_a_country_sheet(page_at, sign_in, language: str, width: int):
    make_example_sheet()
    administration = Administration.objects.get(sheet__live=True)
    officer = make_user(f"{uuid4()}@example.org", ("officer",), administration=administration)
    page = page_at(language, width=width)
    sign_in(page, officer.email)
    page.goto(f"/{language}/guide/checks/hs-code/?code=3926.40&thing=ivory-tusk")
    found = look_at(page, "check-hs-hidden", language, width)
    page.goto(f"/{language}/guide/checks/hs-code/?code=0507.10.00&thing=ivory-tusk")
    found += look_at(page, "check-hs-national", language, width)
    page.goto(f"/{language}/guide/checks/papers/cites/")
    fill_in(page, "cites")
    assert page.locator("a[href^='tel:']").count()
    found += look_at(page, "check-cites-officer", language, width)
    assert found == []


def test_a_paper_is_checked_and_corrected_without_javascript(page_at):
    page = page_at("en", width=360, javascript=False)
    page.goto("/en/guide/checks/papers/cites/")
    fill_in(page, "cites")
    expect(page.locator("main")).to_contain_text("These boxes contradict each other")
    page.locator(".refill summary").click()
    expect(page.locator("main [name=species]")).to_have_value("Loxodonta africana")
    page.locator("main [name=purpose]").select_option("S")
    page.locator("main [name=exporter]").fill("KE")
    page.locator("main [name=valid_until]").fill("2026-07-15")
    page.locator("main .button--go").click()
    expect(page.locator("main")).not_to_contain_text("source W and purpose T contradict")
