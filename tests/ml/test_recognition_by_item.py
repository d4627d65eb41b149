"""How well each item is recognised is measured on specimens that were left out."""

from pathlib import Path

import pytest
from PIL import Image

from ml.backbone import LoadedBackbone
from ml.description_cache import DescriptionCache
from ml.index import PhotoIndexError
from ml.reference_index import KnownPhoto, learn_index
from tests.ml.made_up_photos import made_up
from tests.ml.photo_files import encoded
from tests.ml.tiny_backbone import tiny_backbone


@pytest.fixture(scope="module")
def tiny() -> LoadedBackbone:
    return tiny_backbone()


@pytest.fixture
def cache(tiny: LoadedBackbone, tmp_path: Path) -> DescriptionCache:
    return DescriptionCache(tiny, tmp_path)


def known(item: str, kind: int, number: int, specimen: str = "") -> KnownPhoto:
    content = encoded(Image.fromarray(made_up(kind, number)), "PNG")
    name = f"{item}-{number}"
    return KnownPhoto(item, specimen or name, "whole", name, lambda: content)


def several(item: str, kind: int, photos: int, specimen: str = "") -> list[KnownPhoto]:
    return [known(item, kind, number, specimen) for number in range(photos)]


def test_photos_that_look_alike_within_an_item_are_recognised(tiny, cache) -> None:
    learned = learn_index([*several("agate", 0, 6), *several("beech", 1, 6)], {}, tiny, cache)
    for item in ("agate", "beech"):
        found = learned.by_item[item]
        assert (found.photos, found.specimens, found.tested) == (6, 6, 6)
        assert found.right >= 5
        assert found.calibrated


def test_an_item_whose_photos_are_another_things_is_not(tiny, cache) -> None:
    mixed = [known("mixed", 10 + number, 90) for number in range(5)]
    learned = learn_index([*several("agate", 0, 6), *several("beech", 1, 6), *mixed], {}, tiny, cache)
    assert learned.by_item["mixed"].right <= 2


def test_one_specimen_can_not_be_tested(tiny, cache) -> None:
    learned = learn_index([*several("agate", 0, 4, "stone 1"), *several("beech", 1, 4)], {}, tiny, cache)
    assert (learned.by_item["agate"].specimens, learned.by_item["agate"].tested) == (1, 0)
    assert learned.by_item["beech"].tested == 4


def test_one_item_alone_is_no_index(tiny, cache) -> None:
    learned = learn_index(several("agate", 0, 4), {}, tiny, cache)
    assert learned.index is None
    assert learned.by_item == {}


def test_a_photo_that_can_not_be_read_costs_no_other(tiny, cache) -> None:
    broken = KnownPhoto("agate", "x", "whole", "broken", lambda: b"no photo")
    learned = learn_index([broken, *several("agate", 0, 4), *several("beech", 1, 4)], {}, tiny, cache)
    assert set(learned.unusable) == {"broken"}
    assert learned.by_item["agate"].photos == 4


def test_names_of_the_backbone_help_items_with_photos_only(tiny, cache) -> None:
    photos = [*several("agate", 0, 4), *several("beech", 1, 4)]
    learned = learn_index(photos, {"agate": ("laptop",), "mouse": ("mouse",)}, tiny, cache)
    assert learned.index is not None
    assert learned.index.items == ("agate", "beech")
    assert learned.index.source.meant == ((1,), ())


def test_the_same_photo_under_two_items_is_refused(tiny, cache) -> None:
    with pytest.raises(PhotoIndexError, match="same photo"):
        learn_index([known("agate", 0, 1), known("beech", 0, 1)], {}, tiny, cache)
