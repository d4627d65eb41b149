from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from ml.backbone import LoadedBackbone
from ml.description_cache import DescriptionCache
from ml.index import PhotoIndexError
from ml.items import Item
from ml.photo_recogniser import PhotoRecogniser
from ml.recognition import Recognition
from ml.reference_folders import index_of_folder
from tests.ml.made_up_photos import made_up, write_classes
from tests.ml.tiny_backbone import tiny_backbone

CLASSES = {"agate": 5, "beech": 5, "cobra": 5, "dugong": 5, "ebony": 5, "falcon": 5}
STRANGER = 40


@pytest.fixture(scope="module")
def tiny() -> LoadedBackbone:
    return tiny_backbone()


@pytest.fixture(scope="module")
def recogniser(tiny: LoadedBackbone, tmp_path_factory: pytest.TempPathFactory) -> PhotoRecogniser:
    folder = tmp_path_factory.mktemp("references")
    photos = write_classes(folder / "photos", CLASSES)
    index, notices = index_of_folder(photos, tiny, DescriptionCache(tiny, folder / "cache"))
    assert notices == ()
    return PhotoRecogniser(tiny, index)


def asked(recogniser: PhotoRecogniser, *photos: tuple[int, int]) -> Recognition:
    return recogniser.recognise([made_up(item, photo) for item, photo in photos])


def test_new_photos_of_known_things_are_recognised(recogniser: PhotoRecogniser) -> None:
    right = [
        asked(recogniser, (item, photo)).candidates[0].item == name
        for item, name in enumerate(CLASSES)
        for photo in range(20, 30)
    ]
    assert np.mean(right) > 0.85


def test_probabilities_sum_to_one_and_the_likeliest_comes_first(recogniser: PhotoRecogniser) -> None:
    found = asked(recogniser, (2, 20))
    values = [candidate.probability for candidate in found.candidates]
    assert sum(values) == pytest.approx(1)
    assert values == sorted(values, reverse=True)
    assert found.things_known == 6


def test_a_stranger_is_called_unknown_by_its_own_decision(recogniser: PhotoRecogniser) -> None:
    strangers = [asked(recogniser, (STRANGER + item, 0)) for item in range(20)]
    known = [asked(recogniser, (item, photo)) for item in range(6) for photo in range(20, 25)]
    assert np.mean([found.unknown for found in strangers]) > 0.7
    assert np.mean([found.unknown for found in known]) < 0.4
    assert all(found.answer is None for found in strangers if found.unknown)


def test_the_order_of_photos_changes_nothing(recogniser: PhotoRecogniser) -> None:
    photos = [(0, 20), (0, 21), (3, 22)]
    answers = [asked(recogniser, *order) for order in permutations(photos)]
    for found in answers:
        assert [c.item for c in found.candidates] == [c.item for c in answers[0].candidates]
        assert [c.probability for c in found.candidates] == pytest.approx(
            [c.probability for c in answers[0].candidates], abs=1e-6
        )


def test_a_photos_answer_does_not_depend_on_what_was_asked_before(recogniser: PhotoRecogniser) -> None:
    alone = asked(recogniser, (4, 20))
    asked(recogniser, (1, 20), (1, 21))
    assert asked(recogniser, (4, 20)) == alone


def test_the_photo_that_disagrees_is_named(recogniser: PhotoRecogniser) -> None:
    found = asked(recogniser, (1, 20), (1, 21), (4, 22), (1, 23))
    assert found.candidates[0].item == "beech"
    assert found.disagreeing == (2,)


def test_the_nearest_photos_are_among_the_candidates(recogniser: PhotoRecogniser) -> None:
    found = asked(recogniser, (3, 2))
    assert found.nearest[0].photo == "dugong/02.png"
    assert found.nearest[0].similarity == pytest.approx(1, abs=0.01)
    assert {photo.item for photo in found.nearest} <= set(found.candidate_set)


def test_each_item_says_whether_it_is_calibrated(recogniser: PhotoRecogniser) -> None:
    found = asked(recogniser, (0, 20))
    assert found.calibrated
    assert all(candidate.calibrated for candidate in found.candidates)


def test_an_item_without_photos_is_found_by_its_name(tiny: LoadedBackbone, tmp_path: Path) -> None:
    photos = write_classes(tmp_path / "photos", {"agate": 4, "beech": 4})
    (photos / "laptop").mkdir()
    (photos / "unheard-of").mkdir()
    index, notices = index_of_folder(photos, tiny, DescriptionCache(tiny, tmp_path / "cache"))
    assert index.items == ("agate", "beech", "laptop")
    assert len(notices) == 1
    assert "unheard-of" in notices[0]
    found = PhotoRecogniser(tiny, index).recognise([made_up(0, 20)])
    assert not next(candidate for candidate in found.candidates if candidate.item == "laptop").calibrated


def test_items_that_cannot_be_told_apart_are_answered_at_their_parent(
    tiny: LoadedBackbone, tmp_path: Path
) -> None:
    photos = write_classes(tmp_path / "photos", {"agate": 4, "beech": 4})
    (photos / "beech").rename(photos / "beech-1")
    (photos / "beech-2").mkdir()
    for number, file in enumerate(sorted((photos / "beech-1").iterdir())):
        if number % 2:
            file.rename(photos / "beech-2" / file.name)
    index, _ = index_of_folder(photos, tiny, DescriptionCache(tiny, tmp_path / "cache"))
    items = [Item("beeches"), Item("beech-1", (), "beeches"), Item("beech-2", (), "beeches")]
    answers = [
        PhotoRecogniser(tiny, index, items).recognise([made_up(1, photo)]).answer for photo in range(20, 30)
    ]
    stopped = [answer for answer in answers if answer and answer.stopped == "cannot_tell_apart"]
    assert stopped
    assert {answer.item for answer in stopped} == {"beeches"}


def test_an_index_of_another_backbone_is_refused(recogniser: PhotoRecogniser) -> None:
    with pytest.raises(PhotoIndexError, match="another backbone"):
        PhotoRecogniser(tiny_backbone(seed=2), recogniser.index)


@pytest.mark.parametrize("count", [0, 7])
def test_one_to_six_photos(recogniser: PhotoRecogniser, count: int) -> None:
    with pytest.raises(ValueError, match="1 to 6 photos"):
        recogniser.recognise([made_up(0, 0)] * count)
