from pathlib import Path

import pytest

from ml.photo_sets import PhotoClass, PhotoSetError, read_classes, specimen_of


def test_classes_and_photos_stand_in_code_point_order(tmp_path: Path) -> None:
    for name in ("b/2.jpg", "b/10.JPG", "b/é.png", "B/x.webp", "a/x.jpeg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    classes = read_classes(tmp_path)
    assert [group.name for group in classes] == ["B", "a", "b"]
    assert [file.name for file in classes[2].files] == ["10.JPG", "2.jpg", "é.png"]


def test_only_regular_files_with_a_photos_ending_count(tmp_path: Path) -> None:
    (tmp_path / "a" / "folder.jpg").mkdir(parents=True)
    for name in ("notes.txt", "x.gif", "y.jpg", ".jpg"):
        (tmp_path / "a" / name).touch()
    assert [file.name for file in read_classes(tmp_path)[0].files] == [".jpg", "y.jpg"]


def test_a_specimen_is_the_name_before_two_underscores() -> None:
    assert specimen_of(Path("CO15__10-2.jpg")) == "CO15"
    assert specimen_of(Path("a__b__c.jpg")) == "a"
    assert specimen_of(Path("plain_1.jpg")) == "plain_1.jpg"


def test_a_class_shares_specimens_once_two_photos_show_one() -> None:
    assert PhotoClass("a", (Path("x__1.jpg"), Path("x__2.jpg"))).shares_specimens
    assert not PhotoClass("a", (Path("x__1.jpg"), Path("y__1.jpg"), Path("z.jpg"))).shares_specimens


@pytest.mark.parametrize("folder", ["missing", "empty", "empty_classes"])
def test_a_folder_without_photos_is_named_with_the_remedy(tmp_path: Path, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty_classes" / "a").mkdir(parents=True)
    with pytest.raises(PhotoSetError) as refusal:
        read_classes(tmp_path / folder)
    assert str(tmp_path / folder) in str(refusal.value)
    assert "one folder a class" in str(refusal.value)
