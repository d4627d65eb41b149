"""Where a page leads next is never another host."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache

from tests.accounts.codes import code_of
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "///elsewhere.example/",
    "https:elsewhere.example",
    "javascript:alert(1)",
    "\thttps://elsewhere.example/",
]
everywhere_else = pytest.mark.parametrize("where", ELSEWHERE)


@pytest.fixture(autouse=True)
def no_guesses_yet():
    cache.clear()


@pytest.fixture
def amal():
    return make_user("amal@customs.example")


def leads_home(response) -> bool:
    return response.status_code == 302 and response.url.startswith("/en/")


@everywhere_else
def test_after_signing_in(client, amal, where):
    form = {"login": amal.email, "password": PASSWORD, "next": where}
    assert leads_home(client.post("/en/accounts/login/", form))


@everywhere_else
def test_for_one_who_is_signed_in_already(client, amal, where):
    client.force_login(amal)
    assert leads_home(client.get("/en/accounts/login/", {"next": where}))


@everywhere_else
def test_after_signing_out(client, amal, where):
    client.force_login(amal)
    assert client.post("/en/accounts/logout/", {"next": where}).url in ("/", "/en/")


@everywhere_else
def test_after_typing_the_password_again(client, amal, where):
    client.force_login(amal)
    form = {"password": PASSWORD, "next": where}
    assert leads_home(client.post("/en/accounts/reauthenticate/", form))


@everywhere_else
def test_after_the_second_step(client, amal, where):
    cache.clear()
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(amal, secret)
    client.post("/en/accounts/login/", {"login": amal.email, "password": PASSWORD, "next": where})
    form = {"code": code_of(secret), "next": where}
    assert leads_home(client.post("/en/accounts/2fa/authenticate/", form))


@everywhere_else
def test_at_sign_up(client, where):
    page = client.get("/en/accounts/signup/", {"next": where})
    assert "elsewhere.example" not in page.headers.get("Location", "")
