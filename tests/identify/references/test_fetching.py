"""What is fetched: by HTTPS, from known hosts, no more than so many bytes, without following elsewhere."""

import pytest

from identify.references.fetching import NotFetched, fetch_photo

PHOTO = "https://inaturalist-open-data.s3.amazonaws.com/photos/501/large.jpg"


def test_a_photo(elsewhere):
    elsewhere.get(PHOTO, body=b"bytes")
    assert fetch_photo(PHOTO) == b"bytes"


@pytest.mark.parametrize(
    "address",
    [
        PHOTO.replace("https", "http"),
        "https://evil.example/a.jpg",
        "https://127.0.0.1/a.jpg",
        "https://api.gbif.org.evil.example/a.jpg",
        "https://api.gbif.org:8443/a.jpg",
        "https://somebody@api.gbif.org/a.jpg",
        "file:///etc/passwd",
        "",
    ],
)
def test_no_other_address_is_asked(elsewhere, address):
    with pytest.raises(NotFetched, match="only"):
        fetch_photo(address)
    assert len(elsewhere.calls) == 0


def test_a_redirect_is_not_followed(elsewhere):
    elsewhere.get(PHOTO, status=301, headers={"Location": "https://127.0.0.1/"})
    with pytest.raises(NotFetched, match="code 301"):
        fetch_photo(PHOTO)
    assert len(elsewhere.calls) == 1


def test_it_ends_at_the_limit_whatever_the_answer_says(elsewhere, settings):
    settings.PHOTO_MAX_BYTES = 1024**2
    elsewhere.get(
        PHOTO,
        body=b"x" * (2 * 1024**2),
        headers={"Content-Length": "10"},
        auto_calculate_content_length=False,
    )
    with pytest.raises(NotFetched, match="larger than 1 MB"):
        fetch_photo(PHOTO)
