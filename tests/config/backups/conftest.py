import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from config.backups import make


@pytest.fixture
def installation(db, settings, tmp_path: Path) -> Iterator[Path]:
    """The files of the test's own installation, in a folder of their own, with one model."""
    folder = tmp_path / "installation"
    storages = {name: {**store} for name, store in django_settings.STORAGES.items()}
    storages["default"]["OPTIONS"] = {"location": folder / "media"}
    settings.STORAGES = storages
    settings.MODELS_ROOT = folder / "models"
    settings.MODELS_ROOT.mkdir(parents=True)
    (settings.MODELS_ROOT / "backbone.onnx").write_bytes(b"a model")
    (settings.MODELS_ROOT / "backbone.lock").touch()
    # Photos remember the store they were declared with, so that one stays where it is.
    shutil.rmtree(settings.PRIVATE_ROOT, ignore_errors=True)
    yield folder
    shutil.rmtree(settings.PRIVATE_ROOT, ignore_errors=True)


@pytest.fixture
def backups(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "backups"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def archive(installation: Path, backups: Path) -> Path:
    """A backup of an installation with a model, a public file and nothing else."""
    (installation / "media").mkdir()
    (installation / "media" / "public.txt").write_text("public")
    return make(backups).path
