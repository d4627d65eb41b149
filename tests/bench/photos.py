"""Photos to measure with, made on the spot, and a stopwatch."""

import io
import time
from collections.abc import Callable

import numpy as np
from PIL import Image


def photo_as_from_a_phone(width: int, height: int) -> bytes:
    """Smooth shapes with some grain, so that it weighs what a phone's photo weighs."""
    random = np.random.default_rng(2026)
    rough = Image.fromarray(random.integers(0, 256, (30, 40, 3), dtype=np.uint8)).resize((width, height))
    grain = random.normal(0, 6, (height, width, 1))
    photo = Image.fromarray(np.clip(np.asarray(rough) + grain, 0, 255).astype(np.uint8))
    file = io.BytesIO()
    photo.save(file, "JPEG", quality=88)
    return file.getvalue()


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
