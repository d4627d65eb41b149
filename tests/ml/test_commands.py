"""`python -m ml` as somebody at a terminal meets it, with the real backbone."""

import json
import os
from pathlib import Path

import pytest
from PIL import Image

from ml.__main__ import main
from ml.backbone import LITE2, open_backbone
from ml.index_file import open_index
from tests.ml.made_up_photos import made_up, write_classes


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """References of three classes, and two new photos of the second."""
    folder = tmp_path_factory.mktemp("commands")
    write_classes(folder / "photos", {"agate": 3, "beech": 3, "cobra": 3})
    for photo in (20, 21):
        Image.fromarray(made_up(1, photo, noise=10)).save(folder / f"new-{photo}.png")
    return folder


@pytest.fixture(autouse=True)
def own_cache(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAR_DIR", str(here / "var"))


def identify(here: Path, models: Path, *more: str) -> int:
    return main(["identify", "--references", str(here / "photos"), "--models", str(models), *more])


def test_identify_says_what_it_is_consistent_with(
    here: Path, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert identify(here, models, str(here / "new-20.png"), str(here / "new-21.png")) == 0
    said = capsys.readouterr().out
    assert "beech" in said
    assert "among the 3 things these references show" in said
    assert "it is" not in said.lower()


def test_identify_as_json(here: Path, models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert identify(here, models, str(here / "new-20.png"), "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["candidates"][0]["item"] == "beech"
    assert sum(candidate["probability"] for candidate in found["candidates"]) == pytest.approx(1)
    assert set(found["versions"]) == {"backbone", "onnx_sha256", "index", "calibration", "method"}


def test_identify_names_a_photo_that_cannot_be_used(
    here: Path, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "broken.jpg").write_bytes(b"no photo")
    assert identify(here, models, str(here / "broken.jpg")) == 1
    assert str(here / "broken.jpg") in capsys.readouterr().err
    assert identify(here, models, str(here / "nowhere.jpg")) == 1
    assert "nowhere.jpg can't be read" in capsys.readouterr().err


def test_index_writes_a_file_that_opens(here: Path, models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = here / "index.safetensors"
    assert main(["index", str(here / "photos"), "--to", str(path), "--models", str(models)]) == 0
    assert f"{path}: 9 photos of 3 items" in capsys.readouterr().out
    assert open_index(path, open_backbone(models, LITE2.name)).items == ("agate", "beech", "cobra")


def test_a_corrupt_photo_among_the_others_is_named_and_left_out(
    here: Path, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = here / "photos" / "agate" / "bad.jpg"
    bad.write_bytes(b"\xff\xd8\xff" + os.urandom(100))
    try:
        assert main(["index", str(here / "photos"), "--to", str(here / "i"), "--models", str(models)]) == 0
    finally:
        bad.unlink()
    said = capsys.readouterr()
    assert f"{bad} can't be used" in said.err
    assert "9 photos of 3 items" in said.out


@pytest.mark.parametrize("verb", ["index", "evaluate"])
def test_an_empty_folder_is_refused_in_one_line(
    tmp_path: Path, models: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    (tmp_path / "empty").mkdir()
    assert main([verb, str(tmp_path / "empty"), "--models", str(models)]) == 1
    said = capsys.readouterr().err
    assert str(tmp_path / "empty") in said
    assert "Traceback" not in said


def test_evaluate_writes_what_it_prints(here: Path, models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["evaluate", str(here / "photos"), "--shots", "1", "--seeds", "2", "--names", "on"]
    assert main([*arguments, "--json", str(here / "e.json"), "--models", str(models)]) == 0
    found = json.loads((here / "e.json").read_text())
    assert found["rows"][0]["queries"] == 6
    assert found["rows"][0]["calibrated"] is False
    assert f"{found['rows'][0]['top1']:.3f}".removesuffix(".000") in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong", [["--shots", "1,x"], ["--shots", "0"], ["--seeds", "0"], ["--photos-per-query", "-1"]]
)
def test_numbers_that_make_no_sense_are_refused(
    here: Path, capsys: pytest.CaptureFixture[str], wrong: list[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["evaluate", str(here / "photos"), *wrong])
    assert "is not a whole number of 1 or more" in capsys.readouterr().err
