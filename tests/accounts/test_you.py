"""The account's own page, and where its links lead."""

import pytest
from django.test import Client

from accounts.models import Administration, User
from accounts.roles import Role
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user(
        "amal@customs.example",
        (Role.OFFICER,),
        first_name="Amal",
        administration=Administration.objects.create(name="Customs of Examplia"),
    )


def test_it_says_who_one_is(client, officer):
    client.force_login(officer)
    page = client.get("/en/accounts/you/").content.decode()
    for word in ("Amal", "amal@customs.example", "Customs of Examplia", "Officer"):
        assert word in page


def test_a_visitor_signs_in_first(client):
    assert client.get("/en/accounts/you/").url.startswith("/en/accounts/login/")


def test_the_language_of_e_mails_is_chosen_here(client, officer):
    client.force_login(officer)
    client.post("/en/accounts/you/", {"language": "ru"})
    officer.refresh_from_db()
    assert officer.language == "ru"


def test_nothing_else_is_changed_here(client, officer):
    client.force_login(officer)
    client.post("/en/accounts/you/", {"language": "ru", "email": "x@y.example", "is_superuser": "on"})
    officer.refresh_from_db()
    assert officer.email == "amal@customs.example"
    assert not officer.is_superuser


def test_a_language_that_is_none_is_refused(client, officer):
    client.force_login(officer)
    client.post("/en/accounts/you/", {"language": "xx"})
    assert User.objects.get(pk=officer.pk).language == "en"


def test_one_signs_out_everywhere_else(client, officer):
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.post("/en/accounts/login/", {"login": officer.email, "password": PASSWORD})
    assert elsewhere.get("/en/accounts/you/").status_code == 200
    client.post("/en/accounts/sessions/")
    assert elsewhere.get("/en/accounts/you/").status_code == 302
    assert client.get("/en/accounts/you/").status_code == 200
