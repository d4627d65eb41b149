"""Takes in the photos of one form: opens each, seals what it was, and says which could not be used."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from .recogniser import DecodedPhoto, PhotoRefused, decode
from .refusals import Refusal

NAME_LENGTH = 255


@dataclass(frozen=True, slots=True)
class ReceivedPhoto:
    """A photo that could be opened, beside the file as it was sent."""

    place: int
    upload: UploadedFile
    sha256: str
    size: int
    decoded: DecodedPhoto

    @property
    def name(self) -> str:
        return (self.upload.name or "")[:NAME_LENGTH]


@dataclass(frozen=True, slots=True)
class Intake:
    """What came of the photos sent."""

    accepted: list[ReceivedPhoto] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def submission(self, token: str) -> str:
        """One value for the same form with the same photos, however often it is sent."""
        parts = [token, *(photo.sha256 for photo in self.accepted)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def receive(uploads: Sequence[UploadedFile], skipped: Mapping[int, Refusal]) -> Intake:
    """Open the photos in the order they were sent. One bad photo never costs another."""
    intake = Intake(refused=[skipped[place] for place in sorted(skipped)])
    for place, upload in _placed(uploads, skipped):
        if place > settings.PHOTOS_PER_IDENTIFICATION:
            intake.refused.append(Refusal(upload.name or "", "too_many_photos", place))
            continue
        try:
            intake.accepted.append(_received(place, upload))
        except PhotoRefused as refused:
            intake.refused.append(Refusal(upload.name or "", refused.code, place))
    intake.refused.sort(key=lambda refusal: refusal.place)
    return intake


def _placed(
    uploads: Sequence[UploadedFile], skipped: Mapping[int, Refusal]
) -> Iterator[tuple[int, UploadedFile]]:
    place = 0
    for upload in uploads:
        place += 1
        while place in skipped:
            place += 1
        yield place, upload


def _received(place: int, upload: UploadedFile) -> ReceivedPhoto:
    if not upload.size:
        raise PhotoRefused("empty")
    decoded = decode(_source(upload))
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return ReceivedPhoto(place, upload, digest.hexdigest(), upload.size, decoded)


def _source(upload: UploadedFile) -> Path | bytes:
    """The file's path where it lies on disk, so that large photos are not read into this process."""
    path = getattr(upload, "temporary_file_path", None)
    return Path(path()) if path else upload.read()
