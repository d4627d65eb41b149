"""What machines ask: is the process up, can it serve, what does it count."""

import datetime
from unittest import mock

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config.models import WorkerPulse
from config.readiness import readiness

TOKEN = "a token that is long enough"
DOWN = mock.patch(
    "django.db.backends.utils.CursorWrapper.execute", side_effect=OperationalError("db.internal")
)


@pytest.fixture(autouse=True)
def all_there(settings, tmp_path):
    """A house in order: a backbone, a store, the database's queue."""
    settings.VAR_DIR = tmp_path
    settings.MODELS_ROOT = tmp_path
    (tmp_path / "backbone.onnx").touch()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def worker(db):
    WorkerPulse.objects.beat("a-worker")


def test_the_process_is_up_whatever_host_is_asked_and_whatever_else_is_down(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    (settings.VAR_DIR / "maintenance").touch()
    response = client.get("/health/", headers={"host": "10.0.0.7"})
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_with_everything_in_order_the_site_is_ready(client, worker):
    response = client.get("/ready/", headers={"host": "10.0.0.7"})
    assert response.status_code == 200
    assert response.json()["status"] == "ready"
    assert set(response.json()["checks"].values()) == {"ok"}


@pytest.mark.django_db
def test_without_its_database_the_site_is_not_ready_and_tells_strangers_no_host(client):
    with DOWN:
        response = client.get("/ready/")
    assert response.status_code == 503
    assert response.json()["checks"]["database"] == "The database does not answer."
    assert "internal" not in response.content.decode()


STRANGERS = [
    {"REMOTE_ADDR": "203.0.113.7"},
    {"HTTP_X_FORWARDED_FOR": "203.0.113.7"},
    {"HTTP_AUTHORIZATION": "Bearer wrong"} | {"REMOTE_ADDR": "203.0.113.7"},
]


@pytest.mark.django_db
@pytest.mark.parametrize("asks", STRANGERS)
@pytest.mark.parametrize("token", ["", TOKEN])
def test_strangers_learn_whether_the_site_is_ready_and_not_what_ails_it(client, settings, asks, token):
    settings.METRICS_TOKEN = token
    with DOWN:
        response = client.get("/ready/", **asks)
    assert (response.status_code, response.json()) == (503, {"status": "not ready"})


def test_who_holds_the_token_learns_from_anywhere_what_ails_the_site(client, settings, worker):
    settings.METRICS_TOKEN = TOKEN
    response = client.get("/ready/", REMOTE_ADDR="203.0.113.7", headers={"authorization": f"Bearer {TOKEN}"})
    assert response.json()["checks"]["database"] == "ok"


@pytest.mark.django_db
def test_a_database_older_than_the_code_is_said_with_the_command_that_helps(client):
    with (
        mock.patch("config.readiness._migrated", set()),
        mock.patch("config.readiness.MigrationExecutor.migration_plan", return_value=["0002"]),
    ):
        response = client.get("/ready/")
    assert response.status_code == 503
    assert "manage.py migrate" in response.json()["checks"]["migrations"]


def test_static_files_that_nobody_has_collected_are_said_with_the_command_that_helps(
    client, worker, settings
):
    manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": manifest}}
    response = client.get("/ready/")
    assert response.status_code == 503
    assert "collectstatic" in response.json()["checks"]["static"]


def test_a_store_that_takes_no_files_is_said(worker):
    with mock.patch("django.core.files.storage.FileSystemStorage._save", side_effect=PermissionError):
        assert readiness()["files"] == "The store of files does not answer."


def test_a_cache_that_is_away_is_said(worker):
    with mock.patch("config.readiness.cache.set", side_effect=ConnectionError):
        assert readiness()["cache"] == "The cache does not answer."


def test_without_a_worker_or_a_recogniser_pages_are_still_served(client, db, settings):
    (settings.MODELS_ROOT / "backbone.onnx").unlink()
    response = client.get("/ready/")
    assert response.status_code == 200
    assert response.json()["checks"]["worker"] == "No worker is running. Start one."
    assert "ml export" in response.json()["checks"]["recogniser"]


def waiting(seconds: int) -> None:
    result = DBTaskResult.objects.create(args_kwargs={}, priority=0, task_path="x", backend_name="default")
    moment = timezone.now() - datetime.timedelta(seconds=seconds)
    DBTaskResult.objects.filter(pk=result.pk).update(enqueued_at=moment)


@pytest.mark.parametrize(("seconds", "fine"), [(300, True), (900, False)])
def test_tasks_that_wait_for_too_long_are_said(worker, seconds, fine):
    waiting(seconds)
    assert (readiness()["worker"] == "ok") == fine


def test_whoever_asks_again_and_again_costs_nothing(client, worker):
    client.get("/ready/")
    with mock.patch("config.readiness.readiness") as asked:
        assert client.get("/ready/").status_code == 200
    asked.assert_not_called()


@pytest.mark.django_db
def test_without_a_token_there_are_no_figures(client):
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize("presented", ["", "Bearer wrong", TOKEN, "Bearer é"])
def test_figures_are_only_for_who_holds_the_token(client, settings, presented):
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers={"authorization": presented}).status_code == 401


def test_figures_say_how_the_house_stands(client, settings, worker):
    settings.METRICS_TOKEN = TOKEN
    waiting(90)
    text = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).content.decode()
    assert 'quaymark_ready{check="database"} 1.0' in text
    assert "quaymark_tasks_waiting 1.0" in text
    assert "quaymark_workers 1.0" in text
    assert "quaymark_oldest_task_seconds 9" in text


@pytest.mark.django_db
def test_figures_come_without_the_database_too(client, settings):
    settings.METRICS_TOKEN = TOKEN
    with DOWN:
        text = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).content.decode()
    assert 'quaymark_ready{check="database"} 0.0' in text
