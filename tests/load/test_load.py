"""The load test in small: ten seconds on PostgreSQL, with a web process killed in the middle.

`make load` is the real one, and kills the worker as well.
"""

import os
import socket
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from tests.factories import make_module
from tests.load import people
from tests.load.kept import lost
from tests.load.serving import Serving
from tests.load.traffic import Photo, Report, Site, Traffic
from tests.whole_guide import give_whole_guide

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

SECONDS, READERS, UPLOADS = 10, 10, 1.0


@pytest.fixture
def on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer; the load test is about PostgreSQL")


@pytest.fixture
def serving(on_postgresql, transactional_db, models_root: Path, tmp_path: Path):
    """The site on the test's own database and files."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = connection.settings_dict
    person = found["USER"] + (f":{found['PASSWORD']}" if found["PASSWORD"] else "")
    server = f"{found['HOST'] or '127.0.0.1'}:{found['PORT'] or 5432}"
    own = {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "DATABASE_URL": f"postgres://{person}@{server}/{found['NAME']}",
        "SECRET_KEY": django_settings.SECRET_KEY,
        "VAR_DIR": str(tmp_path),
        "PRIVATE_ROOT": str(django_settings.PRIVATE_ROOT),
        "MODELS_ROOT": str(models_root),
        "WEB_CONCURRENCY": "2",
    }
    serving = Serving({**os.environ, **own}, port, tmp_path / "log")
    serving.start_site()
    yield serving
    serving.stop()


def test_nobody_sees_an_error_and_nothing_acknowledged_is_lost(serving: Serving):
    give_whole_guide()
    module = make_module()
    traffic = Traffic(
        site=Site(serving.address),
        readers=people.readers(READERS),
        addresses=["/en/", "/en/modules/", module.pages["en"].url, module.pages["fr"].url, "/en/guide/"],
        tokens=people.tokens(3),
        photos=people.photos(3, megapixels=2),
        uploads_a_second=UPLOADS,
        seconds=SECONDS,
    )
    report = traffic.run(beside=[(SECONDS / 2, serving.kill_one_web_process)])
    assert report.errors == [], "\n".join(report.lines())
    assert len(report.acknowledged) == SECONDS * UPLOADS
    assert len(report.reading) > READERS
    assert lost(report.acknowledged) == []


def test_a_photo_that_is_not_kept_is_found_out(transactional_db):
    """The count itself can fail."""
    assert lost({"00000000-0000-0000-0000-000000000000": "0" * 64}) != []


def test_an_error_of_the_site_is_reported():
    """Nobody listens there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        site = Site(f"http://127.0.0.1:{free.getsockname()[1]}")
        traffic = Traffic(site, [{}], ["/"], ["token"], [Photo(b"photo", "0")], 5, 1)
        report: Report = traffic.run()
    assert len(report.errors) >= 5
    assert report.acknowledged == {}
