"""Errors that Django answers by itself are pages in the reader's language, too."""

import pytest
from django.test import Client

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
