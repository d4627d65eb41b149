"""Identifies photographs, not drawings. Skips where the photos for development are missing."""

import os
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from tests.identify.sending import send, send_to_api

PHOTOS = Path(os.environ.get("QUAYMARK_PHOTOS") or CHECKOUT.parent / "shared" / "photos")
# Folder of the set, and the guide's item.
ITEMS = {
    "laptop": "laptop",
    "phone": "mobile-phone",
    "keyboard": "keyboard",
    "mouse": "mouse",
    "monitor": "monitor",
}

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("models_root", "whole_guide"),
    pytest.mark.skipif(not PHOTOS.is_dir(), reason="the photos for development are not here"),
]


def photos_of(folder: str) -> list[Path]:
    return sorted((PHOTOS / folder).glob("*.jpg"))


def test_88_of_100_devices_are_among_the_first_three(as_officer, capsys, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "identification": []}
    found = total = 0
    for folder, item in ITEMS.items():
        for photo in photos_of(f"ewaste/{folder}"):
            body = send_to_api(as_officer, (photo.name, photo.read_bytes())).json()
            found += item in [candidate["item"] for candidate in body["candidates"][:3]]
            total += 1

    with capsys.disabled():
        print(f"\n{found} of {total} devices among the first three of all items", end=" ")
    assert found / total >= 0.88


def test_an_elephant_is_a_demonstration(as_officer):
    photo = photos_of("wildlife/elephant")[0]

    page = as_officer.get(send(as_officer, (photo.name, photo.read_bytes())).url).text

    assert "Demonstration on whole animals" in page
    assert "lephant" in page


def test_a_piece_of_wood_is_not_known(as_officer):
    photo = next((PHOTOS / "timber_endgrain").rglob("*.jpg"))

    page = as_officer.get(send(as_officer, (photo.name, photo.read_bytes())).url).text

    assert "I cannot judge this from a photo; check these" in page
