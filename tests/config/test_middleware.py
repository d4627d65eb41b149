"""What is not there is "not found", not a redirect to a page in some language."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_missing_file_is_not_found(client):
    assert client.get("/media/nothing.jpg", headers={"accept-language": "fr"}).status_code == 404


def test_a_guessed_identification_of_the_api_is_no_redirect(client):
    address = "/api/v1/identifications/00000000-0000-4000-8000-000000000000"
    assert client.get(address, headers={"accept-language": "fr"}).status_code in (401, 404)


def test_the_bare_address_leads_to_the_visitors_language(client):
    assert client.get("/", headers={"accept-language": "ar"}).url == "/ar/"
