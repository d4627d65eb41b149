import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from ml.backbone import LoadedBackbone
from ml.description_cache import DescriptionCache
from ml.evaluate import QueryResult, run
from ml.evaluate_command import evaluate
from ml.evaluation_table import Row, as_text, row
from tests.ml.made_up_photos import write_classes
from tests.ml.tiny_backbone import tiny_backbone

ROW = [
    *("shots", "classes", "queries", "top1", "top3", "ece", "ece_floor", "calibrated"),
    *("auroc_unknown", "known_accepted", "unknown_rejected", "coverage90", "set_size90", "ms_per_photo"),
]


@pytest.fixture(scope="module")
def tiny() -> LoadedBackbone:
    return tiny_backbone()


def results(backbone: LoadedBackbone, photos: Path, **options: int) -> list[QueryResult]:
    cache = DescriptionCache(backbone, photos.parent / "cache")
    return list(run(photos, [3], options.pop("seeds", 2), backbone=backbone, cache=cache, **options))


def test_every_query_of_every_seed_is_asked(tiny: LoadedBackbone, tmp_path: Path) -> None:
    photos = write_classes(tmp_path / "photos", dict.fromkeys("abcdefg", 7))
    found = results(tiny, photos)
    assert len(found) == 2 * 7 * 4
    assert {each.seed for each in found} == {0, 1}
    assert all(each.probabilities.sum() == pytest.approx(1) for each in found)
    assert sum(bool(each.known) for each in found) == 2 * 3 * 4


def test_the_same_photos_give_the_same_figures(tiny: LoadedBackbone, tmp_path: Path) -> None:
    photos = write_classes(tmp_path / "photos", dict.fromkeys("abcdef", 6))
    first, second = results(tiny, photos), results(tiny, photos)
    assert [each.photos for each in first] == [each.photos for each in second]
    assert all((a.probabilities == b.probabilities).all() for a, b in zip(first, second, strict=True))


def test_with_five_classes_there_is_no_experiment_with_unknowns(tiny: LoadedBackbone, tmp_path: Path) -> None:
    found = results(tiny, write_classes(tmp_path / "photos", dict.fromkeys("abcde", 6)))
    assert {each.known for each in found} == {None}
    assert row(3, 5, found, None).auroc_unknown is None


def test_one_specimen_a_class_is_never_called_calibrated(tiny: LoadedBackbone, tmp_path: Path) -> None:
    found = results(tiny, write_classes(tmp_path / "photos", dict.fromkeys("abc", 9), specimens=2))
    assert not any(each.calibrated for each in found)
    assert row(3, 3, found, None).calibrated is False


def test_several_photos_of_a_specimen_are_one_query(tiny: LoadedBackbone, tmp_path: Path) -> None:
    photos = write_classes(tmp_path / "photos", dict.fromkeys("abc", 9), specimens=3)
    found = results(tiny, photos, photos_per_query=3)
    assert len(found) == 2 * 3 * 2
    assert all(len({file.name.split("__")[0] for file in each.photos}) == 1 for each in found)


def test_without_specimens_queries_of_several_photos_give_null(tiny: LoadedBackbone, tmp_path: Path) -> None:
    photos = write_classes(tmp_path / "photos", dict.fromkeys("abc", 7))
    found = results(tiny, photos, photos_per_query=3)
    assert found == []
    assert row(3, 3, found, None).top1 is None


def test_figures_are_means_over_seeds_of_means_over_queries() -> None:
    def result(seed: int, right: bool) -> QueryResult:
        probabilities = np.array([0.9, 0.1]) if right else np.array([0.2, 0.8])
        return QueryResult((), "a", ("a", "b"), probabilities, (0,), None, None, None, True, seed, 3)

    found = row(3, 2, [result(0, True), result(1, True), result(1, False), result(1, False)], None)
    assert found.queries == 2
    assert found.top1 == pytest.approx((1 + 1 / 3) / 2)
    assert found.top3 == 1


def test_the_document_has_the_shape_that_is_fixed(tiny: LoadedBackbone, tmp_path: Path) -> None:
    photos = write_classes(tmp_path / "photos", dict.fromkeys("abcdef", 6))
    bad = photos / "a" / "bad.jpg"
    bad.write_bytes(b"no photo")
    cache = DescriptionCache(tiny, tmp_path / "cache")
    found, left_out = evaluate(
        photos, tiny, shots=[1, 3, 10], seeds=2, photos_per_query=1, names=False, cache=cache
    )
    found = json.loads(json.dumps(found, allow_nan=False))
    assert list(found) == ["photos", "backbone", "versions", "rows"]
    assert [list(each) for each in found["rows"]] == [ROW] * 3
    assert [field.name for field in fields(Row)] == ROW
    assert found["rows"][0]["ms_per_photo"] > 0
    assert "64x48 px, 1 threads" in found["versions"]["timed"]
    assert found["rows"][2]["classes"] == 0
    assert found["rows"][2]["top1"] is None
    assert len(left_out) == 1
    assert str(bad) in left_out[0]
    assert "top1" in as_text(found)
