"""The guide's public pages, in English and Arabic, on a phone and on a desk."""

import re

import pytest
from playwright.sync_api import expect

from content.models import LookAlike, ReferenceItem
from tests.browser.test_every_page import every_way, look_at

pytestmark = pytest.mark.browser

MEDIA_BOX = re.compile(rb"/MediaBox\s*\[([^\]]+)\]")
PAGES = {
    "guide": "guide/",
    "search-empty": "guide/search/",
    "search-found": "guide/search/?q=ivory",
    "search-close": "guide/search/?q=ivory+unicorn+xyz",
    "search-nothing": "guide/search/?q=%F0%9F%90%98",
    "parts": "guide/parts/",
    "part": "guide/parts/tusk-or-tooth/",
    "conventions": "guide/conventions/",
    "listing": "guide/conventions/cites/I/",
    "listing-none": "guide/conventions/cites/none/",
    "codes": "guide/codes/",
    "heading": "guide/codes/0507/",
    "item-worked-ivory": "guide/worked-ivory/",
    "item-kosso": "guide/kosso/",
    "item-r-22": "guide/r-22/",
    "item-live-parrot": "guide/live-parrot/",
    "card": "guide/worked-ivory/card/",
    "card-ivory-tusk": "guide/ivory-tusk/card/",
}


@every_way
def test_pages_of_the_guide(page_at, language: str, width: int):
    page = page_at(language, width=width)
    found = []
    for name, address in PAGES.items():
        response = page.goto(f"/{language}/{address}")
        assert response is not None and response.status == 200, address
        found += look_at(page, f"guide-{name}", language, width)
    pair = LookAlike.objects.get(first__key="worked-ivory", second__key="bone-carving")
    page.goto(f"/{language}/guide/compare/{pair.first.key}/{pair.second.key}/")
    found += look_at(page, "guide-compare", language, width)
    assert found == []


def test_answers_come_as_one_types(page_at):
    page = page_at("en", width=360)
    page.goto("/en/guide/search/")

    page.locator("#q").press_sequentially("rhinocerous")

    expect(page.locator("[data-found] a").first).to_have_text("Rhinoceros horn")
    expect(page.locator("[data-said]")).to_have_text(re.compile("found"))
    expect(page).to_have_url(re.compile(r"\?q=rhinocerous$"))


def test_a_search_works_without_javascript(page_at):
    page = page_at("en", width=360, javascript=False)
    page.goto("/en/guide/")

    page.locator("#q").fill("freon 22")
    page.locator("form.finder button").click()

    expect(page.locator("[data-found] a").first).to_have_text("R-22")


def test_the_line_breaks_and_the_answer_stays(page_at):
    page = page_at("en", width=360)
    page.goto("/en/guide/search/?q=tiger")
    expected = page.locator("[data-found] a").first.inner_text()

    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.locator("#q").press_sequentially(" bone")

    expect(page.locator("[data-found] a").first).to_have_text(expected)


@pytest.mark.parametrize("language", ["en", "ar", "ru", "zh-hans"])
def test_a_pocket_card_is_one_sheet_of_a5(page_at, language: str):
    page = page_at(language)
    keys = [
        "ivory-tusk",
        "worked-ivory",
        "rosewood-board",
        "refrigerant-cylinder",
        "shark-fin",
        "crocodile-skin",
    ]
    sheets = {}
    for key in keys:
        page.goto(f"/{language}/guide/{key}/card/")
        pdf = page.pdf(prefer_css_page_size=True)
        sheets[key] = (
            len(re.findall(rb"/Type\s*/Page\b", pdf)),
            {tuple(round(float(side)) for side in box.split()[2:]) for box in MEDIA_BOX.findall(pdf)},
        )

    assert sheets == dict.fromkeys(keys, (1, {(420, 595)}))


def test_every_item_has_a_page_and_a_card(page_at):
    page = page_at("en", width=360)
    too_wide = []
    for key in ReferenceItem.objects.values_list("key", flat=True)[::10]:
        for address in (f"/en/guide/{key}/", f"/en/guide/{key}/card/"):
            response = page.goto(address)
            assert response is not None and response.status == 200, address
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                too_wide.append(address)

    assert too_wide == []
