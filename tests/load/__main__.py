"""`python -m tests.load`: the load test on PostgreSQL, on this machine alone. `make load` runs it.

50 readers at once and 5 photos a second for two minutes, against the site as an installation serves it
(production settings, gunicorn, worker, Redis where it answers). A web process and the worker are killed in
the middle; nothing that was acknowledged may be lost. With set-up it takes about five minutes.
"""

import argparse
import os
import secrets
import socket
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg

from tests.load.serving import CHECKOUT, Serving
from tests.load.traffic import Site, Traffic

HOST = "quaymark.example"
SERVER = os.environ.get("POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
TASKS = 60
# So many that none of them reaches the limit on how often one person may send photos.
OFFICERS = 60
TASK_LIMIT = 180  # seconds: a lost task is noticed after one minute


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--uploads", type=float, default=5, help="photos a second")
    parser.add_argument("--megapixels", type=int, default=12, help="of each photo")
    parser.add_argument("--port", type=int, default=8105)
    chosen = parser.parse_args()
    with _database() as address, tempfile.TemporaryDirectory(prefix="quaymark-load-") as folder:
        os.environ.update(_environment(address, Path(folder)))
        django.setup()
        return _run(chosen, Path(folder))


def _run(chosen: argparse.Namespace, folder: Path) -> int:
    from django.core.management import call_command

    from tests.load import people
    from tests.load.kept import lost
    from tests.load.slow_task import take_a_while

    print("== Preparing: database, content, people, photos", flush=True)
    for command in (("migrate",), ("load_content",), ("collectstatic", "--noinput")):
        call_command(*command, verbosity=0)
    traffic = Traffic(
        site=Site(f"http://127.0.0.1:{chosen.port}", {"Host": HOST, "X-Forwarded-Proto": "https"}),
        readers=people.readers(chosen.readers),
        addresses=_addresses(),
        tokens=people.tokens(OFFICERS),
        photos=people.photos(10, chosen.megapixels),
        uploads_a_second=chosen.uploads,
        seconds=chosen.seconds,
    )
    serving = Serving(dict(os.environ), chosen.port, folder / "log")
    serving.start_site()
    serving.start_worker()
    print(
        f"== {chosen.readers} readers, {chosen.uploads:g} photos a second ({chosen.megapixels} MP, about "
        f"{len(traffic.photos[0].content) / 1e6:.1f} MB), {chosen.seconds} s, {os.cpu_count()} cores",
        flush=True,
    )
    results = [take_a_while.enqueue(number).id for number in range(TASKS)]
    try:
        report = traffic.run(
            beside=[
                (chosen.seconds / 3, serving.kill_one_web_process),
                (min(10.0, chosen.seconds / 2), lambda: _kill_at_work(serving)),
                (2 * chosen.seconds / 3, serving.kill_one_web_process),
            ]
        )
        undone = _wait_for(results)
    finally:
        serving.stop()
    print("\n".join(report.lines()))
    missing = lost(report.acknowledged)
    print(f"acknowledged: {len(report.acknowledged)}, of which lost: {len(missing)}")
    print(f"tasks: {len(results)}, of which not done: {undone}")
    if report.errors:
        print((folder / "log").read_text()[-4000:], file=sys.stderr)
    return 1 if report.errors or missing or undone else 0


def _addresses() -> list[str]:
    from wagtail.models import Page

    from content.models import ReferenceItem

    pages = [page.url for page in Page.objects.live().filter(depth__gte=2).specific() if page.url]
    guide = [f"/{language}/guide/" for language in ("en", "fr", "ar")]
    items = [item.get_absolute_url() for item in ReferenceItem.objects.all()[:20]]
    return sorted({*pages, *guide, *items})


def _kill_at_work(serving: Serving) -> None:
    """Kill the worker while it is at a task, and start another, as systemd and compose do."""
    from django_tasks_db.models import DBTaskResult

    while not DBTaskResult.objects.running().exists():
        time.sleep(0.01)
    serving.kill_worker()
    serving.start_worker()


def _wait_for(results: list[str]) -> int:
    from django_tasks_db.models import DBTaskResult

    deadline = time.monotonic() + TASK_LIMIT
    while undone := len(results) - DBTaskResult.objects.successful().filter(pk__in=results).count():
        if time.monotonic() > deadline:
            break
        time.sleep(0.5)
    return undone


@contextmanager
def _database() -> Iterator[str]:
    name = f"quaymark_load_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(SERVER, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{SERVER.rsplit('/', 1)[0]}/{name}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _environment(database: str, folder: Path) -> dict[str, str]:
    models = os.environ.get("MODELS_ROOT", str(CHECKOUT / "var" / "models"))
    own = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DATABASE_URL": database,
        "VAR_DIR": str(folder),
        "MODELS_ROOT": models,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": HOST,
        "BASE_URL": f"https://{HOST}",
    }
    with socket.socket() as redis:
        if redis.connect_ex(("127.0.0.1", 6379)) == 0:
            own["REDIS_URL"] = "redis://127.0.0.1:6379/8"
    return own


if __name__ == "__main__":
    sys.exit(main())
