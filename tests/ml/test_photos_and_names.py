"""Photos and names together: neither silences the other."""

from pathlib import Path

import pytest

from ml.backbone import LoadedBackbone
from ml.calibration import Calibration
from ml.description_cache import DescriptionCache
from ml.index import PhotoIndex, only
from ml.items import Item
from ml.photo_recogniser import PhotoRecogniser
from ml.photos_and_names import PhotoAndNameRecogniser
from ml.recognise import NameRecogniser
from ml.reference_folders import index_of_folder
from tests.ml.made_up_photos import made_up, write_classes
from tests.ml.tiny_backbone import TINY, tiny_backbone

PHOTOS = {"agate": 5, "beech": 5, "cobra": 5, "dugong": 5}
STRANGER = 40


def names_that_know(least: float) -> Calibration:
    """Names that know a thing from this share of its probability inside the guide."""
    return Calibration(1.0, least, 0.75, TINY.weights_sha256, "test")


@pytest.fixture(scope="module")
def tiny() -> LoadedBackbone:
    return tiny_backbone()


@pytest.fixture(scope="module")
def index(tiny: LoadedBackbone, tmp_path_factory: pytest.TempPathFactory) -> PhotoIndex:
    folder = tmp_path_factory.mktemp("references")
    photos = write_classes(folder / "photos", PHOTOS)
    return index_of_folder(photos, tiny, DescriptionCache(tiny, folder / "cache"))[0]


ITEMS = [Item(key) for key in PHOTOS] + [Item("laptop", ("laptop",)), Item("mouse", ("mouse",))]


def test_what_names_do_not_know_is_answered_by_photos_alone(tiny: LoadedBackbone, index: PhotoIndex) -> None:
    both = PhotoAndNameRecogniser(tiny, index, ITEMS, names_that_know(1.1))
    photos = PhotoRecogniser(tiny, index)
    for item in range(4):
        together, alone = both.recognise([made_up(item, 20)]), photos.recognise([made_up(item, 20)])
        if not alone.unknown:
            assert together.candidates == alone.candidates
            assert together.calibrated == alone.calibrated
            assert together.answer == alone.answer


def test_what_photos_do_not_know_is_answered_by_names_as_before(
    tiny: LoadedBackbone, index: PhotoIndex
) -> None:
    both = PhotoAndNameRecogniser(tiny, index, ITEMS, names_that_know(0.0))
    names = NameRecogniser(tiny, ITEMS, names_that_know(0.0))
    photos = PhotoRecogniser(tiny, index)
    strangers = [made_up(STRANGER + number, 0) for number in range(20)]
    unknown = [photo for photo in strangers if photos.recognise([photo]).unknown]
    assert unknown
    for photo in unknown:
        together, alone = both.recognise([photo]), names.recognise([photo])
        assert [c.item for c in together.candidates] == [c.item for c in alone.candidates]
        assert together.answer == alone.answer
        assert not together.calibrated


def test_where_both_know_it_the_probabilities_sum_to_one(tiny: LoadedBackbone, index: PhotoIndex) -> None:
    both = PhotoAndNameRecogniser(tiny, index, ITEMS, names_that_know(0.0))
    for item in range(4):
        found = both.recognise([made_up(item, 20)])
        assert sum(candidate.probability for candidate in found.candidates) == pytest.approx(1)
        assert found.things_known == 6


def test_a_kind_with_photos_is_found_in_its_group_that_names_know(
    tiny: LoadedBackbone, index: PhotoIndex
) -> None:
    group = Item("laptop", ("laptop",))
    apart = [Item(key) for key in PHOTOS]
    below = [Item("beech", (), "laptop"), *(item for item in apart if item.key != "beech")]
    photos = PhotoRecogniser(tiny, index)
    asked = [made_up(1, number) for number in range(20, 40)]
    photo = next(each for each in asked if not photos.recognise([each]).unknown)
    found, alone = (
        PhotoAndNameRecogniser(tiny, index, [group, *items], names_that_know(0.0)).recognise([photo])
        for items in (below, apart)
    )
    beech = next(c.probability for c in photos.recognise([photo]).candidates if c.item == "beech")
    assert [c.item for c in alone.candidates if c.probability > 0] == ["laptop"]
    shares = {c.item: c.probability for c in found.candidates}
    assert shares["beech"] == pytest.approx(beech / 2)
    assert sum(shares.values()) == pytest.approx(1)
    assert found.answer is not None and found.answer.item == "laptop"
    assert found.answer.between[0] == "beech"


def test_where_neither_knows_it_it_is_unknown(tiny: LoadedBackbone, index: PhotoIndex) -> None:
    both = PhotoAndNameRecogniser(tiny, index, ITEMS, names_that_know(1.1))
    photos = PhotoRecogniser(tiny, index)
    for number in range(20):
        photo = made_up(STRANGER + number, 0)
        assert both.recognise([photo]).unknown == photos.recognise([photo]).unknown


def test_without_any_name_photos_answer(tiny: LoadedBackbone, index: PhotoIndex) -> None:
    both = PhotoAndNameRecogniser(tiny, index, [Item(key) for key in PHOTOS])
    assert both.recognise([made_up(1, 20)]).candidates[0].item == "beech"


def test_an_index_of_some_of_its_items(tiny: LoadedBackbone, index: PhotoIndex, tmp_path: Path) -> None:
    some = only(index, {"beech", "dugong", "unheard-of"})
    assert some.items == ("beech", "dugong")
    found = PhotoRecogniser(tiny, some).recognise([made_up(3, 20)])
    assert found.candidates[0].item == "dugong"
    assert {photo.item for photo in found.nearest} <= {"beech", "dugong"}
    assert all(photo.photo.startswith(photo.item) for photo in found.nearest)
    assert only(index, set(PHOTOS)) is index
