"""Looks at one photo several times: each view is what the backbone sees once.

Preprocessing stands here alone, for queries, references and training alike.
"""

from collections.abc import Iterator
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ml.backbone import Backbone, Batch, LoadedBackbone, Seen
from ml.decoding import Pixels

ViewName = Literal[
    "whole", "squeezed", "centre", "top_left", "top_right", "bottom_left", "bottom_right",
    "whole_mirrored", "squeezed_mirrored",
]  # fmt: skip
ZOOM = 0.6  # side of a zoomed crop, as a share of the photo's short side
GAP = 1.0  # reduced by a whole number first, down to this many times the size

Box = tuple[float, float, float, float]


def look_at(pixels: Pixels, backbone: LoadedBackbone, names: tuple[ViewName, ...]) -> Seen:
    """One photo to what the backbone sees in each view, in the order of `names`.

    The first views are being looked at while the next are still made.
    """
    return backbone.look(_each_view(pixels, backbone.spec, names))


def views(pixels: Pixels, backbone: Backbone, names: tuple[ViewName, ...]) -> Batch:
    """One photo (height, width, 3) uint8 to a batch (views, 3, size, size) float32."""
    return np.stack(list(_each_view(pixels, backbone, names)))


def _each_view(pixels: Pixels, backbone: Backbone, names: tuple[ViewName, ...]) -> Iterator[Batch]:
    photo = Image.fromarray(pixels)
    scale, shift = _normalising(backbone)
    made: dict[str, Batch] = {}
    for name in names:
        base = name.removesuffix("_mirrored")
        if base not in made:
            square = _square(photo, _box(base, *photo.size), backbone.image_size)
            made[base] = square * scale + shift
        yield made[base] if base == name else np.ascontiguousarray(made[base][:, :, ::-1])


def _square(photo: Image.Image, box: Box, size: int) -> NDArray[np.uint8]:
    """That part of the photo as (3, size, size)."""
    square = photo.resize((size, size), Image.Resampling.BICUBIC, box=box, reducing_gap=GAP)
    return np.ascontiguousarray(np.asarray(square).transpose(2, 0, 1))


def _normalising(backbone: Backbone) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What a byte is multiplied by and what is added, a channel each."""
    mean, std = (np.asarray(values, np.float64) for values in (backbone.mean, backbone.std))
    scale, shift = 1 / (255 * std), -mean / std
    return scale.astype(np.float32)[:, None, None], shift.astype(np.float32)[:, None, None]


def _box(name: str, width: int, height: int) -> Box:
    """The part of the photo that a view shows, in pixels: left, top, right, bottom."""
    if name == "squeezed":
        return (0, 0, width, height)
    side = min(width, height) * (1 if name == "whole" else ZOOM)
    left, top = {
        "whole": ((width - side) / 2, (height - side) / 2),
        "centre": ((width - side) / 2, (height - side) / 2),
        "top_left": (0, 0),
        "top_right": (width - side, 0),
        "bottom_left": (0, height - side),
        "bottom_right": (width - side, height - side),
    }[name]
    return (left, top, left + side, top + side)
