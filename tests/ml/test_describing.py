from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ml.backbone import LoadedBackbone
from ml.decoding import decode
from ml.describing import Blocks, DescriptionError, describe
from tests.ml.made_up_photos import made_up
from tests.ml.photo_files import encoded
from tests.ml.tiny_backbone import TINY, tiny_backbone

SIDEWAYS = {
    1: None,
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}


@pytest.fixture(scope="module")
def tiny() -> LoadedBackbone:
    return tiny_backbone()


def test_a_description_holds_three_blocks_in_half_precision(tiny: LoadedBackbone) -> None:
    description = describe(tiny, made_up(0, 0))
    assert description.dtype == np.float16
    assert description.shape == (TINY.embedding_size + TINY.classes + 2 * sum(TINY.middle),)


def test_the_block_of_probabilities_holds_square_roots(tiny: LoadedBackbone) -> None:
    place, _ = Blocks.of(TINY).class_probabilities()
    assert (describe(tiny, made_up(0, 0))[place].astype(float) ** 2).sum() == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("orientation", SIDEWAYS)
def test_a_photo_stored_sideways_is_seen_upright(tiny: LoadedBackbone, orientation: int) -> None:
    upright = Image.fromarray(made_up(3, 1))
    stored = upright.transpose(SIDEWAYS[orientation]) if SIDEWAYS[orientation] is not None else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    pixels = decode(encoded(stored, "PNG", exif=exif)).pixels
    assert (describe(tiny, pixels) == describe(tiny, np.asarray(upright))).all()


def test_centred_vectors_have_length_one_and_each_block_its_share(tiny: LoadedBackbone) -> None:
    blocks = Blocks.of(TINY)
    powered = blocks.powered(np.stack([describe(tiny, made_up(i, 0)) for i in range(5)]))
    vectors = blocks.centred(powered, powered.mean(axis=0))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for place, length in blocks.parts():
        assert np.allclose(np.linalg.norm(vectors[:, place], axis=1), length, atol=1e-5)


def test_a_backbone_without_middle_blocks_has_two_blocks() -> None:
    blocks = Blocks(embedding=3, classes=2, middle=())
    assert [place for place, _ in blocks.parts()] == [slice(0, 3), slice(3, 5)]
    assert sum(length**2 for _, length in blocks.parts()) == pytest.approx(1)


def test_what_is_not_a_number_is_refused_with_the_remedy() -> None:
    with pytest.raises(DescriptionError, match="python -m ml export"):
        describe(tiny_backbone(broken=True), made_up(0, 0))


def test_real_photos_give_the_size_that_the_backbone_promises(backbone: LoadedBackbone, photos: Path) -> None:
    file = next((photos / "orchids").glob("*/*.jpg"))
    assert describe(backbone, decode(file.read_bytes()).pixels).shape == (1280 + 1000 + 2 * (120 + 208),)
