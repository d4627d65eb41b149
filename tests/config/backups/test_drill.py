"""The restore drill: a case with its photo, back in an installation that knew nothing of it."""

from pathlib import Path

import pytest
from django.core.management import call_command

from config.backups import BackupError, databases, make, making
from identify.models import Photo
from tests.config.backups.installation import empty_installation, make_case

# What isn't committed is in no snapshot.
pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def test_a_restored_installation_answers_with_the_same_photo(installation, backups, tmp_path: Path):
    photo = make_case()
    made = make(backups)
    path = made.path

    with empty_installation(tmp_path / "new") as new:
        restored = new.manage("restore", str(path))
        assert restored.returncode == 0, restored.stderr
        assert f"Digest: {made.manifest.digest}" in restored.stdout
        assert new.manage("migrate", "--check").returncode == 0
        found = new.look()
        assert found == {
            "sha256": photo.sha256,
            "kept": photo.sha256,
            "page": 200,
            "named": True,
            "path": photo.original.name,
        }
        assert new.files() == ["1", "1.jpg", "backbone.onnx", "правила.txt"]

        again = new.manage("restore", str(path))
        assert again.returncode == 1
        assert "The database is not empty" in again.stderr
        assert new.look() == found


def test_the_copy_is_of_one_moment(installation, backups, monkeypatch):
    """A case that is opened while the files are read belongs to the next backup."""
    make_case()
    read = making._add_files

    def read_late(*arguments) -> None:
        case = Photo.objects.get(position=1).case
        Photo.objects.get_or_create(
            case=case, position=2, defaults=dict.fromkeys(("size", "width", "height"), 1)
        )
        read(*arguments)

    monkeypatch.setattr(making, "_add_files", read_late)
    counts = make(backups).manifest.counts
    assert Photo.objects.count() == 2
    assert counts["identify_photo"] == 1
    assert counts["accounts_user"] == 1


def test_a_damaged_dump_leaves_the_new_installation_empty(installation, backups, tmp_path: Path, monkeypatch):
    """The archive is whole, but the engine refuses what is in it: the files written before it go again."""
    make_case()
    copy = databases.copy_to

    def damaged_copy(folder: Path) -> databases.Snapshot:
        snapshot = copy(folder)
        content = snapshot.path.read_bytes()
        snapshot.path.write_bytes(content[:100] + bytes(len(content) - 100))
        return snapshot

    monkeypatch.setattr(making.databases, "copy_to", damaged_copy)
    path = make(backups).path
    with empty_installation(tmp_path / "new") as new:
        refused = new.manage("restore", str(path))
        assert refused.returncode == 1, refused.stdout
        assert "Traceback" not in refused.stderr
        assert new.files() == []
        monkeypatch.undo()
        restored = new.manage("restore", str(make(backups / "good.tar").path))
        assert restored.returncode == 0, restored.stderr


def test_a_photo_that_was_altered_behind_the_sites_back_is_named(installation, backups, capsys):
    photo = make_case()
    assert make(backups / "sound.tar").broken_seals == []
    with photo.original.storage.open(photo.original.name, "r+b") as file:
        file.write(b"altered")
    call_command("backup", str(backups))
    told = capsys.readouterr().err
    assert photo.original.name in told
    assert "sealed originals are damaged: 1" in told


def test_an_empty_database_is_nothing_to_back_up(installation, backups, monkeypatch):
    monkeypatch.setitem(databases.TABLES, databases.connection.vendor, "SELECT 'other'")
    with pytest.raises(BackupError, match="nothing to back up"):
        make(backups)
    assert list(backups.iterdir()) == []
