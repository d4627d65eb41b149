import pytest
from django.urls import reverse

from accounts.models import User
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


def test_nobody_signs_up_alone(client):
    assert "sign up" not in client.get("/en/accounts/signup/").content.decode().lower()
    client.post(
        "/en/accounts/signup/", {"email": "x@y.example", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert not User.objects.filter(email="x@y.example").exists()


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
