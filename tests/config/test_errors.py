"""Errors that Django answers by itself are pages in the reader's language, too."""

import io
from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_body_that_cannot_be_read_is_said_in_the_readers_language(client):
    response = client.post("/ar/accounts/login/", b"x", content_type="multipart/form-data")
    page = response.content.decode()
    assert response.status_code == 400
    assert '<html lang="ar"' in page
    assert 'dir="rtl"' in page


def test_a_form_without_its_token_is_said_in_the_readers_language():
    response = Client(enforce_csrf_checks=True).post("/ar/accounts/login/", {"login": "a@b.example"})
    page = response.content.decode()
    assert response.status_code == 403
    assert '<html lang="ar"' in page
    assert 'class="page__head"' in page


def test_a_page_that_is_not_there_is_said_in_the_readers_language(client):
    page = client.get("/ru/nowhere/").content.decode()
    assert '<html lang="ru"' in page
    assert "404" in page


PAGE = "/ar/accounts/login/"


def test_too_much_at_once_is_said_in_the_readers_language(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    response = client.post(PAGE, {"login": "a@b.example", "password": "longer than ten bytes"})
    assert response.status_code == 413
    assert '<html lang="ar"' in response.content.decode()


def test_too_many_fields_are_too_much_at_once(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    fields = "&".join(f"field{number}=1" for number in range(5))
    response = client.post(PAGE, fields, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413


def test_an_address_that_only_takes_forms_says_so(client):
    client.force_login(make_user())
    response = client.get("/ar/learn/e-waste/quiz/1/submit/")
    page = response.content.decode()
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert '<html lang="ar"' in page and "405" in page


def test_something_broken_is_said_in_the_readers_language_without_the_database(client):
    client.raise_request_exception = False
    with mock.patch("django.db.backends.utils.CursorWrapper.execute", side_effect=OperationalError):
        response = client.get("/ar/guide/")
    page = response.content.decode()
    assert response.status_code == 500
    assert '<html lang="ar"' in page and "500" in page


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("get", "/api/v1/nothing", 404, "not_found"),
        ("get", "/api/nothing/at/all/", 404, "not_found"),
        ("delete", "/api/v1/identifications", 405, "method_not_allowed"),
    ],
)
def test_every_error_of_the_api_is_a_problem_document(client, method, address, status, code):
    response = getattr(client, method)(address, headers={"accept-language": "fr"})
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert ("Allow" in response) == (status == 405)


def test_something_broken_behind_the_api_is_a_problem_document(client):
    client.raise_request_exception = False
    with mock.patch("config.api.api.get_openapi_schema", side_effect=RuntimeError("secret")):
        response = client.get("/api/v1/openapi.json")
    assert response.status_code == 500
    assert response.json()["code"] == "server_error"
    assert "secret" not in response.content.decode()


@pytest.mark.parametrize(("address", "kind"), [("/api/v1/identifications", "problem+json"), (PAGE, "html")])
def test_a_body_of_unknown_length_is_refused_instead_of_read_as_empty(client, address, kind):
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": "", "wsgi.input": io.BytesIO()}
    response = client.generic("POST", address, b"", **chunked)
    assert response.status_code == 411
    assert kind in response["Content-Type"]
