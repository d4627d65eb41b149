"""Photo in to answer out through HTTP, as a ratio to the bare forward passes it needs."""

import datetime
import statistics
import urllib.request
from pathlib import Path

import pytest

from accounts.models import ApiToken
from ml.backbone import open_backbone
from ml.decoding import decode_pixels
from ml.recognise import NAME_VIEWS
from ml.views import views
from tests.bench.photos import photo_as_from_a_phone, seconds
from tests.factories import make_user

WARM_UP, TIMES = 5, 25
MAY_TAKE = 2.0  # seconds, on two cores
BOUNDARY = "bench"


@pytest.mark.django_db(transaction=True)
def test_photo_to_answer(live_server, models_root: Path, settings, capsys, request):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "identification": [], "api": []}
    request.getfixturevalue("whole_guide")
    content = photo_as_from_a_phone(4000, 3000)
    asked = http_request(f"{live_server.url}/api/v1/identifications", token(), content)
    backbone = open_backbone(models_root, threads=settings.RECOGNISER_THREADS)
    batch = views(decode_pixels(content), backbone.spec, NAME_VIEWS)

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
