"""Keeps what an upload may cost within bounds, while it is being received.

Files of people who are not signed in are never kept, whatever page they are sent to: Django would write
them to disk before any view could refuse. Otherwise only the field `photos` is looked at, and the size of
the whole; the CMS's own uploads pass. A photo that is too large, or one too many, is read past without
being kept, and remembered with the request, so that the rest of the upload goes on and the answer can say
what happened to it.
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from .refusals import Refusal

PHOTOS_FIELD = "photos"
# What a form may weigh in all: the photos allowed, and as much again in photos that are refused.
REQUEST_MAX_BYTES = 2 * settings.PHOTOS_PER_IDENTIFICATION * settings.PHOTO_MAX_BYTES


def skipped_uploads(request: HttpRequest) -> dict[int, Refusal]:
    """Photos that were not kept, by their place among the photos sent, from 1."""
    _receive(request)
    return getattr(request, "skipped_photos", {})


def upload_is_too_large(request: HttpRequest) -> bool:
    """Whether the request was cut off because it was too large in all."""
    _receive(request)
    return bool(getattr(request, "upload_was_cut_off", False))


def _receive(request: HttpRequest) -> None:
    """Django receives a form's files when they are first asked for."""
    request.FILES  # noqa: B018


class PhotoSizeLimit(FileUploadHandler):
    """Stops keeping a photo at PHOTO_MAX_BYTES, all photos after the sixth, and every stranger's file."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._place = 0
        self._is_photo = False
        self._received = 0
        self._request_bytes = 0
        self._skipped: dict[int, Refusal] = {}

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803
        content_length: int,
        boundary: bytes,
        encoding: Any = None,
    ) -> None:
        self._request_bytes = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._is_photo = self.field_name == PHOTOS_FIELD
        self._received = 0
        if self._request_bytes > REQUEST_MAX_BYTES:
            self._remember("upload_was_cut_off", True)
            raise StopUpload(connection_reset=True)
        if self._is_photo:
            self._place += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if self._is_from_a_stranger():
            raise SkipFile
        if not self._is_photo:
            return raw_data
        # Skipping in new_file would close the file before this one (Django's parser closes what the
        # other handlers still hold), so even a photo too many is skipped at its first bytes.
        if self._place > settings.PHOTOS_PER_IDENTIFICATION:
            self._skip("too_many_photos")
        self._received += len(raw_data)
        if self._received > settings.PHOTO_MAX_BYTES:
            self._skip("too_many_bytes")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _is_from_a_stranger(self) -> bool:
        """A page knows its sender by the session, the API also by a token (`auth`)."""
        user = getattr(self.request, "user", None)
        return user is not None and not (user.is_authenticated or getattr(self.request, "auth", None))

    def _skip(self, code: str) -> None:
        self._skipped[self._place] = Refusal(self.file_name or "", code, self._place)
        self._remember("skipped_photos", self._skipped)
        raise SkipFile

    def _remember(self, name: str, value: Any) -> None:
        if self.request is not None:
            setattr(self.request, name, value)
