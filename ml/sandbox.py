"""Decodes strangers' photos in a child process that may crash, hang or run out of memory.

The child has a limit on memory and CPU time, no way to write a file, and none of the
server's environment. One photo at a time; a child that dies is replaced.
"""

import contextlib
import json
import os
import signal
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

import numpy as np

from ml.decoding import MAX_BYTES, MOST_PIXELS, REFUSAL_CODES, DecodedPhoto, PhotoRefused

SECONDS_PER_PHOTO = 15.0
PHOTOS_PER_CHILD = 200  # then a fresh one, whatever the decoders may leak
WEARING_PIXELS = 24_000_000  # after a larger photo too: the decoders keep what it took
MAX_JPEG_BYTES = 16 * 1024 * 1024
PACKAGE_PARENT = str(Path(__file__).resolve().parent.parent)


class ChildDied(Exception):  # noqa: N818 - never leaves this module
    """The child ended without an answer. `late`: because its time was up."""

    def __init__(self, *, late: bool) -> None:
        super().__init__()
        self.late = late


class Decoder:
    """A long-lived child that decodes. Safe to use from several threads, which take turns."""

    def __init__(self, seconds_per_photo: float = SECONDS_PER_PHOTO) -> None:
        self._seconds = seconds_per_photo
        self._turn = threading.Lock()
        self._child: Child | None = None

    def decode(self, photo: Path | bytes) -> DecodedPhoto:
        """A file's path or its content. Raises PhotoRefused; OSError where it can't be read."""
        _check_size(photo)
        with self._turn:
            try:
                return self._running_child().decode(photo, self._seconds)
            except ChildDied as death:
                self._stop()
                if death.late:
                    raise PhotoRefused("too_costly") from None
            return self._decode_once_more(photo)

    def close(self) -> None:
        with self._turn:
            self._stop()

    @property
    def child_pid(self) -> int | None:
        """None until the first photo has been decoded."""
        return self._child.process.pid if self._child else None

    def _decode_once_more(self, photo: Path | bytes) -> DecodedPhoto:
        """The first child may have been ended by something else than this photo."""
        try:
            return self._running_child().decode(photo, self._seconds)
        except ChildDied:
            self._stop()
            raise PhotoRefused("too_costly") from None

    def _running_child(self) -> "Child":
        if self._child and self._child.is_spent():
            self._stop()
        if self._child is None:
            self._child = Child()
        return self._child

    def _stop(self) -> None:
        if self._child:
            self._child.stop()
        self._child = None

    def forget(self) -> None:
        """In a forked process: the child belongs to the parent, only our ends are closed."""
        if self._child:
            self._child.close_pipes()
        self._child = None
        self._turn = threading.Lock()


class Child:
    """One decoding process and the pipes to it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ml.sandboxed"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=_environment(),
        )
        self.photos = 0
        self._worn = False

    def is_spent(self) -> bool:
        return self._worn or self.photos >= PHOTOS_PER_CHILD or self.process.poll() is not None

    def decode(self, photo: Path | bytes, seconds: float) -> DecodedPhoto:
        self.photos += 1
        late = threading.Event()
        alarm = threading.Timer(seconds, self._end, [late])
        alarm.start()
        try:
            self._ask(photo)
            decoded = self._answer()
        except (EOFError, BrokenPipeError, ValueError, KeyError, TypeError):
            raise ChildDied(late=late.is_set() or self._used_up_its_cpu_time()) from None
        finally:
            alarm.cancel()
        self._worn = decoded.original_width * decoded.original_height > WEARING_PIXELS
        return decoded

    def stop(self) -> None:
        self.process.kill()
        self.close_pipes()
        self.process.wait()

    def close_pipes(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _used_up_its_cpu_time(self) -> bool:
        self.process.kill()
        return self.process.wait() == -signal.SIGXCPU

    def _end(self, late: threading.Event) -> None:
        late.set()
        self.process.kill()

    def _ask(self, photo: Path | bytes) -> None:
        to_child = _pipe(self.process.stdin)
        if isinstance(photo, bytes):
            to_child.write(json.dumps({"bytes": len(photo)}).encode() + b"\n")
            to_child.write(photo)
        else:
            to_child.write(json.dumps({"path": str(photo.resolve())}).encode() + b"\n")
        to_child.flush()

    def _answer(self) -> DecodedPhoto:
        """Nothing the child says is believed before it is checked."""
        (length,) = struct.unpack(">H", self._read(2))
        answer: dict[str, Any] = json.loads(self._read(length))
        if "refused" in answer:
            self._refuse(answer["refused"])
        across, down, jpeg = (int(answer[key]) for key in ("pixels_across", "pixels_down", "jpeg"))
        if not (across > 0 and down > 0 and across * down <= MOST_PIXELS and 0 < jpeg <= MAX_JPEG_BYTES):
            raise ValueError("not a photo's size")
        pixels = np.frombuffer(self._read(across * down * 3), np.uint8)
        return DecodedPhoto(
            pixels=pixels.reshape(down, across, 3),
            jpeg=self._read(jpeg),
            width=int(answer["width"]),
            height=int(answer["height"]),
            original_width=int(answer["original_width"]),
            original_height=int(answer["original_height"]),
            format=str(answer["format"]),
        )

    def _refuse(self, code: object) -> None:
        if code not in REFUSAL_CODES:
            raise ValueError("not a refusal")
        # After a memory error the child may be in pieces.
        self._worn = code == "too_costly"
        raise PhotoRefused(code)

    def _read(self, count: int) -> bytes:
        content = _pipe(self.process.stdout).read(count)
        if len(content) < count:
            raise EOFError
        return content


_shared = Decoder()
os.register_at_fork(after_in_child=_shared.forget)


def decode_safely(photo: Path | bytes) -> DecodedPhoto:
    """Decodes in this process's own child, started with the first photo."""
    return _shared.decode(photo)


def _check_size(photo: Path | bytes) -> None:
    size = len(photo) if isinstance(photo, bytes) else photo.stat().st_size
    if size == 0:
        raise PhotoRefused("empty")
    if size > MAX_BYTES:
        raise PhotoRefused("too_many_bytes")


def _environment() -> dict[str, str]:
    """No secrets of the server; one numpy thread and few arenas keep the child small."""
    passed = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {
        **passed,
        "PYTHONPATH": os.pathsep.join([PACKAGE_PARENT, *filter(None, sys.path)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise EOFError
    return pipe
