"""From a photo file to what is seen in nine views, as a ratio to the bare forward passes it needs."""

import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

from ml.backbone import LoadedBackbone, open_backbone
from ml.decoding import decode_pixels
from ml.describing import VIEWS
from ml.sandbox import Decoder
from ml.views import look_at, views
from tests.bench.photos import photo_as_from_a_phone, seconds

WARM_UP, TIMES = 3, 15
THREADS = 2


@pytest.fixture(scope="module")
def backbone(exported_backbone: Path) -> LoadedBackbone:
    return open_backbone(exported_backbone, threads=THREADS)


@pytest.fixture
def child() -> Iterator[Decoder]:
    child = Decoder()
    yield child
    child.close()


@pytest.mark.parametrize(
    ("name", "size", "may_cost"), [("640 px", (640, 480), 1.3), ("12 megapixels", (4000, 3000), 1.7)]
)
def test_looking_costs_little_more_than_its_forward_passes(
    backbone: LoadedBackbone, child: Decoder, capsys, name: str, size: tuple[int, int], may_cost: float
) -> None:
    content = photo_as_from_a_phone(*size)
    batch = views(decode_pixels(content), backbone.spec, VIEWS)
    looked, from_child, passes = [], [], []
    for _ in range(WARM_UP + TIMES):
        passes.append(seconds(lambda: backbone.look(batch)))
        looked.append(seconds(lambda: look_at(decode_pixels(content), backbone, VIEWS)))
        from_child.append(seconds(lambda: look_at(child.decode(content).pixels, backbone, VIEWS)))
    bare, whole, safe = (statistics.median(each[WARM_UP:]) for each in (passes, looked, from_child))

    with capsys.disabled():
        heading = f"bare forward passes ({len(VIEWS)} views, {THREADS} threads)"
        print(f"\n{name + ', median of ' + str(TIMES):<56}{'ms':>8}{'ratio':>8}")
        print(f"{heading:<56}{1000 * bare:>8.1f}{1:>8.2f}")
        print(f"{'decoded, viewed, looked at':<56}{1000 * whole:>8.1f}{whole / bare:>8.2f}")
        print(f"{'the same, decoded for people too, in the child':<56}{1000 * safe:>8.1f}{safe / bare:>8.2f}")
    assert whole / bare <= may_cost
