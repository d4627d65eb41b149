import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from ml.backbone import LITE2, BackboneError, LoadedBackbone, open_backbone, read_export


@pytest.fixture
def copied(models: Path, tmp_path: Path) -> Path:
    export = read_export(models)
    for name in (f"{LITE2.name}.json", export.onnx_file):
        shutil.copy(models / name, tmp_path / name)
    return tmp_path


def refused(folder: Path) -> str:
    with pytest.raises(BackboneError) as refusal:
        open_backbone(folder)
    return str(refusal.value)


def test_each_view_gives_an_embedding_and_a_logit_a_class(backbone: LoadedBackbone) -> None:
    seen = backbone.look(np.zeros((3, 3, 260, 260), np.float32))
    assert seen.embedding.shape == (3, LITE2.embedding_size)
    assert seen.logits.shape == (3, len(backbone.class_names))


def test_what_is_seen_in_a_view_does_not_depend_on_its_neighbours(backbone: LoadedBackbone) -> None:
    views = np.random.default_rng(1).standard_normal((4, 3, 260, 260), dtype=np.float32)
    alone = backbone.look(views[2:3]).logits[0]
    assert np.allclose(backbone.look(views).logits[2], alone, atol=1e-4)


def test_class_names_are_in_the_weights_order(backbone: LoadedBackbone) -> None:
    assert backbone.class_names[0] == "tench"
    assert backbone.class_names.index("laptop") == 620
    assert backbone.class_names[-1] == "toilet tissue"


@pytest.mark.parametrize("damage", ["truncated", "changed", "missing"])
def test_a_damaged_network_is_refused_by_name_with_the_remedy(copied: Path, damage: str) -> None:
    path = copied / read_export(copied).onnx_file
    content = bytearray(path.read_bytes())
    path.unlink()
    if damage != "missing":
        content[len(content) // 2] ^= 1
        path.write_bytes(content[:-100] if damage == "truncated" else content)
    message = refused(copied)
    assert str(path) in message
    assert "python -m ml export" in message


@pytest.mark.parametrize("content", ["", "{", "{}", "[]", '{"format": 1}'])
def test_a_damaged_description_is_refused_by_name_with_the_remedy(copied: Path, content: str) -> None:
    path = copied / f"{LITE2.name}.json"
    path.write_text(content)
    message = refused(copied)
    assert str(path) in message
    assert "python -m ml export" in message


def test_a_folder_without_an_export_says_what_to_run(tmp_path: Path) -> None:
    assert "python -m ml export" in refused(tmp_path)


def test_the_network_must_lie_beside_its_description(copied: Path) -> None:
    path = copied / f"{LITE2.name}.json"
    described = json.loads(path.read_text())
    described["onnx_file"] = "../elsewhere.onnx"
    path.write_text(json.dumps(described))
    assert "is damaged" in refused(copied)


def test_an_export_of_other_weights_is_refused(copied: Path) -> None:
    path = copied / f"{LITE2.name}.json"
    path.write_text(path.read_text().replace(LITE2.weights_sha256, "0" * 64))
    assert "another version" in refused(copied)


def test_a_class_has_a_vector_among_the_embeddings(backbone: LoadedBackbone) -> None:
    vectors = backbone.class_vectors
    assert vectors.shape == (LITE2.classes, LITE2.embedding_size)
    seen = backbone.look(np.random.default_rng(3).standard_normal((2, 3, 260, 260), dtype=np.float32))
    rest = seen.logits - seen.embedding @ vectors.T  # the last layer's bias, the same for every view
    assert np.allclose(rest[0], rest[1], atol=1e-3)


def test_the_environment_chooses_the_backbone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKBONE", "resnet50")
    message = refused(tmp_path)
    assert "resnet50.json is missing" in message
    assert "--backbone resnet50" in message


def test_an_export_under_another_backbones_name_is_refused(copied: Path) -> None:
    (copied / f"{LITE2.name}.json").rename(copied / "resnet50.json")
    with pytest.raises(BackboneError, match="another version"):
        open_backbone(copied, "resnet50")
