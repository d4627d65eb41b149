"""Building an index from references, writing it, and opening it again."""

import json
import random
import resource
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ml.backbone import LoadedBackbone
from ml.describing import DescriptionError, describe
from ml.index import PhotoIndex, PhotoIndexError, Reference, build
from ml.index_file import open_index, write_index
from tests.ml.made_up_photos import made_up
from tests.ml.photo_files import encoded
from tests.ml.tiny_backbone import tiny_backbone


@pytest.fixture(scope="module")
def tiny() -> LoadedBackbone:
    return tiny_backbone()


def references(backbone: LoadedBackbone, items: int = 4, photos: int = 3) -> list[Reference]:
    return [
        Reference(
            item=f"item-{item}",
            specimen=f"specimen-{photo}",
            name=f"item-{item}/é{photo}.png",
            sha256=f"{item:032x}{photo:032x}",
            description=describe(backbone, made_up(item, photo)),
        )
        for item in range(items)
        for photo in range(photos)
    ]


@pytest.fixture
def index(tiny: LoadedBackbone) -> PhotoIndex:
    return build(references(tiny), tiny)


def refused(path: Path, backbone: LoadedBackbone) -> str:
    with pytest.raises(PhotoIndexError) as refusal:
        open_index(path, backbone)
    message = str(refusal.value)
    assert str(path) in message
    assert "python -m ml index" in message
    return message


def test_what_is_opened_is_what_was_written(index: PhotoIndex, tiny: LoadedBackbone, tmp_path: Path) -> None:
    write_index(index, tmp_path / "i.safetensors")
    opened = open_index(tmp_path / "i.safetensors", tiny)
    assert opened.items == index.items
    assert opened.confidence == index.confidence
    assert opened.source == index.source
    assert (opened.classifier.heads == index.classifier.heads).all()
    assert (opened.vectors == index.vectors).all()
    assert [opened.names[number] for number in (0, 11)] == ["item-0/é0.png", "item-3/é2.png"]


def test_an_opened_index_is_mapped_not_read(index: PhotoIndex, tiny: LoadedBackbone, tmp_path: Path) -> None:
    write_index(index, tmp_path / "i.safetensors")
    opened = open_index(tmp_path / "i.safetensors", tiny)
    assert not opened.vectors.flags.owndata
    assert not opened.classifier.heads.flags.writeable


def test_same_input_same_bytes_whatever_its_order(tiny: LoadedBackbone, tmp_path: Path) -> None:
    in_order = references(tiny)
    shuffled = random.Random(1).sample(in_order, len(in_order))
    for name, given in (("a", in_order), ("b", shuffled)):
        write_index(build(given, tiny), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_all_metadata_is_one_canonical_json_string(index: PhotoIndex, tmp_path: Path) -> None:
    write_index(index, tmp_path / "i")
    content = (tmp_path / "i").read_bytes()
    header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
    (text,) = header["__metadata__"].values()
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))


def test_the_version_is_a_hash_of_what_went_in(tiny: LoadedBackbone) -> None:
    given = references(tiny)
    version = build(given, tiny).version
    assert build(references(tiny), tiny).version == version
    changed = [
        given[:-1],
        [*given[:-1], replace(given[-1], sha256="f" * 64)],
        [*given[:-1], replace(given[-1], specimen="other")],
        [*given[:-1], replace(given[-1], view="dorsal fin")],
    ]
    assert len({version, *(build(each, tiny).version for each in changed)}) == 5
    assert build(given, tiny, {"item-0": (1,)}).version != version


def test_the_same_photo_under_two_items_is_found(tiny: LoadedBackbone) -> None:
    given = references(tiny)
    twice = replace(given[0], item="item-2", name="item-2/again.png")
    with pytest.raises(PhotoIndexError) as refusal:
        build([*given, twice], tiny)
    assert "item-2/again.png (item-2) is the same photo as item-0/é0.png (item-0)" in str(refusal.value)
    assert "Remove it from the item" in str(refusal.value)


def test_the_same_photo_saved_anew_under_two_items_is_named(tiny: LoadedBackbone) -> None:
    given = references(tiny)
    photo = Image.open(BytesIO(encoded(Image.fromarray(made_up(0, 0)), "JPEG", quality=80)))
    seen = describe(tiny, np.asarray(photo.resize((56, 42))))
    again = replace(given[0], item="item-2", name="item-2/again.jpg", sha256="f" * 64, description=seen)
    (notice,) = build([*given, again], tiny).notices
    assert "item-0/é0.png (item-0) and item-2/again.jpg (item-2) look like the same photo" in notice


def test_a_copy_of_a_photo_under_its_own_item_counts_once(tiny: LoadedBackbone) -> None:
    given = references(tiny)
    assert len(build([*given, replace(given[0], name="copy.png")], tiny).vectors) == len(given)


def test_an_item_with_one_photo_is_named_with_the_remedy(tiny: LoadedBackbone) -> None:
    given = references(tiny)
    (notice,) = build([*given[:-3], given[-1]], tiny).notices
    assert "item-3 has one photo (item-3/é2.png)" in notice
    assert "Add two or more photos" in notice


def test_no_photos_and_a_single_item_are_refused(tiny: LoadedBackbone) -> None:
    with pytest.raises(PhotoIndexError, match="no photos to build an index from"):
        build([], tiny)
    with pytest.raises(PhotoIndexError, match="two items to tell apart"):
        build(references(tiny, items=1), tiny)


def test_a_description_that_is_not_a_number_is_refused_by_name(tiny: LoadedBackbone) -> None:
    given = references(tiny)
    bad = given[5].description.copy()
    bad[7] = np.nan
    with pytest.raises(DescriptionError, match=given[5].name):
        build([*given[:5], replace(given[5], description=bad), *given[6:]], tiny)


def test_an_index_of_another_backbone_is_refused(index: PhotoIndex, tmp_path: Path) -> None:
    write_index(index, tmp_path / "i")
    assert "another backbone" in refused(tmp_path / "i", tiny_backbone(seed=2))


def test_a_missing_index_is_named_with_the_remedy(tiny: LoadedBackbone, tmp_path: Path) -> None:
    assert "is missing" in refused(tmp_path / "nowhere", tiny)


@pytest.mark.parametrize("keep", [0, 7, 100, 2000, -1])
def test_a_truncated_index_is_refused(
    index: PhotoIndex, tiny: LoadedBackbone, tmp_path: Path, keep: int
) -> None:
    path = tmp_path / "i"
    write_index(index, path)
    path.write_bytes(path.read_bytes()[:keep])
    assert "truncated or changed" in refused(path, tiny)


def test_a_change_of_any_byte_is_found(index: PhotoIndex, tiny: LoadedBackbone, tmp_path: Path) -> None:
    path = tmp_path / "i"
    write_index(index, path)
    whole = path.read_bytes()
    for place in [*range(0, 400, 7), *random.Random(2).sample(range(400, len(whole)), 60)]:
        changed = bytearray(whole)
        changed[place] ^= 0x01
        path.write_bytes(changed)
        if changed[8 : 8 + int.from_bytes(whole[:8], "little")].strip() == whole[8:].strip():
            continue
        assert "truncated or changed" in refused(path, tiny), place


def test_a_new_index_takes_its_place_while_the_old_one_is_read(
    index: PhotoIndex, tiny: LoadedBackbone, tmp_path: Path
) -> None:
    path = tmp_path / "i"
    write_index(index, path)
    opened = open_index(path, tiny)
    before = opened.vectors.tobytes()
    write_index(build(references(tiny, items=6), tiny), path)
    assert opened.vectors.tobytes() == before
    assert len(open_index(path, tiny).items) == 6
    assert [path.name for path in tmp_path.iterdir()] == ["i"]


def test_a_full_disk_leaves_the_last_good_index(
    index: PhotoIndex, tiny: LoadedBackbone, tmp_path: Path
) -> None:
    """The limit on a file's size stands for the disk: writing stops in the middle in the same way."""
    path = tmp_path / "i"
    write_index(index, path)
    before = path.read_bytes()
    larger = build(references(tiny, items=9), tiny)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, hard))
    try:
        with pytest.raises(PhotoIndexError) as refusal:
            write_index(larger, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert f"{path} can't be written" in str(refusal.value)
    assert "goes on serving" in str(refusal.value)
    assert path.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["i"]
    open_index(path, tiny)


def test_a_folder_that_is_a_file_is_named(index: PhotoIndex, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PhotoIndexError, match="can't be written"):
        write_index(index, tmp_path / "file" / "i")
    shutil.rmtree(tmp_path)
