"""The site can be closed for a while, also while the database is away."""

import datetime
import io
import re
from unittest import mock

import pytest
from django.core.management import call_command
from django.utils import timezone


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


def maintenance(*arguments: str) -> str:
    out = io.StringIO()
    call_command("maintenance", *arguments, stdout=out)
    return out.getvalue()


def test_while_it_is_on_every_page_says_so_in_the_readers_language(client):
    maintenance("on", "--minutes", "30")
    response = client.get("/ar/guide/")
    assert response.status_code == 503
    assert 1790 <= int(response["Retry-After"]) <= 1800
    assert '<html lang="ar"' in response.content.decode()
    assert "Content-Security-Policy" in response


def test_programs_get_a_problem_document(client):
    maintenance("on")
    response = client.post("/api/v1/identifications")
    assert response.status_code == 503
    assert response.json()["code"] == "maintenance"
    assert response["Content-Type"] == "application/problem+json"
    assert "Retry-After" in response


def test_static_files_stay_reachable(client, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    (settings.STATIC_ROOT / "content").mkdir(parents=True)
    (settings.STATIC_ROOT / "content" / "quaymark.css").write_text("body {}")
    maintenance("on")
    assert client.get("/static/content/quaymark.css").status_code == 200


@pytest.mark.django_db
def test_switched_off_the_site_is_back(client):
    maintenance("on")
    assert "is open" in maintenance("off")
    assert client.get("/en/accounts/login/").status_code == 200


def test_a_file_made_by_hand_closes_the_site_too(client, var_dir):
    (var_dir / "maintenance").touch()
    response = client.get("/en/")
    assert (response.status_code, response["Retry-After"]) == (503, "600")


def test_when_it_takes_longer_the_site_stays_closed(client):
    maintenance("on", "--minutes", "10")
    later = timezone.now() + datetime.timedelta(hours=1)
    with mock.patch("config.maintenance.timezone.now", return_value=later):
        response = client.get("/en/")
    assert (response.status_code, response["Retry-After"]) == (503, "60")


def test_its_state_can_be_asked_for():
    assert "is open" in maintenance("status")
    maintenance("on", "--minutes", "5")
    assert re.search(r"is closed; visitors come back in (299|300) s", maintenance("status"))
