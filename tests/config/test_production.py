"""Production starts only when it is told everything, and says all that is missing in one message."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings.demands import problems

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "quaymark.example, .customs.example",
    "BASE_URL": "https://quaymark.example",
    "DATABASE_URL": "postgres://quaymark:secret@db.example/quaymark",
}
S3 = {
    "S3_MEDIA_BUCKET": "pictures",
    "S3_PRIVATE_BUCKET": "evidence",
    "S3_ACCESS_KEY_ID": "testing",
    "S3_SECRET_ACCESS_KEY": "testing",
}
AT_SCALE = {
    **COMPLETE,
    **S3,
    "REDIS_URL": "redis://redis.example:6379/0",
    "TASK_QUEUE": "redis",
    "CSRF_TRUSTED_ORIGINS": "https://quaymark.example",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example:587",
    "DEFAULT_FROM_EMAIL": "quaymark@quaymark.example",
    "HSTS_SECONDS": "31536000",
    "HSTS_SUBDOMAINS": "yes",
    "HSTS_PRELOAD": "yes",
    "METRICS_TOKEN": "a-token-that-is-long-enough",
    "PROMETHEUS_MULTIPROC_DIR": "FOLDER/metrics",
}


def run(environ: dict[str, str], tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    own = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    own["DJANGO_SETTINGS_MODULE"] = "config.settings.production"
    environ = {name: value.replace("FOLDER", str(tmp_path)) for name, value in environ.items()}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env={**own, **environ}, capture_output=True, text=True)


@pytest.mark.parametrize("environ", [COMPLETE, AT_SCALE], ids=["one machine", "at scale"])
def test_with_all_settings_django_finds_nothing_to_complain_of(environ, tmp_path):
    checked = run(environ, tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout + checked.stderr


def test_the_web_server_names_all_that_is_missing_at_once(tmp_path):
    started = run({"S3_MEDIA_BUCKET": "pictures"}, tmp_path, "-c", "import config.wsgi")
    assert started.returncode != 0
    message = started.stderr[started.stderr.index("Quaymark does not start yet") :]
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "DATABASE_URL", "S3_PRIVATE_BUCKET"):
        assert f"\n  - {name} is missing" in message


def test_a_complete_environment_has_no_problems():
    assert problems(COMPLETE) == problems(AT_SCALE) == []


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too easy"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is too easy"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name each"),
        ({"ALLOWED_HOSTS": "https://quaymark.example"}, "ALLOWED_HOSTS must hold host names alone"),
        ({"BASE_URL": "http://quaymark.example"}, "BASE_URL must begin"),
        ({"BASE_URL": "https://elsewhere.example"}, "BASE_URL names a host"),
        ({"CSRF_TRUSTED_ORIGINS": "quaymark.example"}, "CSRF_TRUSTED_ORIGINS"),
        ({"DATABASE_URL": "mysql://host/name"}, "DATABASE_URL must begin"),
        ({"DATABASE_URL": "sqlite://:memory:"}, "DATABASE_URL must name a file"),
        ({"DATABASE_URL": "postgres://host"}, "DATABASE_URL must name the database"),
        ({"REDIS_URL": "localhost:6379"}, "REDIS_URL must begin"),
        ({"TASK_QUEUE": "celery"}, "TASK_QUEUE must be"),
        ({"TASK_QUEUE": "redis"}, "TASK_QUEUE is “redis”, but REDIS_URL is missing"),
        ({"S3_ACCESS_KEY_ID": "key"}, "S3_SECRET_ACCESS_KEY is missing"),
        ({**S3, "S3_PRIVATE_BUCKET": "pictures"}, "S3_PRIVATE_BUCKET must be another"),
        ({**S3, "PRIVATE_ROOT": "/srv/private"}, "PRIVATE_ROOT is set, but files go to S3"),
        ({**S3, "S3_ENDPOINT_URL": "minio:9000"}, "S3_ENDPOINT_URL must begin"),
        ({"MEDIA_ROOT": "/srv/media", "PRIVATE_ROOT": "/srv/media/private"}, "PRIVATE_ROOT must lie outside"),
        ({"HSTS_PRELOAD": "yes"}, "HSTS_PRELOAD needs"),
        ({"HSTS_SECONDS": "a year"}, "HSTS_SECONDS must be a whole number"),
        ({"HSTS_SUBDOMAINS": "perhaps"}, "HSTS_SUBDOMAINS must be"),
        ({"TIME_ZONE": "Mars/Base"}, "TIME_ZONE is not known"),
        ({"METRICS_TOKEN": "short"}, "METRICS_TOKEN is too short"),
        ({"METRICS_TOKEN": "a" * 30}, "PROMETHEUS_MULTIPROC_DIR is missing"),
        ({"EMAIL_URL": "smtp://mail.example"}, "DEFAULT_FROM_EMAIL is missing"),
    ],
)
def test_what_is_missing_or_contradicts_is_named(changed, named):
    found = problems({**COMPLETE, **changed})
    assert any(problem.startswith(named) for problem in found), found


def test_a_secret_is_never_repeated():
    wrong = {
        "SECRET_KEY": "hunter2",
        "DATABASE_URL": "mysql://u:hunter2@host/name",
        "METRICS_TOKEN": "hunter2",
    }
    assert not any("hunter2" in problem for problem in problems(wrong))


S3_ROUND_TRIP = """
import boto3, django
from moto import mock_aws
with mock_aws():
    django.setup()
    from django.core.files.base import ContentFile
    from django.core.files.storage import storages
    client = boto3.client("s3", region_name="us-east-1")
    for bucket in ("pictures", "evidence"):
        client.create_bucket(Bucket=bucket)
    name = storages["default"].save("images/a.jpg", ContentFile(b"picture"))
    print(storages["default"].url(name))
    for attempt in range(2):
        name = storages["private"].save("cases/original", ContentFile(b"evidence"))
    print(storages["private"].open(name).read().decode())
    print(storages["private"].url("cases/original"))
    print(name != "cases/original")
    print(len(client.list_objects_v2(Bucket="evidence")["Contents"]))
    grants = client.get_object_acl(Bucket="evidence", Key="cases/original")["Grants"]
    print(any("AllUsers" in str(grant) for grant in grants))
"""


def test_on_s3_pictures_keep_the_sites_address_and_evidence_stays_closed(tmp_path):
    done = run({**COMPLETE, **S3, "S3_REGION": "us-east-1"}, tmp_path, "-c", S3_ROUND_TRIP)
    assert done.returncode == 0, done.stderr
    picture, content, signed, kept_both, count, public = done.stdout.split("\n")[:6]
    assert picture == "https://quaymark.example/media/images/a.jpg"
    assert content == "evidence"
    assert "Signature=" in signed and "xpires=" in signed
    assert (kept_both, count, public) == ("True", "2", "False")
