import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ml.decoding import PhotoRefused, decode
from ml.sandbox import Decoder
from tests.ml.photo_files import TEXT, animated, encoded, one_colour_png, scene

# What the parent may grow by, whatever it is sent: the largest answer (7.7 MB of pixels)
# on the way in and out, with room for the allocator.
PARENT_MAY_GROW_BY = 40 * 1024 * 1024


@pytest.fixture
def decoder() -> Iterator[Decoder]:
    decoder = Decoder()
    yield decoder
    decoder.close()


def refusal(decoder: Decoder, photo: Path | bytes) -> str:
    with pytest.raises(PhotoRefused) as refused:
        decoder.decode(photo)
    return refused.value.code


def test_the_child_decodes_as_the_parent_would(decoder: Decoder, tmp_path: Path) -> None:
    photo = tmp_path / "laptop.jpg"
    photo.write_bytes(encoded(scene(2000, 1500), "JPEG"))
    there, here = decoder.decode(photo), decode(photo.read_bytes())
    assert np.array_equal(there.pixels, here.pixels)
    assert there.jpeg == here.jpeg
    assert (there.original_width, there.format) == (2000, "JPEG")


def test_content_is_taken_as_well_as_a_path(decoder: Decoder) -> None:
    assert decoder.decode(encoded(scene(), "PNG")).width == 320


def test_one_child_serves_many_photos_and_survives_refusals(decoder: Decoder) -> None:
    photo = encoded(scene(), "JPEG")
    decoder.decode(photo)
    first = decoder.child_pid
    assert refusal(decoder, TEXT) == "not_a_photo"
    assert refusal(decoder, animated("WEBP")) == "animated"
    assert refusal(decoder, photo[:900]) in ("truncated", "unreadable")
    assert decoder.decode(photo).width == 320
    assert decoder.child_pid == first


def test_too_many_bytes_never_reach_the_child(decoder: Decoder, tmp_path: Path) -> None:
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.truncate(60 * 1024 * 1024)
    assert refusal(decoder, large) == "too_many_bytes"
    assert refusal(decoder, b"") == "empty"
    assert decoder.child_pid is None


def test_a_child_that_was_killed_is_replaced(decoder: Decoder) -> None:
    photo = encoded(scene(), "JPEG")
    decoder.decode(photo)
    first = decoder.child_pid
    assert first
    os.kill(first, signal.SIGKILL)
    assert decoder.decode(photo).width == 320
    assert decoder.child_pid != first


def test_a_photo_that_takes_too_long_is_refused_and_the_next_is_served() -> None:
    decoder = Decoder(seconds_per_photo=0.001)
    try:
        assert refusal(decoder, encoded(scene(), "JPEG")) == "too_costly"
        decoder._seconds = 15
        assert decoder.decode(encoded(scene(), "JPEG")).width == 320
    finally:
        decoder.close()


def test_a_photo_that_kills_its_child_is_refused_and_the_next_is_served(
    decoder: Decoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ml.sandbox.Child._ask", lambda child, photo: child.process.kill())
    assert refusal(decoder, encoded(scene(), "JPEG")) == "too_costly"
    monkeypatch.undo()
    assert decoder.decode(encoded(scene(), "JPEG")).width == 320


def test_a_child_out_of_memory_is_refused_and_replaced(decoder: Decoder) -> None:
    import resource

    photo = encoded(scene(), "JPEG")
    decoder.decode(photo)
    first = decoder.child_pid
    assert first
    tight = 150 * 1024 * 1024
    resource.prlimit(first, resource.RLIMIT_AS, (tight, tight))
    assert refusal(decoder, encoded(Image.new("RGB", (7000, 7000)), "PNG")) == "too_costly"
    assert decoder.decode(photo).width == 320
    assert decoder.child_pid != first


def test_a_child_is_retired_after_a_very_large_photo(decoder: Decoder) -> None:
    decoder.decode(encoded(Image.new("L", (5000, 5000)), "PNG"))
    first = decoder.child_pid
    decoder.decode(encoded(scene(), "JPEG"))
    assert decoder.child_pid != first


def test_threads_take_turns(decoder: Decoder) -> None:
    widths: list[int] = []

    def work(width: int) -> None:
        widths.extend(decoder.decode(encoded(scene(width), "PNG")).width - width for _ in range(5))

    threads = [threading.Thread(target=work, args=(100 + 20 * n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert widths == [0] * 20


def test_a_forked_worker_gets_a_child_of_its_own() -> None:
    script = (
        "import os, sys\n"
        "from ml.sandbox import _shared, decode_safely\n"
        "photo = sys.stdin.buffer.read()\n"
        "decode_safely(photo); mine = _shared.child_pid\n"
        "if (worker := os.fork()) == 0:\n"
        "    decode_safely(photo)\n"
        "    os._exit(0 if _shared.child_pid != mine else 1)\n"
        "status = os.waitpid(worker, 0)[1]\n"
        "decode_safely(photo)\n"
        "sys.exit(status or _shared.child_pid != mine)\n"
    )
    photo = encoded(scene(), "JPEG")
    assert subprocess.run([sys.executable, "-c", script], input=photo, check=False).returncode == 0


def test_the_child_is_not_told_the_servers_secrets(decoder: Decoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for decoders")
    decoder.decode(encoded(scene(), "JPEG"))
    environment = Path(f"/proc/{decoder.child_pid}/environ").read_bytes()
    assert b"not for decoders" not in environment


def test_the_childs_memory_is_limited(decoder: Decoder) -> None:
    decoder.decode(encoded(scene(), "JPEG"))
    limits = Path(f"/proc/{decoder.child_pid}/limits").read_text()
    assert f"Max address space         {1536 * 1024 * 1024}" in limits


def test_the_parents_memory_stays_bounded(decoder: Decoder, tmp_path: Path) -> None:
    hostile = {
        "bomb.png": one_colour_png(20_000, 20_000),
        "cap.png": one_colour_png(8_000, 8_000),
        "text.jpg": TEXT,
        "half.jpg": encoded(scene(4000, 3000), "JPEG")[:30_000],
        "good.jpg": encoded(scene(4000, 3000), "JPEG"),
    }
    for name, content in hostile.items():
        (tmp_path / name).write_bytes(content)
    decoder.decode(tmp_path / "good.jpg")
    before = _resident_peak_reset()
    for name in hostile:
        try:
            decoder.decode(tmp_path / name)
        except PhotoRefused:
            continue
    assert _resident_peak() - before < PARENT_MAY_GROW_BY


def _resident_peak_reset() -> int:
    Path("/proc/self/clear_refs").write_text("5")
    return _resident_peak()


def _resident_peak() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
