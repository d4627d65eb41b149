"""A hundred thousand reference photos in five thousand items, beside a thousand in fifty."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from ml.backbone import LoadedBackbone, open_backbone
from ml.confidence import Confidence
from ml.describing import RECIPE, Blocks
from ml.index import PhotoIndex, PhotoNames, Source
from ml.index_file import open_index, write_index
from ml.photo_recogniser import PhotoRecogniser
from ml.ridge import Classifier
from tests.ml.photo_files import scene

SMALL, LARGE = (50, 20), (5_000, 20)  # items, photos of each
WARM_UP, TIMES = 3, 15
MEBIBYTE = 1 << 20
CHECKOUT = Path(__file__).resolve().parent.parent.parent
WEB_WORKER = "import config.wsgi\n"
AFTER_100_ANSWERS = """
import sys
from pathlib import Path
import numpy as np
from ml.backbone import open_backbone
from ml.index_file import open_index
from ml.photo_recogniser import PhotoRecogniser
backbone = open_backbone(Path(sys.argv[1]), threads=2)
recogniser = PhotoRecogniser(backbone, open_index(Path(sys.argv[2]), backbone))
photos = np.random.default_rng(1).integers(0, 256, (5, 480, 640, 3), dtype=np.uint8)
for number in range(int(sys.argv[3])):
    recogniser.recognise([photos[number % 5]])
assert "torch" not in sys.modules
print(next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in line).split()[1])
"""


def made_up_index(backbone: LoadedBackbone, items: int, photos: int) -> PhotoIndex:
    """The shapes of a real index, the numbers random: how long an answer takes does not depend on them."""
    rng = np.random.default_rng(items)
    blocks = Blocks.of(backbone.spec)
    vectors = rng.standard_normal((items * photos, blocks.embedding), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    names = [f"item-{photo // photos:04}/photo-{photo % photos:02}.jpg" for photo in range(items * photos)]
    return PhotoIndex(
        items=tuple(f"item-{item:04}" for item in range(items)),
        classifier=Classifier(
            blocks,
            rng.uniform(0, 1, blocks.size).astype(np.float32),
            rng.normal(0, 0.02, (items, blocks.size)).astype(np.float32),
        ),
        confidence=Confidence(0.1, 0.9, 0.3, (True,) * items),
        first_photo=np.arange(0, items * photos + 1, photos, dtype=np.int64),
        vectors=vectors.astype(np.float16),
        names=PhotoNames.of(names),
        source=Source(
            backbone.spec.name, backbone.export.onnx_sha256, RECIPE, "made up", str(items), ((),) * items
        ),
    )


@pytest.fixture(scope="module")
def backbone(exported_backbone: Path) -> LoadedBackbone:
    return open_backbone(exported_backbone, threads=2)


@pytest.fixture(scope="module")
def large(backbone: LoadedBackbone, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "photos.safetensors"
    write_index(made_up_index(backbone, *LARGE), path)
    return path


def test_time_a_photo_hardly_grows_with_the_index(
    backbone: LoadedBackbone, large: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_index(made_up_index(backbone, *SMALL), tmp_path / "small")
    start = time.perf_counter()
    opened = open_index(large, backbone)
    opening = time.perf_counter() - start
    recognisers = (
        PhotoRecogniser(backbone, open_index(tmp_path / "small", backbone)),
        PhotoRecogniser(backbone, opened),
    )
    photo = np.asarray(scene(640, 480))

    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(WARM_UP + TIMES):  # in turns, so that other work on the machine hits both alike
        for recogniser, spent in zip(recognisers, times, strict=True):
            start = time.perf_counter()
            recogniser.recognise([photo])
            spent.append(time.perf_counter() - start)
    few, many = (statistics.median(spent[WARM_UP:]) for spent in times)

    with capsys.disabled():
        print(f"\n{'measured':<52}{'':>10}{'ratio':>8}")
        print(f"{'one photo, 1,000 references in 50 items':<52}{1000 * few:>7.0f} ms{1:>8.2f}")
        print(f"{'one photo, 100,000 references in 5,000 items':<52}{1000 * many:>7.0f} ms{many / few:>8.2f}")
        print(f"{'that index checked and loaded':<52}{opening:>8.2f} s")
        print(f"{'that index':<52}{large.stat().st_size / MEBIBYTE:>6.0f} MiB")
    assert large.stat().st_size <= 400e6
    assert many / few <= 1.15
    assert opening <= 2


@pytest.mark.parametrize(
    ("who", "preamble", "at_most"), [("ml alone", "", 350e6), ("a web worker", WEB_WORKER, 450e6)]
)
def test_memory_after_a_hundred_answers(
    exported_backbone: Path,
    large: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    who: str,
    preamble: str,
    at_most: float,
) -> None:
    command = [sys.executable, "-c", preamble + AFTER_100_ANSWERS, str(exported_backbone), str(large), "100"]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "VAR_DIR": str(tmp_path),
        "PYTHONPATH": str(CHECKOUT),
    }
    child = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    kibibytes = int(child.stdout)
    with capsys.disabled():
        print(f"\n{f'memory of {who} after 100 answers':<52}{kibibytes / 1024:>6.0f} MiB")
    assert kibibytes * 1024 <= at_most
