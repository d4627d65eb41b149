"""How often one person may send photos, by page and API together."""

import datetime

import pytest

from accounts.models import ApiToken
from tests.identify import pictures
from tests.identify.sending import send, send_to_api

pytestmark = pytest.mark.django_db
NO_PHOTO = ("notes.jpg", b"no photo")


@pytest.fixture
def token(officer) -> str:
    return f"Bearer {ApiToken.issue(officer, 'scanner', datetime.timedelta(days=1))}"


def test_above_it_the_page_says_so_in_the_readers_language_and_when_to_come_back(as_officer, settings):
    settings.RATE_LIMITS = {"identification": ["1/h"]}
    assert send(as_officer, NO_PHOTO).status_code == 422
    response = send(as_officer, NO_PHOTO, language="ar")
    page = response.content.decode()
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 3600
    assert '<html lang="ar"' in page and 'id="errors"' in page


def test_the_api_counts_on(client, as_officer, token, settings):
    settings.RATE_LIMITS = {"identification": ["1/h"], "api": ["100/m"]}
    send(as_officer, NO_PHOTO)
    response = send_to_api(client, ("a.jpg", pictures.jpeg()), authorization=token)
    assert response.status_code == 429
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "too_many_requests"
    assert 0 < int(response["Retry-After"]) <= 3600


def test_a_token_may_only_ask_so_often(client, token, settings):
    settings.RATE_LIMITS = {"api": ["2/m"]}
    address = "/api/v1/identifications/00000000-0000-4000-8000-000000000000"
    statuses = [client.get(address, headers={"authorization": token}).status_code for _ in range(3)]
    assert statuses == [404, 404, 429]


def test_looking_at_the_form_is_not_counted(as_officer, settings):
    settings.RATE_LIMITS = {"identification": ["1/h"]}
    assert {as_officer.get("/en/identify/").status_code for _ in range(3)} == {200}
