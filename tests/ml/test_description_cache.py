import shutil
from pathlib import Path

import numpy as np
import pytest

from ml.backbone import LoadedBackbone
from ml.description_cache import DescriptionCache, PhotoUnusable
from ml.photo_sets import read_classes
from tests.ml.made_up_photos import write_classes
from tests.ml.tiny_backbone import tiny_backbone


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    return write_classes(tmp_path / "photos", {"a": 3, "b": 3})


@pytest.fixture(scope="module")
def tiny() -> LoadedBackbone:
    return tiny_backbone()


def described(cache: DescriptionCache, photos: Path) -> dict[str, np.ndarray]:
    return {
        file.relative_to(photos).as_posix(): cache.of(file).description
        for group in read_classes(photos)
        for file in group.files
    }


def test_one_added_photo_describes_one_photo(tiny: LoadedBackbone, photos: Path, tmp_path: Path) -> None:
    first = DescriptionCache(tiny, tmp_path / "cache")
    before = described(first, photos)
    assert first.described == 6
    write_classes(tmp_path / "more", {"a": 4})
    shutil.copy(tmp_path / "more" / "a" / "03.png", photos / "a")

    later = DescriptionCache(tiny, tmp_path / "cache")
    after = described(later, photos)

    assert later.described == 1
    assert all((after[name] == seen).all() for name, seen in before.items())


def test_a_renamed_photo_is_known_by_its_content(tiny: LoadedBackbone, photos: Path, tmp_path: Path) -> None:
    described(DescriptionCache(tiny, tmp_path / "cache"), photos)
    (photos / "a" / "00.png").rename(photos / "b" / "moved.png")
    later = DescriptionCache(tiny, tmp_path / "cache")
    described(later, photos)
    assert later.described == 0


def test_another_backbone_sees_for_itself(tiny: LoadedBackbone, photos: Path, tmp_path: Path) -> None:
    described(DescriptionCache(tiny, tmp_path / "cache"), photos)
    other = DescriptionCache(tiny_backbone(seed=2), tmp_path / "cache")
    described(other, photos)
    assert other.described == 6


@pytest.mark.parametrize("damage", [b"", b"not numbers", "cut"])
def test_what_is_damaged_is_made_anew(
    tiny: LoadedBackbone, photos: Path, tmp_path: Path, damage: bytes | str
) -> None:
    before = described(DescriptionCache(tiny, tmp_path / "cache"), photos)
    kept = sorted((tmp_path / "cache").rglob("*.npy"))[0]
    kept.write_bytes(damage if isinstance(damage, bytes) else kept.read_bytes()[:-10])
    later = DescriptionCache(tiny, tmp_path / "cache")
    after = described(later, photos)
    assert later.described == 1
    assert all((after[name] == seen).all() for name, seen in before.items())


def test_a_cache_that_cannot_be_written_stops_nothing(
    tiny: LoadedBackbone, photos: Path, tmp_path: Path
) -> None:
    (tmp_path / "cache").touch()
    assert len(described(DescriptionCache(tiny, tmp_path / "cache"), photos)) == 6


def test_a_corrupt_photo_is_named_with_the_remedy(tiny: LoadedBackbone, photos: Path, tmp_path: Path) -> None:
    bad = photos / "a" / "01.png"
    bad.write_bytes(bad.read_bytes()[:200])
    with pytest.raises(PhotoUnusable) as refusal:
        DescriptionCache(tiny, tmp_path / "cache").of(bad)
    assert str(bad) in str(refusal.value)
    assert "Replace it" in str(refusal.value)


def test_an_embedding_that_is_not_a_number_names_the_photo(photos: Path, tmp_path: Path) -> None:
    with pytest.raises(PhotoUnusable) as refusal:
        DescriptionCache(tiny_backbone(broken=True), tmp_path / "cache").of(photos / "a" / "00.png")
    assert str(photos / "a" / "00.png") in str(refusal.value)
    assert "python -m ml export" in str(refusal.value)
