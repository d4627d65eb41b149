"""Photo in to answer out through HTTP, as a ratio to the bare forward passes it needs."""

import datetime
import io
import statistics
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from accounts.models import ApiToken
from ml.backbone import open_backbone
from ml.decoding import decode
from ml.recognise import NAME_VIEWS
from ml.views import views
from tests.factories import make_user

WARM_UP, TIMES = 5, 25
MAY_TAKE = 2.0  # seconds, on two cores
BOUNDARY = "bench"


@pytest.mark.django_db(transaction=True)
def test_photo_to_answer(live_server, models_root: Path, settings, capsys, request):
    request.getfixturevalue("whole_guide")
    content = photo_of_twelve_megapixels()
    asked = http_request(f"{live_server.url}/api/v1/identifications", token(), content)
    backbone = open_backbone(models_root, threads=settings.RECOGNISER_THREADS)
    batch = views(decode(content).pixels, backbone.spec, NAME_VIEWS)

    answer, passes = [], []
    for _ in range(WARM_UP + TIMES):
        answer.append(seconds(lambda: urllib.request.urlopen(asked, timeout=30).read()))
        passes.append(seconds(lambda: backbone.look(batch)))
    http, bare = statistics.median(answer[WARM_UP:]), statistics.median(passes[WARM_UP:])

    with capsys.disabled():
        print(f"\n{'measured':<44}{'ms':>8}{'ratio':>8}")
        print(f"{f'bare forward passes ({len(batch)} views)':<44}{1000 * bare:>8.1f}{1:>8.1f}")
        print(f"{'12 MP photo in, answer out, through HTTP':<44}{1000 * http:>8.1f}{http / bare:>8.1f}")
        print(f"median of {TIMES} after {WARM_UP}; {settings.RECOGNISER_THREADS} threads")
    assert http < MAY_TAKE


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def photo_of_twelve_megapixels() -> bytes:
    """Smooth shapes with some grain, so that it weighs what a phone's photo weighs."""
    random = np.random.default_rng(2026)
    rough = Image.fromarray(random.integers(0, 256, (30, 40, 3), dtype=np.uint8)).resize((4000, 3000))
    grain = random.normal(0, 6, (3000, 4000, 1))
    photo = Image.fromarray(np.clip(np.asarray(rough) + grain, 0, 255).astype(np.uint8))
    file = io.BytesIO()
    photo.save(file, "JPEG", quality=88)
    return file.getvalue()


def token() -> str:
    return ApiToken.issue(make_user(roles=("officer",)), "bench", datetime.timedelta(hours=1))


def http_request(address: str, secret: str, content: bytes) -> urllib.request.Request:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photos"; filename="p.jpg"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    headers = {
        "Authorization": f"Bearer {secret}",
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
    }
    return urllib.request.Request(address, body, headers)
