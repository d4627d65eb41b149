"""An archive that is not what `backup` wrote is refused in plain words, before anything is touched."""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from config.backups import BackupError, databases, restore
from config.backups.archive import read_whole

Members = list[tuple[tarfile.TarInfo, bytes]]


@pytest.fixture(autouse=True)
def nothing_is_touched(installation: Path, monkeypatch):
    """Whatever is refused here is refused before the stores and the database are looked at."""
    monkeypatch.setattr(databases, "is_empty", lambda: pytest.fail("The database was looked at"))
    before = sorted(installation.rglob("*"))
    yield
    now = sorted(path for path in installation.rglob("*") if path.name not in ("public.txt", "media"))
    assert [path for path in now if path not in before] == []


def rewritten(archive: Path, change: Callable[[Members], Members], seal: bool = True) -> Path:
    """The archive with other members; its manifest's digest made anew, as one who means harm would."""
    with tarfile.open(archive) as tar:
        members = [(member, tar.extractfile(member).read()) for member in tar]
    members = change(members)
    if seal:
        manifest = next(body for member, body in members if member.name == "manifest.json")
        digest = hashlib.sha256(manifest).hexdigest().encode()
        members = [(member, digest if member.name == "manifest.sha256" else body) for member, body in members]
    path = archive.with_name("rewritten.tar")
    with tarfile.open(path, "w:") as tar:
        for member, body in members:
            member.size = len(body)
            tar.addfile(member, io.BytesIO(body))
    return path


def in_manifest(change: Callable[[dict], None]) -> Callable[[Members], Members]:
    def changed(members: Members) -> Members:
        found = []
        for member, body in members:
            if member.name == "manifest.json":
                manifest = json.loads(body)
                change(manifest)
                body = json.dumps(manifest).encode()
            found.append((member, body))
        return found

    return changed


def renamed(old: str, new: str) -> Callable[[Members], Members]:
    def changed(members: Members) -> Members:
        for member, _ in members:
            if member.name == old:
                member.name = new
        return members

    return changed


def end_of(archive: Path) -> int:
    with tarfile.open(archive) as tar:
        last = tar.getmembers()[-1]
    return last.offset_data + last.size


def cut(archive: Path, kept: int) -> None:
    archive.write_bytes(archive.read_bytes()[:kept])


def refusal(path: Path) -> str:
    with pytest.raises(BackupError) as refused:
        restore(path)
    return str(refused.value)


def test_a_whole_archive_passes(archive):
    parts = {part.name for part in read_whole(archive).parts}
    assert "files/models/backbone.onnx" in parts
    assert "files/default/public.txt" in parts


@pytest.mark.parametrize("kept", [0.0, 0.01, 0.5, 0.9, 0.999])
def test_cut_off(archive, kept):
    cut(archive, int(end_of(archive) * kept))
    assert "This backup is damaged" in refusal(archive)


def test_only_the_last_byte_is_missing(archive):
    """What follows it is padding."""
    cut(archive, end_of(archive) - 1)
    assert "This backup is damaged" in refusal(archive)


def test_cut_where_a_part_ends(archive):
    """At such a place tar itself sees nothing wrong."""
    with tarfile.open(archive) as tar:
        end = tar.getmembers()[-2].offset
    archive.write_bytes(archive.read_bytes()[:end])
    assert "its end is missing" in refusal(archive)


def test_one_byte_altered_in_a_file(archive):
    content = archive.read_bytes()
    archive.write_bytes(content.replace(b"a model", b"a mudel", 1))
    assert "files/models/backbone.onnx was altered" in refusal(archive)


def test_one_byte_altered_in_the_manifest(archive):
    content = archive.read_bytes()
    at = content.rindex(b'"counts"') + 3
    archive.write_bytes(content[:at] + b"x" + content[at + 1 :])
    assert "its manifest was altered" in refusal(archive)


def test_a_missing_part(archive):
    path = rewritten(archive, lambda members: [m for m in members if "backbone" not in m[0].name])
    assert "files/models/backbone.onnx is missing" in refusal(path)


def test_a_part_that_nobody_put_there(archive):
    extra = tarfile.TarInfo("files/private/extra")
    path = rewritten(archive, lambda members: [(extra, b"x"), *members])
    assert "files/private/extra is not in its manifest" in refusal(path)


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "files/default/../../../outside", "../outside", "files/default//x", "other/x", "files/x"],
)
def test_a_name_that_leads_out(archive, name):
    path = rewritten(archive, renamed("files/default/public.txt", name))
    assert "which no backup has" in refusal(path)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_a_link_or_a_device(archive, kind):
    entry = tarfile.TarInfo("files/default/link")
    entry.type = kind
    entry.linkname = "/etc/passwd"
    path = rewritten(archive, lambda members: [(entry, b""), *members])
    assert "which no backup has" in refusal(path)


def test_a_newer_format(archive):
    path = rewritten(archive, in_manifest(lambda found: found.update(format=2, quaymark="9.0")))
    assert "newer version of Quaymark (9.0)" in refusal(path)


def test_a_database_newer_than_this_version(archive):
    path = rewritten(
        archive, in_manifest(lambda found: found["migrations"].append("identify.0099_from_the_future"))
    )
    assert "identify.0099_from_the_future; this version lacks it" in refusal(path)


def test_another_engine(archive):
    path = rewritten(archive, in_manifest(lambda found: found.update(engine="oracle")))
    assert "They must be the same" in refusal(path)


def test_a_store_that_this_installation_lacks(archive, settings):
    settings.STORAGES = {name: store for name, store in settings.STORAGES.items() if name != "default"}
    assert "no file store “default”" in refusal(archive)


def test_no_archive_at_all(tmp_path):
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8" + bytes(5000))
    assert "This backup is damaged" in refusal(photo)
    assert "There is no file" in refusal(tmp_path / "missing.tar")
    assert "can't be read" in refusal(tmp_path)
