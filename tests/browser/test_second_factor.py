"""The second step to sign in, in a real browser: codes from an app, and a passkey."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import Page, expect

from tests.accounts.codes import code_of
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def no_guesses_yet(db):
    cache.clear()


@pytest.fixture
def demanded(settings):
    settings.MFA_REQUIRED = True


# Where one lands who has accepted the terms, and who has not yet.
SIGNED_IN = re.compile("/en/(learn|privacy/accept)/")


def give_password(page: Page, email: str) -> None:
    page.goto("/en/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def confirm(page: Page) -> None:
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def sign_out(page: Page) -> None:
    page.goto("/en/accounts/logout/")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda url: "/logout/" not in url)


def set_up_codes(page: Page) -> str:
    """Set up codes from an app on the page that leads there; the key that the app got."""
    page.get_by_role("link", name="Set up codes from an app").click()
    confirm(page)
    page.get_by_text("The app can't read it?").click()
    secret = page.locator("details code").inner_text()
    page.locator("input[name=code]").fill(code_of(secret))
    page.get_by_role("button", name="Use this app").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    return secret


def test_a_trainer_sets_up_codes_before_anything_else_and_signs_in_with_one(page_at, demanded):
    trainer = make_user(f"{uuid4()}@example.org", ("trainer",))
    page = page_at("en", width=360)
    give_password(page, trainer.email)
    expect(page.get_by_text("Set up one of these before you go on")).to_be_visible()

    secret = set_up_codes(page)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    sign_out(page)
    cache.clear()  # the code of this half minute has been used

    give_password(page, trainer.email)
    page.locator("input[name=code]").fill(code_of(secret, 30))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(SIGNED_IN)


def test_codes_are_set_up_without_javascript(page_at):
    trainer = make_user(f"{uuid4()}@example.org", ("trainer",))
    page = page_at("en", width=360, javascript=False)
    give_password(page, trainer.email)
    page.goto("/en/accounts/2fa/")
    set_up_codes(page)
    assert Authenticator.objects.filter(user=trainer, type="totp").exists()


@pytest.fixture
def with_key() -> Callable[[Page], None]:
    """`with_key(page)`: the browser has a device that unlocks and keeps passkeys."""

    def plug_in(page: Page) -> None:
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    return plug_in


def add_passkey(page: Page, name: str) -> None:
    page.goto("/en/accounts/2fa/webauthn/add/")
    confirm(page)
    page.locator("input[name=name]").fill(name)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_a_passkey_is_added_and_signs_in_without_the_password(page_at, with_key, demanded):
    trainer = make_user(f"{uuid4()}@example.org", ("trainer",))
    page = page_at("en", width=360)
    with_key(page)
    give_password(page, trainer.email)
    add_passkey(page, "phone")
    sign_out(page)

    page.goto("/en/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(SIGNED_IN)
    page.goto("/en/accounts/2fa/webauthn/")
    expect(page.get_by_role("heading", name="phone")).to_be_visible()


def test_a_passkey_is_the_second_step_after_the_password(page_at, with_key):
    trainer = make_user(f"{uuid4()}@example.org", ("trainer",))
    page = page_at("en", width=360)
    with_key(page)
    give_password(page, trainer.email)
    add_passkey(page, "phone")
    sign_out(page)

    give_password(page, trainer.email)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(SIGNED_IN)


def test_a_passkey_that_is_not_there_is_said_in_words(page_at, with_key):
    page = page_at("en", width=360)
    with_key(page)
    page.goto("/en/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not used")).to_be_visible()
