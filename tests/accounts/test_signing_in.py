import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.models import ApiToken, SentMail, User
from accounts.roles import Role

pytestmark = pytest.mark.django_db

PASSWORD = "a long password"


@pytest.fixture
def person():
    return User.objects.create_user("amal@customs.example", PASSWORD)


def sign_in(client, language="en", **extra):
    return client.post(
        f"/{language}/accounts/login/", {"login": "amal@customs.example", "password": PASSWORD, **extra}
    )


def test_signing_in_leads_to_what_to_do_next_in_the_language_of_the_page(client, person):
    response = sign_in(client, "zh-hans")
    assert response.url == "/zh-hans/accounts/next/"
    assert client.get(response.url).url == "/zh-hans/learn/"


def test_an_officer_lands_at_identification(client, person):
    person.give_role(Role.OFFICER)
    sign_in(client)
    assert client.get("/en/accounts/next/").url == "/en/identify/"


def test_the_admin_sends_a_visitor_to_the_one_login_page(client):
    response = client.get("/admin/login/", {"next": "/admin/pages/"})
    assert response.url == reverse("account_login") + "?next=/admin/pages/"


def test_a_trainee_in_the_admin_is_refused_instead_of_sent_round_in_a_loop(client, person):
    client.force_login(person)
    assert client.get("/admin/login/", {"next": "/admin/"}).status_code == 403


def test_the_admin_login_leads_to_no_other_host(client, person):
    person.is_superuser = True
    person.save()
    client.force_login(person)
    assert client.get("/admin/login/", {"next": "https://elsewhere.example/"}).url == "/admin/"


def test_wagtails_own_login_page_leads_to_the_one_that_limits_guessing(client, person):
    guess = {"username": "amal@customs.example", "password": PASSWORD}
    for response in (
        client.get("/fr/_util/login/?next=/fr/"),
        client.post("/fr/_util/login/?next=/fr/", guess),
    ):
        assert response.url == "/fr/accounts/login/?next=/fr/"
    assert "_auth_user_id" not in client.session


@pytest.fixture
def no_guesses_yet():
    """Wrong passwords are counted in the cache."""
    cache.clear()
    yield
    cache.clear()


@pytest.mark.usefixtures("no_guesses_yet")
def test_guessing_a_password_is_stopped(client, person):
    for _ in range(5):
        sign_in(client, password="a wrong password")
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_nobody_gives_themselves_another_e_mail_address(client, person):
    client.force_login(person)
    change = {"email": "chief@customs.example", "action_add": ""}
    assert client.post("/en/accounts/email/", change).status_code == 403
    assert not person.emailaddress_set.filter(email="chief@customs.example").exists()


def test_a_trainer_changes_their_name_in_the_admin_but_not_their_e_mail_address(client, person):
    person.is_superuser = True
    person.save()
    client.force_login(person)
    page = client.get("/admin/account/").content.decode()
    assert "name_email-first_name" in page
    assert "name_email-email" not in page


# --- After an administrator has changed the e-mail address ----------------------------------------


@pytest.fixture
def moved(client, person):
    """A person whose address was `old` and is `new`; they were signed in and had a token."""
    person.confirm_address()
    client.force_login(person)
    ApiToken.issue(person, "tablet", datetime.timedelta(days=1))
    old, person.email = person.email, "new@customs.example"
    person.save()
    return {"old": old, "new": person.email}


def test_the_address_of_before_signs_in_no_longer(client, moved):
    assert client.get("/en/learn/").status_code == 302, "the session has ended"
    assert not ApiToken.objects.exists()
    sign_in(client, login=moved["old"])
    assert "_auth_user_id" not in client.session


def test_the_address_of_before_gets_no_link(client, moved):
    client.post("/en/accounts/password/reset/", {"email": moved["old"]})
    assert not SentMail.objects.exists()


def test_the_new_address_signs_in_once_a_link_proves_it(client, settings, moved, person):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    sign_in(client, login=moved["new"])
    assert "_auth_user_id" not in client.session
    assert SentMail.objects.get().to == moved["new"]
    person.confirm_address()
    sign_in(client, login=moved["new"])
    assert client.session["_auth_user_id"] == str(person.pk)


def test_without_a_mail_server_the_administrators_word_is_enough(settings, moved, person):
    settings.MAIL_SERVER_SET = False
    person.email = "newer@customs.example"
    person.save(update_fields=["email"])
    assert person.emailaddress_set.get().verified


# --- After the password has changed ---------------------------------------------------------------


def test_with_the_password_every_token_goes(client, person):
    ApiToken.issue(person, "tablet", datetime.timedelta(days=1))
    client.force_login(person)
    new = dict.fromkeys(("password1", "password2"), "nineteen crates of tea") | {"oldpassword": PASSWORD}
    client.post("/en/accounts/password/change/", new)
    assert User.objects.get(pk=person.pk).check_password("nineteen crates of tea")
    assert not ApiToken.objects.exists()


def test_with_the_password_set_by_an_administrator_too(person):
    ApiToken.issue(person, "tablet", datetime.timedelta(days=1))
    person.set_password("nineteen crates of tea")
    person.save()
    assert not ApiToken.objects.exists()


def test_signing_in_keeps_the_tokens(client, person):
    ApiToken.issue(person, "tablet", datetime.timedelta(days=1))
    sign_in(client)
    assert ApiToken.objects.exists()
