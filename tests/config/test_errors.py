"""Errors that Django answers by itself are pages in the reader's language, too."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_body_that_cannot_be_read_is_said_in_the_readers_language(client):
    response = client.post("/ar/accounts/login/", b"x", content_type="multipart/form-data")
    page = response.content.decode()
    assert response.status_code == 400
    assert '<html lang="ar"' in page
    assert 'dir="rtl"' in page
