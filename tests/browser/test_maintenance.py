"""The page that stands for all others while the site is closed, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from config import maintenance
from tests.browser.test_every_page import look_at

pytestmark = pytest.mark.browser


@pytest.fixture
def closed():
    yield lambda: maintenance.switch_on(10)
    maintenance.switch_off()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_is_accessible_and_trying_again_leads_back(page_at, closed, language: str):
    page = page_at(language, width=360)
    closed()
    page.goto(f"/{language}/guide/")
    assert look_at(page, "maintenance", language, 360) == []
    maintenance.switch_off()
    page.locator("main a.button").click()
    expect(page).to_have_url(re.compile(f"/{language}/guide/$"))
    expect(page.locator("nav").first).to_be_visible()
