"""Real photographs. Skipped where the photos for development are not at hand."""

from pathlib import Path

import pytest

from ml.backbone import LoadedBackbone
from ml.decoding import decode
from ml.fit_names import read_items
from ml.recognise import NameRecogniser
from ml.recognition import Recognition
from tests.ml.conftest import ROOT

DEVICES = {
    "keyboard": "keyboard",
    "laptop": "laptop",
    "monitor": "monitor",
    "mouse": "mouse",
    "phone": "mobile-phone",
}
GUIDE = ROOT / "content" / "library" / "guide"


@pytest.fixture(scope="module")
def recogniser(backbone: LoadedBackbone) -> NameRecogniser:
    files = [GUIDE / f"{name}.yaml" for name in ("devices", "animals", "checks")]
    return NameRecogniser(backbone, read_items(files))


def recognised(recogniser: NameRecogniser, files: list[Path]) -> list[Recognition]:
    return [recogniser.recognise([decode(path.read_bytes()).pixels]) for path in files]


def every(step: int, folder: Path) -> list[Path]:
    return sorted(folder.glob("**/*.jpg"))[::step]


def test_devices_are_among_the_first_three_of_all_items(photos: Path, recogniser: NameRecogniser) -> None:
    hits = [
        item in [candidate.item for candidate in found.candidates[:3]]
        for folder, item in DEVICES.items()
        for found in recognised(recogniser, every(1, photos / "ewaste" / folder))
    ]
    assert len(hits) == 271
    assert sum(hits) / len(hits) >= 0.88


def test_devices_are_seldom_called_unknown(photos: Path, recogniser: NameRecogniser) -> None:
    found = recognised(recogniser, every(5, photos / "ewaste"))
    assert sum(f.unknown for f in found) / len(found) <= 0.1


@pytest.mark.parametrize(("kind", "step"), [("timber_endgrain", 4), ("shark_teeth", 8), ("orchids", 4)])
def test_what_it_cannot_judge_is_called_unknown(
    photos: Path, recogniser: NameRecogniser, kind: str, step: int
) -> None:
    found = recognised(recogniser, every(step, photos / kind))
    assert len(found) >= 20
    assert sum(f.unknown for f in found) / len(found) >= 0.95
