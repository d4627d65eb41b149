"""Photos that can't be used are refused one by one, in plain words; the others are kept."""

import pytest

from identify.models import Case, Photo
from tests.identify import pictures
from tests.identify.sending import send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("models_root", "small_guide")]

BAD = {
    "a text file named .jpg": (
        "holiday.jpg",
        b"This is no photo.",
        "This is not a photo, whatever its name says.",
    ),
    "a truncated JPEG": ("cut.jpg", pictures.truncated_jpeg(), "The end of the file is missing."),
    "a PNG of 20,000 x 20,000": ("wall.png", pictures.huge_png(), "The picture has too many pixels"),
    "an animated GIF": ("cat.gif", pictures.animated("GIF"), "This kind of picture can&#x27;t be read."),
    "an animated WebP": ("cat.webp", pictures.animated("WEBP"), "This picture moves."),
    "an SVG": ("logo.svg", pictures.svg(), "This kind of picture can&#x27;t be read."),
    "a zero-byte file": ("nothing.jpg", b"", "The file is empty."),
    "a file over 25 MiB": (
        "film.jpg",
        b"\xff\xd8\xff" + bytes(26 * 1024**2),
        "The file is larger than 25 MB.",
    ),
}
every_bad_photo = pytest.mark.parametrize(("name", "content", "message"), BAD.values(), ids=BAD)


@every_bad_photo
def test_it_is_refused_with_what_is_wrong_and_what_to_do(as_officer, name, content, message):
    page = send(as_officer, (name, content))

    assert page.status_code == 422
    assert message in page.text
    assert name in page.text
    assert not Case.objects.exists()


@every_bad_photo
def test_the_other_photos_of_the_same_form_are_kept(as_officer, name, content, message):
    response = send(
        as_officer, ("first.jpg", pictures.jpeg(1)), (name, content), ("last.jpg", pictures.jpeg(2))
    )

    assert response.status_code == 303
    assert [photo.name for photo in Photo.objects.all()] == ["first.jpg", "last.jpg"]
    page = as_officer.get(response.url)
    assert message in page.text
    assert "Photo 2" in page.text


def test_messages_are_in_the_readers_language(as_officer, settings):
    from django.utils import translation

    from identify.refusals import MESSAGES, Refusal

    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            assert all(Refusal("", code, 1).message for code in MESSAGES)


def test_a_seventh_photo_is_left_out_and_six_are_used(as_officer):
    photos = [(f"{number}.jpg", pictures.jpeg(number)) for number in range(1, 8)]

    response = send(as_officer, *photos)

    assert [photo.name for photo in Photo.objects.all()] == [f"{number}.jpg" for number in range(1, 7)]
    assert "Only the first 6 photos are used." in as_officer.get(response.url).text


def test_a_form_without_photos_asks_for_one(as_officer):
    page = send(as_officer)

    assert page.status_code == 422
    assert "Choose at least one photo" in page.text


def test_a_form_with_a_damaged_token_is_asked_for_again(as_officer):
    page = send(as_officer, ("a.jpg", pictures.jpeg()), token="not-a-token")

    assert page.status_code == 422
    assert "Choose the photos again." in page.text


def test_every_code_of_the_decoder_has_words():
    from identify.refusals import MESSAGES
    from ml.decoding import REFUSAL_CODES

    assert set(REFUSAL_CODES) <= set(MESSAGES)
