"""Uploads stay within bounds while they are received, and the worker's memory with them."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.test.client import ClientHandler

from identify.models import Photo
from identify.uploads import skipped_uploads, upload_is_too_large
from ml import sandbox
from tests.identify import pictures

BOUNDARY = "quaymark-boundary"
MEBIBYTE = 1024**2
# How much the worker may grow while it receives 60 MB, or a picture of 1.2 GB of pixels.
WORKER_MAY_GROW = 24 * MEBIBYTE
# The decoding child in all: interpreter, numpy, Pillow, and a photo within the limits.
CHILD_MAY_USE = 256 * MEBIBYTE


class Stream:
    """A multipart body that is made while it is read, so that the test itself holds none of it."""

    def __init__(self, parts: list[tuple[str, str, bytes, int]]) -> None:
        """Parts are (field, file name, first bytes, size)."""
        end = f"--{BOUNDARY}--\r\n".encode()
        self.sizes = [
            (self._head(field, name) + start, size - len(start)) for field, name, start, size in parts
        ]
        self.length = sum(len(head) + rest + 2 for head, rest in self.sizes) + len(end)
        self._blocks = self._made(end)
        self._left = b""
        self.readline = None  # Django takes hold of it, and never uses it for multipart

    def read(self, size: int = -1) -> bytes:
        while len(self._left) < size:
            block = next(self._blocks, b"")
            if not block:
                break
            self._left += block
        taken, self._left = self._left[:size], self._left[size:]
        return taken

    def _made(self, end: bytes):
        for head, rest in self.sizes:
            yield head
            while rest:
                block = min(rest, 65536)
                rest -= block
                yield bytes(block)
            yield b"\r\n"
        yield end

    @staticmethod
    def _head(field: str, name: str) -> bytes:
        file = f'; filename="{name}"\r\nContent-Type: image/jpeg' if name else ""
        return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"{file}\r\n\r\n'.encode()


def request_with(stream: Stream, cookies: str = "", address: str = "/en/identify/"):
    factory = RequestFactory()
    request = factory.post(address, content_type=f"multipart/form-data; boundary={BOUNDARY}")
    environ = request.environ | {
        "wsgi.input": stream,
        "CONTENT_LENGTH": str(stream.length),
        "HTTP_COOKIE": cookies,
    }
    return factory.request(**environ)


def part(name: str, size: int = 1000, field: str = "photos") -> tuple[str, str, bytes, int]:
    return (field, name, b"\xff\xd8\xff", size)


def test_a_photo_over_the_limit_is_skipped_and_the_next_is_kept():
    request = request_with(Stream([part("1.jpg"), part("film.jpg", 60_000_000), part("3.jpg")]))

    kept = request.FILES.getlist("photos")

    assert [file.name for file in kept] == ["1.jpg", "3.jpg"]
    assert [len(file.read()) for file in kept] == [1000, 1000]
    assert skipped_uploads(request)[2].code == "too_many_bytes"


def test_photos_after_the_sixth_are_skipped_and_the_sixth_stays_readable():
    request = request_with(Stream([part(f"{number}.jpg", 3_000_000) for number in range(1, 9)]))

    kept = request.FILES.getlist("photos")

    assert [len(file.read()) for file in kept] == [3_000_000] * 6
    assert sorted(skipped_uploads(request)) == [7, 8]


def test_a_photo_of_exactly_the_limit_is_kept(settings):
    request = request_with(Stream([part("1.jpg", settings.PHOTO_MAX_BYTES)]))

    assert request.FILES["photos"].size == settings.PHOTO_MAX_BYTES
    assert not skipped_uploads(request)


def test_uploads_in_other_fields_are_left_alone():
    request = request_with(Stream([part("manual.pdf", 26 * MEBIBYTE, field="file")]))

    assert request.FILES["file"].size == 26 * MEBIBYTE


def test_a_request_that_is_too_large_in_all_is_not_read():
    stream = Stream([part("1.jpg", 400_000_000)])
    request = request_with(stream)

    assert not request.FILES
    assert upload_is_too_large(request)
    assert len(stream.read(MEBIBYTE)) == MEBIBYTE


def test_a_request_that_is_too_large_is_not_read_whatever_its_fields():
    request = request_with(Stream([part("film.mp4", 400_000_000, field="file")]))

    assert not request.FILES
    assert upload_is_too_large(request)


@pytest.mark.parametrize("field", ["photos", "file"])
def test_no_file_of_a_stranger_is_kept(field):
    request = request_with(Stream([token(), part("1.jpg", 3_000_000, field=field)]))
    request.user = AnonymousUser()

    assert not request.FILES
    assert "token" in request.POST


def test_a_file_sent_with_a_token_is_kept(officer):
    request = request_with(Stream([part("1.jpg")]))
    request.user, request.auth = AnonymousUser(), officer

    assert request.FILES["photos"].size == 1000


@pytest.mark.django_db
def test_a_request_too_large_in_all_gets_the_form_again(as_officer, small_guide, models_root):
    response = posted(as_officer, Stream([part("1.jpg", 400_000_000)]))

    assert response.status_code == 413
    assert "The photos are larger than 300 MB together." in response.content.decode()


@pytest.mark.django_db
def test_the_worker_stays_small_when_60_megabytes_are_sent(as_officer, small_guide, models_root, capsys):
    posted(as_officer, Stream([token(), part("small.jpg", 1000)]))
    before = reset_peak()

    response = posted(as_officer, Stream([token(), part("film.jpg", 60_000_000)]))

    assert response.status_code == 422
    assert grown(before, capsys, "60 MB upload") < WORKER_MAY_GROW


@pytest.mark.django_db
def test_the_worker_and_its_decoder_stay_small_when_a_huge_picture_is_sent(
    as_officer, small_guide, models_root, capsys
):
    wall = pictures.huge_png()
    posted(as_officer, Stream([token(), part("small.jpg", 1000)]))
    before = reset_peak()

    response = posted(as_officer, Stream([token(), ("photos", "wall.png", wall, len(wall))]))

    assert response.status_code == 422
    assert "too many pixels" in response.content.decode()
    assert grown(before, capsys, "20,000 x 20,000 PNG") < WORKER_MAY_GROW
    child = sandbox._shared.child_pid
    assert peak(f"/proc/{child}/status") < CHILD_MAY_USE
    assert not Photo.objects.exists()


def posted(client: Client, stream: Stream):
    """The response to a stream, without the test client's own copy of the body."""
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return ClientHandler(enforce_csrf_checks=False)(request_with(stream, cookies).environ)


def token() -> tuple[str, str, bytes, int]:
    value = b"6d3f1d0e-6f5d-4f8e-9a3c-0d8c1b2a3e4f"
    return ("token", "", value, len(value))


def reset_peak() -> int:
    """Forget the peak so far, and say where it starts."""
    Path("/proc/self/clear_refs").write_text("5")
    return peak()


def grown(before: int, capsys, what: str) -> int:
    growth = peak() - before
    with capsys.disabled():
        print(f"\n{what}: the worker grew by {growth / MEBIBYTE:.1f} MiB", end=" ")
    return growth


def peak(path: str = "/proc/self/status") -> int:
    line = next(line for line in Path(path).read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024
