"""What is kept of a photo: the original as it was sent, sealed; a copy without metadata to show."""

import hashlib
import io
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, storages
from django.core.files.uploadedfile import TemporaryUploadedFile
from PIL import Image

from identify.intake import receive
from identify.models import Identification, Photo
from identify.recogniser import decode
from identify.refusals import Refusal
from tests.identify import pictures
from tests.identify.sending import send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("models_root", "small_guide")]


def test_the_original_is_kept_byte_for_byte_with_its_digest(as_officer):
    content = pictures.jpeg_with_position()

    send(as_officer, ("IMG_1.jpg", content))

    photo = Photo.objects.get()
    assert photo.original.read() == content
    assert photo.sha256 == hashlib.sha256(content).hexdigest()
    assert photo.size == len(content)


def test_the_copy_that_is_shown_has_no_metadata(as_officer):
    send(as_officer, ("IMG_1.jpg", pictures.jpeg_with_position()))

    served = b"".join(as_officer.get(Photo.objects.get().get_absolute_url()))

    assert b"SecretCamera" not in served
    assert not Image.open(io.BytesIO(served)).getexif()


def test_the_senders_file_name_never_becomes_a_path(as_officer):
    send(as_officer, ("../../../etc/passwd<script>.jpg", pictures.jpeg()))

    photo = Photo.objects.get()
    assert photo.original.name == f"originals/{photo.case.public_id}/1"
    assert photo.derivative.name == f"derivatives/{photo.case.public_id}/1.jpg"


def test_large_photos_are_read_from_disk_by_the_decoder(monkeypatch):
    """So that the web worker never holds them whole."""
    content = pictures.jpeg()
    large = TemporaryUploadedFile("large.jpg", "image/jpeg", len(content), None)
    large.write(content)
    large.flush()
    asked = []
    monkeypatch.setattr("identify.intake.decode", lambda source: asked.append(source) or decode(source))

    assert len(receive([large], {}).accepted) == 1
    assert asked == [Path(large.temporary_file_path())]


def test_skipped_photos_keep_their_place_among_the_others():
    skipped = {2: Refusal("film.jpg", "too_many_bytes", 2)}
    uploads = [pictures.upload(pictures.jpeg(), "1.jpg"), pictures.upload(b"text", "3.jpg")]

    intake = receive(uploads, skipped)

    assert [photo.place for photo in intake.accepted] == [1]
    assert [(refusal.place, refusal.code) for refusal in intake.refused] == [
        (2, "too_many_bytes"),
        (3, "not_a_photo"),
    ]


def test_nothing_is_kept_when_the_answer_cannot_be_saved(as_officer, monkeypatch):
    def fail(*_args: object, **_kwargs: object) -> None:
        raise OSError("disk full")

    before = kept_files()
    monkeypatch.setattr(Identification, "save", fail)

    with pytest.raises(OSError, match="disk full"):
        send(as_officer, ("a.jpg", pictures.jpeg()))

    assert not Photo.objects.exists()
    assert kept_files() == before


def test_an_original_is_not_kept_when_its_copy_cannot_be_written(as_officer, monkeypatch):
    save = FileSystemStorage.save

    def disk_is_full_after_the_original(storage, name, content, max_length=None):
        if name.startswith("derivatives/"):
            raise OSError("disk full")
        return save(storage, name, content, max_length)

    before = kept_files()
    monkeypatch.setattr(FileSystemStorage, "save", disk_is_full_after_the_original)

    with pytest.raises(OSError, match="disk full"):
        send(as_officer, ("a.jpg", pictures.jpeg()))

    assert kept_files() == before


def kept_files() -> set[Path]:
    root = Path(storages["private"].location)
    return {path for path in root.rglob("*") if path.is_file()}
