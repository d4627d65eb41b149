"""Folders of made-up photos: every class a pattern of colours, every photo of it a little different."""

from pathlib import Path

import numpy as np
from PIL import Image


def made_up(item: int, photo: int, *, noise: float = 40.0) -> np.ndarray:
    """Pixels (48, 64, 3) of one class; the same for the same numbers, every time."""
    pattern = np.random.default_rng(item).integers(40, 216, (3, 4, 3))
    other = np.random.default_rng([item, photo]).normal(0, noise, (3, 4, 3))
    coarse = np.clip(pattern + other, 0, 255).astype(np.uint8)
    return np.asarray(Image.fromarray(coarse).resize((64, 48), Image.Resampling.BICUBIC))


def write_classes(folder: Path, classes: dict[str, int], *, specimens: int = 0) -> Path:
    """So many photos of each class, as PNG; with `specimens`, spread over so many of them."""
    for item, (name, photos) in enumerate(classes.items()):
        (folder / name).mkdir(parents=True)
        for photo in range(photos):
            prefix = f"s{photo % specimens}__" if specimens else ""
            Image.fromarray(made_up(item, photo)).save(folder / name / f"{prefix}{photo:02}.png")
    return folder
