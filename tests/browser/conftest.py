"""A real Chromium against the real site with its real content.

The content takes a while to load, so it is loaded once for all browser tests; each test makes people of
its own. These tests run after all others, because what they leave in the database stays.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests.factories import PASSWORD

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
HEIGHT = 800

expect.set_options(timeout=15_000)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of the running site, with the product's own content in six languages."""
    # Playwright's synchronous API keeps an event loop running in this thread; the tests stay synchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with django_db_blocker.unblock():
        _as_just_migrated()
        call_command("load_content", verbosity=0)
        server = LiveServer("localhost")
        try:
            yield server.url
        finally:
            server.stop()


def _as_just_migrated() -> None:
    """Bring back what the migrations made and a transactional test has flushed."""
    made_by_migrations = connection._test_serialized_contents  # only a test database has this
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    connection.creation.deserialize_db_from_string(made_by_migrations)
    # The content types are back under other primary keys than earlier tests have cached.
    ContentType.objects.clear_cache()


# Two fixtures that stand in for pytest-django's own of the same names. By these names it knows that the
# tests need a database, and to remember what the migrations made; but no transaction hides from the
# server's thread what a test writes, and nothing is flushed.


@pytest.fixture
def django_db_serialized_rollback() -> None:
    """What the migrations made is remembered when the test database is set up."""


@pytest.fixture
def db(site: str, django_db_serialized_rollback: None) -> None:
    """The database of the running site."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture
def page_at(site: str, db: None, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """`page_at("ar", width=360, javascript=False)`: a first page in a browser of its own."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def note_violations(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            errors.append(f"{message.page.url if message.page else ''}: {message.text}")

    def open_page(language: str = "en", width: int = 1280, javascript: bool = True) -> Page:
        context = chromium.new_context(
            base_url=site,
            locale=language,
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.on("console", note_violations)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"/{language}/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors


@pytest.fixture
def sign_in() -> Callable[[Page, str], None]:
    """`sign_in(page, email)`: by the login form, in the language of the page that is open."""

    def fill_in(page: Page, email: str) -> None:
        language = page.locator("html").get_attribute("lang")
        page.goto(f"/{language}/accounts/login/")
        page.locator("input[name=login]").fill(email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").first.click()
        page.wait_for_url(lambda url: "/accounts/" not in url)
        if "/privacy/accept/" in page.url:
            page.locator("main .button--go").click()
            page.wait_for_url(lambda url: "/privacy/" not in url)

    return fill_in
