"""The steps of an installation, from the container file and the compose file, run without containers.

With PostgreSQL and Redis where they answer on this machine; otherwise with SQLite and without Redis.
"""

import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
import yaml

from tests.deploy.containerfile import read, words

ROOT = Path(__file__).resolve().parents[2]
HOST = "quaymark.example"
LIMIT = 120  # seconds
SERVER = "postgres://postgres@127.0.0.1:5432"
REDIS = ("127.0.0.1", 6379)
LOOK_AT_TASK = """
from django_tasks_db.models import DBTaskResult
print(DBTaskResult.objects.get(task_path="wagtail.tasks.update_reference_index_task").status)
"""
ENQUEUE = """
from wagtail.tasks import update_reference_index_task
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page
DBTaskResult.objects.all().delete()
update_reference_index_task.enqueue("wagtailcore", "page", Page.objects.first().pk)
"""


@dataclass
class Installation:
    """A copy of what the image holds, with an environment like a container's."""

    folder: Path
    environment: dict[str, str]

    def run(self, *command: str) -> str:
        found = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=600
        )
        assert found.returncode == 0, f"{' '.join(command)}\n{found.stdout}\n{found.stderr}"
        return found.stdout

    def start(self, *command: str) -> subprocess.Popen:
        return subprocess.Popen(command, cwd=self.folder, env=self.environment)

    def shell(self, code: str) -> str:
        return self.run("python", "manage.py", "shell", "--no-imports", "-c", code).strip()


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """An empty database: PostgreSQL's where it answers."""
    try:
        admin = psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        yield ""
        return
    name = f"running_steps_{uuid.uuid4().hex[:8]}"
    with admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{SERVER}/{name}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def installation(database: str, exported_backbone: Path, tmp_path_factory) -> Installation:
    """The last stage of the Containerfile, its COPY, ENV and RUN lines done by hand."""
    folder, var = tmp_path_factory.mktemp("opt"), tmp_path_factory.mktemp("var")
    stage = read(ROOT / "Containerfile")[-1]
    ignored = shutil.ignore_patterns("__pycache__", "*.mo", "*.env")
    for line in stage.all("COPY"):
        if line.startswith("--from"):
            continue
        *sources, target = line.split()
        for source in sources:
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, folder / target, ignore=ignored)
            else:
                shutil.copy(ROOT / source, folder / source)
    shutil.copytree(exported_backbone, folder / "models")
    environment = dict(assignment.split("=", 1) for line in stage.all("ENV") for assignment in line.split())
    environment |= {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "VAR_DIR": str(var),
        "STATIC_ROOT": str(folder / "static"),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": HOST,
        "BASE_URL": f"https://{HOST}",
        "DATABASE_URL": database or f"sqlite:///{var / 'quaymark.sqlite3'}",
        "WEB_CONCURRENCY": "1",
        "HOME": str(var),
    }
    if _answers(*REDIS):
        environment["REDIS_URL"] = f"redis://{REDIS[0]}:{REDIS[1]}/9"
    made = Installation(folder, environment)
    for line in stage.all("RUN"):
        if "deploy/" in line:
            made.run("sh", "-c", line)
    return made


@pytest.fixture(scope="module")
def services() -> dict:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]


@pytest.fixture(scope="module")
def prepared(installation: Installation, services: dict) -> Installation:
    installation.run(*services["prepare"]["command"])
    return installation


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def site(prepared: Installation, port: int) -> Iterator[subprocess.Popen]:
    """gunicorn by the image's own CMD, on a free port."""
    # These go before the configuration file; the rest of it holds.
    prepared.environment["GUNICORN_CMD_ARGS"] = f"--bind=127.0.0.1:{port}"
    started = prepared.start(*words(read(ROOT / "Containerfile")[-1].last("CMD")))
    _until(lambda: _answers("127.0.0.1", port), started)
    yield started
    # Killed, it would leave its web processes behind, which go on answering for a while.
    started.terminate()
    started.wait(timeout=LIMIT)


def test_preparing_twice_is_harmless(prepared: Installation, services: dict):
    prepared.run(*services["prepare"]["command"])


def test_the_site_answers_like_behind_its_proxy(site: subprocess.Popen, port: int):
    status, body, headers = _get(port, "/en/")
    assert status == 200
    assert "Quaymark" in body
    assert "Strict-Transport-Security" in headers
    style = body.split('rel="stylesheet" href="')[1].split('"')[0]
    assert _get(port, style)[0] == 200


def test_the_health_check_of_the_image_passes_and_fails(
    prepared: Installation, site: subprocess.Popen, port: int
):
    check = words(read(ROOT / "Containerfile")[-1].last("HEALTHCHECK"))
    prepared.environment["HEALTH_ADDRESS"] = f"http://127.0.0.1:{port}/health/"
    assert prepared.run(*check) == ""
    site.terminate()
    assert site.wait(timeout=LIMIT) == 0
    with pytest.raises(AssertionError, match="refused"):
        prepared.run(*check)


def test_a_request_that_is_under_way_is_answered_before_the_site_goes(site: subprocess.Popen, port: int):
    """Half a form has arrived when the site is told to go; the site says itself that it is reading it."""
    body = b"login=a@example.org&password=wrong"
    head = {
        **_as_proxied(),
        "Content-Length": str(len(body)),
        "Expect": "100-continue",
        "Connection": "close",
    }
    lines = [f"{name}: {value}" for name, value in head.items()]
    with socket.create_connection(("127.0.0.1", port), timeout=LIMIT) as connection:
        connection.sendall("\r\n".join(["POST /en/accounts/login/ HTTP/1.1", *lines, "", ""]).encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 Continue")
        site.send_signal(signal.SIGTERM)
        connection.sendall(body)
        assert b"HTTP/1.1 403" in connection.recv(1000)  # of a form without its token
    assert site.wait(timeout=LIMIT) == 0


def test_the_worker_does_a_task_and_goes_when_told(prepared: Installation, services: dict):
    prepared.shell(ENQUEUE)
    worker = prepared.start(*services["worker"]["command"])
    try:
        _until(lambda: prepared.shell(LOOK_AT_TASK) == "SUCCESSFUL", worker)
        worker.terminate()
        assert worker.wait(timeout=LIMIT) == 0
    finally:
        worker.kill()
        worker.wait()


def test_a_backup_of_it_can_be_made(prepared: Installation, tmp_path: Path):
    printed = prepared.run("python", "manage.py", "backup", str(tmp_path))
    (archive,) = tmp_path.iterdir()
    assert str(archive) in printed


def _as_proxied() -> dict[str, str]:
    return {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}


def _get(port: int, path: str) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
    connection.request("GET", path, headers=_as_proxied())
    answer = connection.getresponse()
    return answer.status, answer.read().decode(), dict(answer.getheaders())


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def _until(true: Callable[[], bool], process: subprocess.Popen) -> None:
    deadline = time.monotonic() + LIMIT
    while not true():
        assert process.poll() is None, "It ended by itself"
        assert time.monotonic() < deadline, "It did not happen"
        time.sleep(0.1)
