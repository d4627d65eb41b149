"""From a form to another site: by a page, because a redirect would be against the form's policy."""

from unittest import mock

import pytest
from django.http import HttpResponseRedirect

pytestmark = pytest.mark.django_db
THERE = 'https://login.customs.example/authorize?client_id=1&state="x'


def send(client, location: str, method: str = "post"):
    response = HttpResponseRedirect(location)
    response.set_cookie("state", "kept")
    with mock.patch("allauth.account.views.LoginView.dispatch", return_value=response):
        return getattr(client, method)("/ar/accounts/login/")


def test_a_form_leads_to_another_site_by_a_page_in_the_readers_language(client):
    response = send(client, THERE)
    page = response.content.decode()
    assert response.status_code == 200
    assert response["Refresh"].startswith("0; url=https://login.customs.example/authorize?client_id=1&state=")
    assert "form-action 'self'" in response["Content-Security-Policy"]
    assert '<html lang="ar"' in page and "login.customs.example" in page
    assert response.cookies["state"].value == "kept"


def test_within_the_site_a_redirect_stays_one(client):
    assert send(client, "/ar/learn/").status_code == 302
    assert send(client, "http://testserver/ar/learn/").status_code == 302


def test_a_link_leads_there_directly(client):
    assert send(client, THERE, "get").status_code == 302


@pytest.mark.parametrize("location", ["javascript:alert(1)", "data:text/html,x"])
def test_no_page_leads_to_a_script(client, location):
    with mock.patch("django.http.response.HttpResponseRedirectBase.allowed_schemes", ["javascript", "data"]):
        assert send(client, location).status_code == 302
