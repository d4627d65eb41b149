"""The API: the same service, its errors as problem documents in the reader's language."""

import datetime

import pytest
from django.test import Client

from accounts.models import ApiToken
from identify.models import Case
from tests.factories import make_user
from tests.identify import pictures
from tests.identify.sending import send_to_api

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("models_root", "small_guide")]
PHOTO = ("laptop.jpg", pictures.jpeg())


@pytest.fixture
def token(officer) -> str:
    return f"Bearer {ApiToken.issue(officer, 'scanner', datetime.timedelta(days=1))}"


def problem(response, status: int, code: str) -> dict:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["code"] == code
    assert body["title"]
    assert body["detail"]
    return body


def test_photos_in_answer_out(client, token):
    response = send_to_api(client, PHOTO, authorization=token)

    assert response.status_code == 201
    body = response.json()
    assert set(body) >= {"id", "unknown", "answer", "candidates", "versions", "refused"}
    assert {candidate["item"] for candidate in body["candidates"]} == {"laptop", "keyboard", "remote-control"}
    laptop = next(candidate for candidate in body["candidates"] if candidate["item"] == "laptop")
    assert laptop["name"] == "Laptop computer"
    assert laptop["status"][0]["label"] == "Basel A1181"
    assert laptop["status"][0]["as_of"] == "2026-11-22"
    assert sum(candidate["probability"] for candidate in body["candidates"]) == pytest.approx(1, abs=0.01)
    assert {"backbone", "guide"} <= set(body["versions"])
    assert body["answer"] is None or {"item", "rank", "probability"} <= set(body["answer"])


def test_an_answer_can_be_read_again_by_its_officer(client, token):
    made = send_to_api(client, PHOTO, authorization=token).json()

    read = client.get(f"/api/v1/identifications/{made['id']}", headers={"authorization": token})

    assert read.json() == made


def test_nobody_else_can_read_it(client, token):
    made = send_to_api(client, PHOTO, authorization=token).json()
    other = Client()
    other.force_login(make_user(roles=("officer",)))

    problem(other.get(f"/api/v1/identifications/{made['id']}"), 404, "not_found")


def test_photos_that_cannot_be_used_are_named_and_the_others_used(client, token):
    response = send_to_api(client, PHOTO, ("notes.jpg", b"text"), authorization=token)

    assert response.status_code == 201
    (refused,) = response.json()["refused"]
    assert refused["name"] == "notes.jpg"
    assert refused["code"] == "not_a_photo"
    assert refused["detail"].startswith("This is not a photo")


def test_no_usable_photo_says_why_for_each(client, token):
    response = send_to_api(client, ("a.jpg", b"text"), ("b.jpg", b""), authorization=token)

    body = problem(response, 422, "no_usable_photo")
    assert [photo["code"] for photo in body["photos"]] == ["not_a_photo", "empty"]


def test_seven_photos_are_too_many(client, token):
    photos = [(f"{number}.jpg", pictures.jpeg(number)) for number in range(7)]

    problem(send_to_api(client, *photos, authorization=token), 422, "too_many_photos")
    assert not Case.objects.exists()


def test_no_photo_at_all(client, token):
    problem(send_to_api(client, authorization=token), 422, "no_photo")


def test_an_unknown_kind_is_answered_with_the_kinds(client, token):
    form = {"photos": [pictures.upload(pictures.jpeg())], "kind": "spaceship"}
    response = client.post("/api/v1/identifications", form, headers={"authorization": token})

    assert "device" in problem(response, 422, "unknown_kind")["detail"]


def test_a_kind_that_no_photo_can_find_is_not_known(client, token):
    form = {"photos": [pictures.upload(pictures.jpeg())], "kind": "product"}
    body = client.post("/api/v1/identifications", form, headers={"authorization": token}).json()

    assert body["unknown"] is True
    assert body["answer"] is None


def test_another_kind_of_body_is_not_understood(client, token):
    response = client.post(
        "/api/v1/identifications", "{}", content_type="application/json", headers={"authorization": token}
    )

    problem(response, 415, "not_multipart")


def test_a_broken_body_is_a_problem_not_a_crash(client, token):
    response = client.post(
        "/api/v1/identifications",
        b"no boundary here",
        content_type="multipart/form-data",
        headers={"authorization": token},
    )

    assert response.status_code in (400, 422)
    assert response["Content-Type"] == "application/problem+json"


def test_without_a_sign_in(client):
    response = send_to_api(client, PHOTO)

    problem(response, 401, "not_signed_in")
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_a_token_that_is_no_longer_good(client, officer):
    secret = ApiToken.issue(officer, "old", datetime.timedelta(days=-1))

    problem(send_to_api(client, PHOTO, authorization=f"Bearer {secret}"), 401, "not_signed_in")


def test_a_bad_token_is_not_saved_by_a_session(as_officer):
    problem(send_to_api(as_officer, PHOTO, authorization="Bearer wrong"), 401, "not_signed_in")


def test_a_trainee_may_not_identify():
    trainee = Client()
    trainee.force_login(make_user(roles=("trainee",)))

    problem(send_to_api(trainee, PHOTO), 403, "not_allowed")


def test_a_session_needs_the_csrf_token(officer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer)

    problem(send_to_api(browser, PHOTO), 403, "csrf")

    browser.get("/en/identify/")
    good = browser.cookies["csrftoken"].value
    form = {"photos": [pictures.upload(pictures.jpeg())]}
    assert browser.post("/api/v1/identifications", form, headers={"x-csrftoken": good}).status_code == 201


def test_names_are_in_the_language_asked_for(client, token):
    body = send_to_api(client, PHOTO, authorization=token, accept_language="ar").json()

    assert "حاسوب محمول" in {candidate["name"] for candidate in body["candidates"]}


def test_the_document_describes_the_operations(client):
    document = client.get("/api/v1/openapi.json").json()

    operation = document["paths"]["/api/v1/identifications"]["post"]
    assert {"201", "401", "403", "422", "503"} <= set(operation["responses"])
    assert "multipart/form-data" in operation["requestBody"]["content"]
