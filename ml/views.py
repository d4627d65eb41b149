"""Looks at one photo several times: each view is what the backbone sees once.

Preprocessing stands here alone, for queries, references and training alike.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ml.backbone import Backbone, Batch
from ml.decoding import Pixels

ViewName = Literal[
    "whole", "squeezed", "centre", "top_left", "top_right", "bottom_left", "bottom_right",
    "whole_mirrored", "squeezed_mirrored",
]  # fmt: skip
ZOOM = 0.6  # side of a zoomed crop, as a share of the photo's short side

Box = tuple[float, float, float, float]


def views(pixels: Pixels, backbone: Backbone, names: tuple[ViewName, ...]) -> Batch:
    """One photo (height, width, 3) uint8 to a batch (views, 3, size, size) float32."""
    photo = Image.fromarray(pixels)
    batch = np.stack([_view(photo, name, backbone.image_size) for name in names])
    mean = np.asarray(backbone.mean, np.float32)
    std = np.asarray(backbone.std, np.float32)
    normal = (batch.astype(np.float32) / 255 - mean) / std
    return np.ascontiguousarray(normal.transpose(0, 3, 1, 2), dtype=np.float32)


def _view(photo: Image.Image, name: ViewName, size: int) -> NDArray[np.uint8]:
    base, mirrored = name.removesuffix("_mirrored"), name.endswith("_mirrored")
    square = photo.resize(
        (size, size), Image.Resampling.BICUBIC, box=_box(base, *photo.size), reducing_gap=3.0
    )
    seen = np.asarray(square)
    return seen[:, ::-1] if mirrored else seen


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
