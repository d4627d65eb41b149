"""Guessing passwords is slowed, by address and by account, and locks nobody out for ever."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_guesses_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def amal():
    return make_user("amal@customs.example")


def enter(client, email="amal@customs.example", password=PASSWORD, address="192.0.2.1"):
    return client.post("/en/accounts/login/", {"login": email, "password": password}, REMOTE_ADDR=address)


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def guess(times, email="amal@customs.example", address="192.0.2.66"):
    for number in range(times):
        enter(Client(), email, f"guess {number}", address)


def test_too_many_guesses_at_an_account_are_stopped_from_everywhere(client, amal):
    for number in range(5):
        guess(1, address=f"192.0.2.{number + 10}")
    page = enter(client)
    assert not signed_in(client)
    assert "Wait five minutes" in page.content.decode()


def test_too_many_guesses_from_an_address_are_stopped_at_every_account(client, amal):
    for number in range(30):
        guess(1, f"person-{number}@customs.example")
    enter(client, address="192.0.2.66")
    assert not signed_in(client)


def test_guesses_of_strangers_do_not_lock_out_the_owner_on_a_browser_used_before(client, amal):
    enter(client)
    client.post("/en/accounts/logout/")
    for number in range(10):
        guess(2, address=f"192.0.2.{number + 10}")
    enter(client)
    assert signed_in(client)


def test_a_browser_used_before_is_not_free_to_guess(client, amal):
    enter(client)
    client.post("/en/accounts/logout/")
    for number in range(5):
        enter(client, password=f"guess {number}")
    enter(client)
    assert not signed_in(client)


def test_a_browser_of_somebody_else_counts_as_a_stranger(client, amal):
    make_user("other@customs.example")
    enter(client, "other@customs.example")
    client.post("/en/accounts/logout/")
    guess(5)
    enter(client)
    assert not signed_in(client)


def test_a_made_up_proof_counts_as_a_stranger(client, amal):
    client.cookies["known_browser"] = "made:up"
    guess(5)
    enter(client)
    assert not signed_in(client)


def test_one_locked_out_on_a_new_browser_gets_in_by_a_new_password(
    client, amal, mailoutbox, django_capture_on_commit_callbacks
):
    guess(5)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/en/accounts/password/reset/", {"email": amal.email})
    link = re.search(r"http://127.0.0.1:8000(/\S+)", mailoutbox[0].body)[1]
    form = client.get(link, follow=True)
    new = {"password1": "another long password", "password2": "another long password"}
    client.post(form.request["PATH_INFO"], new)
    enter(client, password="another long password")
    assert signed_in(client)


def test_whether_an_account_exists_shows_in_no_answer(client, amal):
    known = enter(Client(), password="wrong").content.decode()
    unknown = enter(Client(), "nobody@customs.example", "wrong").content.decode()
    error = "The email address and/or password you specified are not correct."
    assert error in known
    assert error in unknown
