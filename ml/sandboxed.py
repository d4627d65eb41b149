"""The decoding child: `python -m ml.sandboxed`, started by `ml.sandbox` and by nothing else.

Requests come on standard input, answers go to what was standard output; decoders that
print can't get between them.
"""

import json
import os
import resource
import struct
import sys
from pathlib import Path
from typing import BinaryIO

from ml.decoding import MAX_BYTES, DecodedPhoto, PhotoRefused, decode

MEMORY_BYTES = 1536 * 1024 * 1024
CPU_SECONDS_PER_PHOTO = 10


def main() -> None:
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _set_limits()
    for line in requests:
        _allow_cpu_time()
        try:
            photo = decode(_content(json.loads(line), requests))
        except PhotoRefused as refusal:
            _send(answers, {"refused": refusal.code})
        except MemoryError:
            _send(answers, {"refused": "too_costly"})
        except OSError:
            _send(answers, {"refused": "unreadable"})
        else:
            _send_photo(answers, photo)


def _content(request: dict[str, str | int], requests: BinaryIO) -> bytes:
    if "bytes" in request:
        return requests.read(int(request["bytes"]))
    with Path(str(request["path"])).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _send_photo(answers: BinaryIO, photo: DecodedPhoto) -> None:
    down, across, _ = photo.pixels.shape
    header: dict[str, str | int] = {
        "pixels_across": across,
        "pixels_down": down,
        "width": photo.width,
        "height": photo.height,
        "original_width": photo.original_width,
        "original_height": photo.original_height,
        "format": photo.format,
        "jpeg": len(photo.jpeg),
    }
    _send(answers, header, photo.pixels.tobytes(), photo.jpeg)


def _send(answers: BinaryIO, header: dict[str, str | int], *parts: bytes) -> None:
    encoded = json.dumps(header).encode()
    for part in (struct.pack(">H", len(encoded)), encoded, *parts):
        answers.write(part)
    answers.flush()


def _set_limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # pipes don't count as files
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _allow_cpu_time() -> None:
    """The limit counts from the child's start, so each photo moves it on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS_PER_PHOTO
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
