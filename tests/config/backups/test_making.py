"""A backup is there as a whole or not at all, and a restore likewise."""

import errno
import stat
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages

from config.backups import BackupError, databases, make, restore, restoring
from config.backups.archive import Writer


@pytest.fixture
def empty_database(monkeypatch) -> list[Path]:
    """The test's own database is never empty; what would be loaded into it is noted instead."""
    loaded: list[Path] = []
    monkeypatch.setattr(databases, "is_empty", lambda: True)
    monkeypatch.setattr(databases, "load", lambda path, counts: loaded.append(path))
    return loaded


def empty_stores(installation: Path, settings, folder: Path) -> None:
    options = {"default": {"location": folder / "media"}, "private": {"location": folder / "private"}}
    settings.STORAGES = {
        name: {**store, "OPTIONS": options.get(name, {})} for name, store in settings.STORAGES.items()
    }
    settings.MODELS_ROOT = folder / "models"


def test_only_its_owner_may_read_it(archive):
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_nothing_but_the_archive_is_left(archive, backups):
    assert list(backups.iterdir()) == [archive]


def test_it_replaces_no_file(archive):
    before = archive.read_bytes()
    with pytest.raises(BackupError, match="already there"):
        make(archive)
    assert archive.read_bytes() == before


def test_a_folder_that_is_not_there(installation, backups):
    with pytest.raises(BackupError, match="There is no folder"):
        make(backups / "missing" / "quaymark.tar")


def test_the_disk_fills_up_while_it_is_made(installation, backups, monkeypatch):
    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Writer, "seal", full)
    with pytest.raises(BackupError, match=r"is full\. No backup was made"):
        make(backups)
    assert list(backups.iterdir()) == []


def test_a_file_that_is_deleted_after_it_was_listed_is_left_out(installation, backups, monkeypatch):
    opened = FileSystemStorage.open

    def gone(store: FileSystemStorage, name: str, mode: str = "rb"):
        if name == "backbone.onnx":
            raise FileNotFoundError(name)
        return opened(store, name, mode)

    monkeypatch.setattr(FileSystemStorage, "open", gone)
    assert [part.name.split("/")[0] for part in make(backups).manifest.parts] == ["database"]


def test_stores_that_are_not_empty(archive, empty_database, installation):
    with pytest.raises(BackupError, match=r"“default” is not empty: it holds public\.txt"):
        restore(archive)
    assert (installation / "media" / "public.txt").read_text() == "public"
    assert empty_database == []


def test_a_model_that_is_already_there_may_stay(archive, empty_database, installation):
    (installation / "media" / "public.txt").unlink()
    restore(archive)
    assert (installation / "media" / "public.txt").read_text() == "public"
    assert len(empty_database) == 1


def test_another_model_of_that_name_may_not(archive, empty_database, installation):
    (installation / "media" / "public.txt").unlink()
    (installation / "models" / "backbone.onnx").write_bytes(b"another")
    with pytest.raises(BackupError, match="“models” is not empty"):
        restore(archive)


def test_too_little_room_is_said_before_anything_is_written(
    archive, empty_database, installation, settings, tmp_path, monkeypatch
):
    empty_stores(installation, settings, tmp_path / "new")
    usage = restoring.shutil.disk_usage(tmp_path)._replace(free=10)
    monkeypatch.setattr(restoring.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(BackupError, match="Nothing was changed"):
        restore(archive)
    assert not (tmp_path / "new").exists()


def test_the_disk_fills_up_while_it_is_restored(
    archive, empty_database, installation, settings, tmp_path, monkeypatch
):
    empty_stores(installation, settings, tmp_path / "new")
    save = FileSystemStorage._save

    def full(store: FileSystemStorage, name: str, content: object) -> str:
        saved = save(store, name, content)
        if name == "backbone.onnx":
            raise OSError(errno.ENOSPC, "No space left on device")
        return saved

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(BackupError, match=r"The disk is full\. Nothing was restored"):
        restore(archive)
    assert [path for path in (tmp_path / "new").rglob("*") if path.is_file()] == []
    assert empty_database == []


def test_a_store_that_knows_no_folders_on_disk(installation, backups, settings):
    """As with S3: only Django's storage API is asked."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    storages["default"].save("documents/rules.txt", ContentFile(b"rules"))
    assert "files/default/documents/rules.txt" in {part.name for part in make(backups).manifest.parts}
