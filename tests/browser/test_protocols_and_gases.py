"""The protocols and the calculator in a real browser: axe finds nothing, and one thumb is enough."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import every_way, look_at

pytestmark = pytest.mark.browser

PROTOCOLS = "guide/protocols"
BEGUN = "on=2026-11-25&version=1"
TO_ANGLES = "surface=found&lines=crossing&outer=visible&picture=done"
READINGS = "&".join(f"angles={angle}" for angle in (97, 98, 99, 100, 101.5))

PAGES = {
    "protocols": f"{PROTOCOLS}/",
    "protocol-angles": f"{PROTOCOLS}/schreger-angles/",
    "walk-start": f"{PROTOCOLS}/cylinder-check/walk/",
    "walk-question": f"{PROTOCOLS}/cylinder-check/walk/?{BEGUN}",
    "walk-not-answered": f"{PROTOCOLS}/live-animal/walk/?{BEGUN}&at=danger",
    "walk-instruction": f"{PROTOCOLS}/live-animal/walk/?{BEGUN}&danger=clear",
    "walk-measurement": f"{PROTOCOLS}/schreger-angles/walk/?{BEGUN}&{TO_ANGLES}",
    "walk-readings-refused": f"{PROTOCOLS}/schreger-angles/walk/?{BEGUN}&{TO_ANGLES}&at=angles&angles=steep",
    "walk-outcome": f"{PROTOCOLS}/schreger-angles/walk/?{BEGUN}&{TO_ANGLES}&{READINGS}",
    "walk-outcome-stop": f"{PROTOCOLS}/cylinder-check/walk/?{BEGUN}&danger=seen",
    "walk-outcome-go": f"{PROTOCOLS}/live-animal/walk/?{BEGUN}&danger=clear&calm=done&condition=calm"
    "&handler=coming&photograph=done&papers=agree",
    "refrigerants": "guide/refrigerants/",
    "refrigerant": "guide/refrigerants/?q=R-22&mass=13.6&cylinders=100",
    "refrigerant-blend": "guide/refrigerants/?q=R-448A&mass=10",
    "refrigerant-uncontrolled": "guide/refrigerants/?q=R-290&mass=10",
    "refrigerant-shared-number": "guide/refrigerants/?q=UN+1078",
    "refrigerant-unknown": "guide/refrigerants/?q=R-9999",
    "refrigerant-wrong": "guide/refrigerants/?q=R-22&mass=heavy",
}


@every_way
def test_pages_of_the_protocols_and_the_calculator(page_at, language: str, width: int):
    page = page_at(language, width=width)
    found = []
    for name, address in PAGES.items():
        page.goto(f"/{language}/{address}")
        found += look_at(page, name, language, width)
    assert found == []


def test_a_protocol_is_walked_through_on_a_phone_without_javascript(page_at):
    page = page_at("en", width=360, javascript=False)
    page.goto(f"/en/{PROTOCOLS}/schreger-angles/walk/")
    page.get_by_role("button", name="I have read this: begin").click()
    for answer in ("There is such a surface", "The lines cross", "I know where the outside is"):
        page.get_by_label(answer).check()
        page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Done: go on").click()
    for number in range(1, 6):
        page.get_by_label(f"Reading {number}", exact=True).fill(str(115 + number))
    page.get_by_role("button", name="Go on").click()

    expect(page.get_by_role("heading", name="Consistent with elephant ivory")).to_be_visible()


def test_one_can_go_back_and_answer_otherwise(page_at):
    page = page_at("en", width=360)
    page.goto(f"/en/{PROTOCOLS}/cylinder-check/walk/?{BEGUN}&danger=clear")
    page.get_by_role("link", name="Back").click()

    expect(page.get_by_label("I notice none of these, and the air is safe")).to_be_checked()
    page.get_by_label("I notice at least one of these").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Stop, hazard")).to_be_visible()


def test_the_button_of_a_step_is_in_reach_of_the_thumb(page_at):
    page = page_at("en", width=360)
    page.goto(f"/en/{PROTOCOLS}/cylinder-check/walk/?{BEGUN}")
    # What can hurt stands first, and is read first.
    page.locator("label.choice").first.scroll_into_view_if_needed()

    box = page.get_by_role("button", name="Go on").bounding_box()
    assert box is not None
    assert 400 < box["y"] < 800 - box["height"] + 1


def test_the_language_can_be_changed_on_the_way(page_at):
    page = page_at("en")
    page.goto(f"/en/{PROTOCOLS}/cylinder-check/walk/?{BEGUN}&danger=clear")
    page.goto(page.locator("a[hreflang=ar]").first.get_attribute("href"))

    expect(page.locator("input[type=hidden][name=danger]")).to_have_value("clear")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def test_an_outcome_prints_with_room_for_a_signature(page_at):
    page = page_at("en")
    page.goto(f"/en/{PROTOCOLS}/cylinder-check/walk/?{BEGUN}&danger=seen")
    signature = page.get_by_text("Name and signature")

    expect(signature).to_be_hidden()
    page.emulate_media(media="print")
    expect(signature).to_be_visible()
    expect(page.get_by_role("link", name="Change").first).to_be_hidden()


def test_a_number_is_looked_up_with_a_mass(page_at):
    page = page_at("en", width=360, javascript=False)
    page.goto("/en/guide/refrigerants/")
    page.get_by_label("Number or name").fill("freon 22")
    page.get_by_label("Net mass of one cylinder").fill("13.6")
    page.get_by_label("Number of cylinders").fill("10")
    page.get_by_role("button", name="Look it up").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("R-22")
    expect(page.get_by_role("row", name="Montreal Protocol")).to_contain_text("246.2")
