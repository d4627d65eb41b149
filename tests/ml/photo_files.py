"""Photo files for the tests, made on the spot: good ones and hostile ones."""

from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image


def encoded(image: Image.Image, file_format: str, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()


def scene(width: int = 320, height: int = 240) -> Image.Image:
    """Soft random colours: compresses like a photo, is the same every time."""
    seed = np.random.default_rng(7).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(seed).resize((width, height), Image.Resampling.BICUBIC)


def corners(width: int = 80, height: int = 60) -> Image.Image:
    """Red top left, green top right, blue bottom left, white bottom right."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 2, height // 2))
    image.paste((0, 255, 0), (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    return image


def one_colour_png(width: int, height: int) -> bytes:
    return encoded(Image.new("1", (width, height)), "PNG")


def animated(file_format: str) -> bytes:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "green", "blue")]
    return encoded(frames[0], file_format, save_all=True, append_images=frames[1:], duration=50)


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><rect width="9"/></svg>'
TEXT = b"Dear colleague, the laptops are second-hand goods.\n" * 40
