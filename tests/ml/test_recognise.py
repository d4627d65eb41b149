import json
import time
from itertools import permutations

import numpy as np
import pytest
from PIL import Image

from ml.backbone import LITE2, LoadedBackbone
from ml.calibration import Calibration, CalibrationError
from ml.items import Item, ItemsError, ItemTree
from ml.recognise import NameRecogniser
from ml.roll_up import roll_up
from tests.ml.photo_files import scene

ITEMS = [
    Item("electrical-equipment"),
    Item("computers", (), "electrical-equipment"),
    Item("laptop", ("laptop", "notebook"), "computers"),
    Item("desktop-computer", ("desktop computer",), "computers"),
    Item("television", ("television",), "electrical-equipment"),
    Item("elephants", ("tusker",)),
    Item("african-elephant", ("African elephant",), "elephants"),
    Item("asian-elephant", ("Indian elephant",), "elephants"),
    Item("ivory-tusk"),
]
PLAIN = Calibration(1.0, 0.3, 0.6, LITE2.weights_sha256, "test")


@pytest.fixture(scope="module")
def recogniser(backbone: LoadedBackbone) -> NameRecogniser:
    return NameRecogniser(backbone, ITEMS, PLAIN)


def seen(backbone: LoadedBackbone, **share: float) -> np.ndarray:
    """Probabilities as if the backbone had seen these classes, the rest spread evenly."""
    probabilities = np.full(len(backbone.class_names), (1 - sum(share.values())) / 1000)
    for name, value in share.items():
        probabilities[backbone.class_names.index(name.replace("_", " "))] += value
    return probabilities


def test_an_items_classes_are_summed(backbone: LoadedBackbone, recogniser: NameRecogniser) -> None:
    found = recogniser.judge([seen(backbone, laptop=0.4, notebook=0.3, television=0.3)])
    assert found.candidates[0].item == "laptop"
    assert found.candidates[0].probability == pytest.approx(0.7, abs=0.01)


def test_probabilities_sum_to_one_among_what_the_guide_knows(
    backbone: LoadedBackbone, recogniser: NameRecogniser
) -> None:
    found = recogniser.judge([seen(backbone, laptop=0.4, wallet=0.4)])
    assert sum(c.probability for c in found.candidates) == pytest.approx(1)
    assert found.things_known == len(found.candidates) == 6
    assert found.outside == pytest.approx(1 - found.score)


def test_what_lies_outside_the_guide_is_unknown(backbone: LoadedBackbone, recogniser: NameRecogniser) -> None:
    found = recogniser.judge([seen(backbone, wallet=0.8, laptop=0.1)])
    assert (found.unknown, found.reason, found.answer) == (True, "outside_the_guide", None)


def test_what_looks_like_nothing_in_particular_is_unknown(
    backbone: LoadedBackbone, recogniser: NameRecogniser
) -> None:
    found = recogniser.judge([seen(backbone)])
    assert (found.unknown, found.reason, found.answer) == (True, "unlike_what_it_knows", None)


def test_an_item_that_is_sure_is_the_answer(backbone: LoadedBackbone, recogniser: NameRecogniser) -> None:
    answer = recogniser.judge([seen(backbone, laptop=0.9)]).answer
    assert answer
    assert (answer.item, answer.rank, answer.stopped) == ("laptop", 2, "nothing_deeper")


def test_two_that_cannot_be_told_apart_are_answered_at_their_parent(
    backbone: LoadedBackbone, recogniser: NameRecogniser
) -> None:
    answer = recogniser.judge([seen(backbone, laptop=0.5, desktop_computer=0.45)]).answer
    assert answer
    assert (answer.item, answer.rank, answer.stopped) == ("computers", 1, "cannot_tell_apart")
    assert answer.between == ("laptop", "desktop-computer")
    assert answer.probability > 0.9


def test_a_parents_own_class_counts_for_the_parent(
    backbone: LoadedBackbone, recogniser: NameRecogniser
) -> None:
    answer = recogniser.judge([seen(backbone, tusker=0.5, African_elephant=0.45)]).answer
    assert answer
    assert (answer.item, answer.stopped) == ("elephants", "cannot_tell_apart")


def test_no_answer_where_not_even_a_root_is_sure() -> None:
    tree = ItemTree(ITEMS)
    assert roll_up(tree, {"laptop": 0.5, "elephants": 0.5}, 0.6) is None


def test_photos_are_averaged_whatever_their_order(
    backbone: LoadedBackbone, recogniser: NameRecogniser
) -> None:
    looks = [seen(backbone, laptop=0.9), seen(backbone, television=0.8), seen(backbone, laptop=0.5)]
    answers = [recogniser.judge(order) for order in permutations(looks)]
    for found in answers:
        assert [c.item for c in found.candidates] == [c.item for c in answers[0].candidates]
        assert found.score == pytest.approx(answers[0].score)


def test_an_unrelated_item_never_raises_anothers_probability(backbone: LoadedBackbone) -> None:
    look = seen(backbone, laptop=0.4, television=0.3, wallet=0.1)
    before = NameRecogniser(backbone, ITEMS, PLAIN).judge([look])
    after = NameRecogniser(backbone, [*ITEMS, Item("purse", ("wallet",))], PLAIN).judge([look])
    later = {c.item: c.probability for c in after.candidates}
    assert all(later[c.item] <= c.probability for c in before.candidates)


@pytest.mark.parametrize("count", [0, 7])
def test_one_to_six_photos(recogniser: NameRecogniser, count: int) -> None:
    with pytest.raises(ValueError, match="1 to 6 photos"):
        recogniser.recognise([np.asarray(scene())] * count)


@pytest.mark.parametrize("colour", ["black", "white", "grey", "saddlebrown"])
def test_a_blank_photo_is_unknown(backbone: LoadedBackbone, colour: str) -> None:
    recogniser = NameRecogniser(backbone, ITEMS)
    found = recogniser.recognise([np.asarray(Image.new("RGB", (640, 480), colour))])
    assert found.unknown


@pytest.mark.parametrize("size", [(32, 32), (1600, 33), (33, 1600)])
def test_odd_shapes_are_looked_at_too(recogniser: NameRecogniser, size: tuple[int, int]) -> None:
    assert recogniser.recognise([np.asarray(scene(*size))]).photos == 1


def test_the_answer_is_plain_data_with_its_versions(recogniser: NameRecogniser) -> None:
    found = json.loads(json.dumps(recogniser.recognise([np.asarray(scene())]).as_json()))
    assert set(found["versions"]) == {"backbone", "onnx_sha256", "calibration", "method"}


def test_constants_of_other_weights_are_refused(backbone: LoadedBackbone) -> None:
    other = Calibration(1.0, 0.3, 0.6, "0" * 64, "test")
    with pytest.raises(CalibrationError, match="fit-names"):
        NameRecogniser(backbone, ITEMS, other)


def test_a_probability_by_name_is_never_called_calibrated(backbone: LoadedBackbone) -> None:
    assert not NameRecogniser(backbone, ITEMS).judge([seen(backbone, laptop=0.9)]).calibrated


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ([Item("laptop", ("lap top",))], "no class 'lap top'"),
        ([Item("a", ("laptop",)), Item("b", ("laptop",))], "belongs to another item"),
        ([Item("a", ("laptop",), "nowhere")], "its parent nowhere is not among"),
        ([Item("a", ("laptop",), "b"), Item("b", (), "a")], "round in a circle"),
        ([Item("a", ("laptop",)), Item("a", ("notebook",))], "used twice"),
        ([Item("a")], "No item has a class"),
    ],
)
def test_items_that_do_not_fit_are_refused_by_name(
    backbone: LoadedBackbone, items: list[Item], message: str
) -> None:
    with pytest.raises(ItemsError, match=message):
        NameRecogniser(backbone, items)


def test_one_photo_is_answered_well_within_a_second(recogniser: NameRecogniser) -> None:
    photo = np.asarray(scene(1600, 1200))
    recogniser.recognise([photo])
    start = time.perf_counter()
    recogniser.recognise([photo])
    assert time.perf_counter() - start < 1
