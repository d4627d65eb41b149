from dataclasses import replace
from itertools import pairwise
from typing import get_args

import numpy as np
import pytest
from PIL import Image

from ml.backbone import LITE2, LoadedBackbone
from ml.decoding import UPRIGHT, decode
from ml.views import ViewName, look_at, views
from tests.ml.photo_files import corners, encoded, scene

NAMES: tuple[ViewName, ...] = get_args(ViewName)
SEEN_AS_IS = replace(LITE2, mean=(0.0, 0.0, 0.0), std=(1.0, 1.0, 1.0))
TURNED_BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def colour(image: Image.Image, name: ViewName) -> tuple[int, ...]:
    """The mean of a view, each channel 0 or 1."""
    view = views(np.asarray(image), SEEN_AS_IS, (name,))[0]
    return tuple(int(channel.mean() > 0.5) for channel in view)


def test_each_view_is_a_square_of_the_backbones_size() -> None:
    batch = views(np.asarray(scene()), LITE2, NAMES)
    assert batch.shape == (9, 3, 260, 260)
    assert batch.dtype == np.float32
    assert batch.flags.c_contiguous


def test_views_are_normalised_as_the_backbone_was_trained() -> None:
    grey = np.full((300, 400, 3), 200, np.uint8)
    other = replace(LITE2, mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225))
    seen = views(grey, other, ("whole",))[0, :, 100, 100]
    assert np.allclose(seen, [(200 / 255 - m) / s for m, s in zip(other.mean, other.std, strict=True)])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("top_left", (1, 0, 0)),
        ("top_right", (0, 1, 0)),
        ("bottom_left", (0, 0, 1)),
        ("bottom_right", (1, 1, 1)),
    ],
)
def test_a_zoomed_view_shows_its_corner(name: ViewName, expected: tuple[int, ...]) -> None:
    assert colour(corners(1200, 1200), name) == expected


def test_squeezed_shows_all_of_a_wide_photo_and_whole_its_middle() -> None:
    wide = Image.new("RGB", (900, 300), "red")
    wide.paste("white", (300, 0, 600, 300))
    assert colour(wide, "whole") == (1, 1, 1)
    assert colour(wide, "squeezed") == (1, 0, 0)


@pytest.mark.parametrize("base", ["whole", "squeezed"])
def test_a_mirrored_view_is_the_view_from_right_to_left(base: str) -> None:
    seen, mirrored = views(np.asarray(scene()), LITE2, (base, f"{base}_mirrored"))  # type: ignore[arg-type]
    assert np.array_equal(seen[:, :, ::-1], mirrored)


def test_a_view_does_not_depend_on_the_others_asked_for() -> None:
    together = views(np.asarray(scene()), LITE2, NAMES)
    for place, name in enumerate(NAMES):
        assert np.array_equal(views(np.asarray(scene()), LITE2, (name,))[0], together[place])


@pytest.mark.parametrize("size", [(647, 431), (1501, 1303), (2999, 641)])
def test_views_of_a_lossless_photo_do_not_depend_on_how_the_camera_was_held(size: tuple[int, int]) -> None:
    upright = scene(*size)
    expected = views(decode(encoded(upright, "PNG")).pixels, LITE2, NAMES)
    for orientation in UPRIGHT:
        exif = Image.Exif()
        exif[0x0112] = orientation
        held = encoded(upright.transpose(TURNED_BACK[orientation]), "PNG", exif=exif)
        assert np.array_equal(views(decode(held).pixels, LITE2, NAMES), expected), orientation


def test_looking_while_views_are_made_sees_what_a_batch_sees(backbone: LoadedBackbone) -> None:
    photo = np.asarray(scene())
    one_by_one, batch = look_at(photo, backbone, NAMES), backbone.look(views(photo, LITE2, NAMES))
    assert np.array_equal(one_by_one.embedding, batch.embedding)
    assert np.array_equal(one_by_one.logits, batch.logits)


def test_what_is_seen_in_a_photo_does_not_depend_on_its_batch(backbone: LoadedBackbone) -> None:
    rng = np.random.default_rng(5)
    photos = [rng.integers(0, 256, (300, 400, 3), dtype=np.uint8) for _ in range(3)]
    batch = np.concatenate([views(photo, LITE2, NAMES[:2]) for photo in photos])
    together = backbone.look(batch).embedding
    for place, (start, end) in enumerate(pairwise((0, 2, 4, 6))):
        assert np.array_equal(look_at(photos[place], backbone, NAMES[:2]).embedding, together[start:end])
