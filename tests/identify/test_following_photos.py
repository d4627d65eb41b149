"""The same with the real backbone and real photos. Skipped where those photos are not at hand."""

import os
from pathlib import Path

import pytest

from identify.models import Identification, LearnedIndex
from tests.conftest import CHECKOUT
from tests.content.reference_photos import make_photo
from tests.identify.guide import make_item
from tests.identify.sending import send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("models_root", "small_guide")]


@pytest.fixture
def teeth() -> list[list[Path]]:
    """Photos of the teeth of two sharks, in order of their specimens."""
    folder = Path(os.environ.get("QUAYMARK_PHOTOS") or CHECKOUT.parent / "shared" / "photos") / "shark_teeth"
    if not folder.is_dir():
        pytest.skip("the photos for development are not here")
    return [sorted(species.glob("*.jpg")) for species in sorted(folder.iterdir()) if species.is_dir()][:2]


def ask(officer, photo: Path) -> Identification:
    send(officer, (photo.name, photo.read_bytes()))
    return Identification.objects.order_by("-pk").first()


def test_five_photos_of_two_sharks_teeth_change_an_answer(
    as_officer, teeth, django_capture_on_commit_callbacks
):
    items = [make_item(f"shark-{number}", kind="product") for number in range(2)]
    # The last photo is of another specimen than the first five.
    asked = teeth[0][-1]
    before = ask(as_officer, asked)

    with django_capture_on_commit_callbacks(execute=True):
        for item, photos in zip(items, teeth, strict=True):
            for photo in photos[:5]:
                make_photo(item, photo.read_bytes(), specimen=photo.name.partition("__")[0])
    after = ask(as_officer, asked)

    assert before.unknown
    assert not after.unknown
    assert after.candidates[0]["item"] in {"shark-0", "shark-1"}
    assert after.versions["index"] == LearnedIndex.objects.current().version
    assert {near["item"] for near in after.nearest} <= {"shark-0", "shark-1"}


def test_what_names_know_is_still_known(as_officer, teeth, django_capture_on_commit_callbacks):
    keyboard = sorted((teeth[0][0].parents[2] / "ewaste" / "keyboard").glob("*.jpg"))[0]
    before = ask(as_officer, keyboard)
    items = [make_item(f"shark-{number}", kind="product") for number in range(2)]
    with django_capture_on_commit_callbacks(execute=True):
        for item, photos in zip(items, teeth, strict=True):
            for photo in photos[:5]:
                make_photo(item, photo.read_bytes())
    after = ask(as_officer, keyboard)

    assert before.item
    assert after.item == before.item
    assert after.candidates[0]["item"] == before.candidates[0]["item"] == "keyboard"
