from collections.abc import Callable
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageCms

from ml.decoding import (
    LONG_SIDE,
    MAX_BYTES,
    MOST_PIXELS,
    SHORT_SIDE,
    DecodedPhoto,
    PhotoRefused,
    decode,
    decode_pixels,
)
from tests.ml.photo_files import SVG, TEXT, animated, corners, encoded, one_colour_png, scene

REFUSALS: dict[str, tuple[Callable[[], bytes], str]] = {
    "zero bytes": (lambda: b"", "empty"),
    "a text file named .jpg": (lambda: TEXT, "not_a_photo"),
    "an SVG": (lambda: SVG, "format"),
    "a GIF": (lambda: encoded(scene(), "GIF"), "format"),
    "an animated GIF": (lambda: animated("GIF"), "format"),
    "a TIFF": (lambda: encoded(scene(), "TIFF"), "format"),
    "an animated WebP": (lambda: animated("WEBP"), "animated"),
    "an animated PNG": (lambda: animated("PNG"), "animated"),
    "an animated AVIF": (lambda: animated("AVIF"), "animated"),
    "60 MB": (lambda: bytes(60 * 1024 * 1024), "too_many_bytes"),
    "a PNG of 20,000 × 20,000 pixels": (lambda: one_colour_png(20_000, 20_000), "too_many_pixels"),
    "a PNG just above the cap": (lambda: one_colour_png(8_001, 8_000), "too_many_pixels"),
    "a very long PNG": (lambda: one_colour_png(33_000, 40), "too_many_pixels"),
    "one pixel": (lambda: one_colour_png(1, 1), "too_small"),
    "half a JPEG": (lambda: _half(encoded(scene(), "JPEG")), "truncated"),
    "half a PNG": (lambda: _half(encoded(scene(), "PNG")), "truncated"),
    "half a WebP": (lambda: _half(encoded(scene(), "WEBP")), "truncated"),
    "the first bytes of a JPEG alone": (lambda: b"\xff\xd8\xff\xe0" + bytes(50), "unreadable"),
    "the first bytes of a PNG alone": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "unreadable"),
    "the first bytes of a HEIC alone": (lambda: b"\0\0\0\x18ftypheic" + bytes(50), "unreadable"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_is_not_one_good_photo_is_refused_with_its_reason(name: str) -> None:
    content, code = REFUSALS[name]
    with pytest.raises(PhotoRefused) as refusal:
        decode(content())
    assert refusal.value.code == code


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_the_formats_of_cameras_and_phones_are_read(file_format: str) -> None:
    decoded = decode(encoded(scene(), file_format))
    assert decoded.format == file_format
    assert _off(decoded.pixels, scene()) < 8


def test_a_large_photo_is_reduced_for_people_and_more_for_the_views() -> None:
    decoded = decode(encoded(scene(4000, 3000), "JPEG"))
    assert (decoded.width, decoded.height) == (LONG_SIDE, 1200)
    assert decoded.pixels.shape == (750, 1000, 3)
    assert (decoded.original_width, decoded.original_height) == (4000, 3000)
    assert _off(decoded.pixels, scene(1000, 750)) < 4
    assert _off(np.asarray(_derivative(decoded)), scene(1600, 1200)) < 4


@pytest.mark.parametrize(
    "size", [(4000, 3000), (8000, 6000), (1280, 1300), (641, 640), (3000, 400), (12000, 300)]
)
@pytest.mark.parametrize("file_format", ["JPEG", "PNG"])
def test_the_views_get_enough_pixels_and_never_many(size: tuple[int, int], file_format: str) -> None:
    decoded = decode(encoded(scene(*size), file_format))
    height, width, _ = decoded.pixels.shape
    assert height * width <= MOST_PIXELS
    assert min(height, width) >= min(SHORT_SIDE, *size) or 2 * height * width > MOST_PIXELS / 4
    assert max(decoded.width, decoded.height) == min(LONG_SIDE, max(size))


@pytest.mark.parametrize("size", [(4000, 3000), (640, 480)])
def test_pixels_alone_are_the_same_pixels(size: tuple[int, int]) -> None:
    content = encoded(scene(*size), "JPEG")
    assert np.array_equal(decode_pixels(content), decode(content).pixels)


@pytest.mark.parametrize("name", ["half a JPEG", "an SVG", "zero bytes"])
def test_pixels_alone_are_refused_alike(name: str) -> None:
    content, code = REFUSALS[name]
    with pytest.raises(PhotoRefused) as refusal:
        decode_pixels(content())
    assert refusal.value.code == code


def test_a_small_photo_keeps_its_size() -> None:
    decoded = decode(encoded(scene(320, 240), "PNG"))
    assert (decoded.width, decoded.height) == (320, 240)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_whichever_way_the_camera_was_held(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    lying = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    held = corners().transpose(lying[orientation]) if orientation in lying else corners()
    decoded = decode(encoded(held, "PNG", exif=exif))
    assert np.array_equal(decoded.pixels, np.asarray(corners()))
    assert (decoded.original_width, decoded.original_height) == corners().size


def test_what_is_see_through_is_seen_over_white() -> None:
    decoded = decode(encoded(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG"))
    assert decoded.pixels.min() == 255


def test_a_palette_with_a_clear_colour_is_seen_over_white() -> None:
    image = Image.new("P", (40, 40), 0)
    image.putpalette([0, 0, 0, 255, 0, 0])
    assert decode(encoded(image, "PNG", transparency=0)).pixels.min() == 255


def test_sixteen_bit_grey_keeps_its_tones() -> None:
    ramp = np.tile(np.linspace(0, 65535, 256).astype(np.uint16), (40, 1))
    decoded = decode(encoded(Image.fromarray(ramp), "PNG"))
    assert np.abs(decoded.pixels[0, :, 0].astype(int) - np.arange(256)).max() <= 1


@pytest.mark.parametrize("mode", ["L", "LA", "1"])
def test_grey_comes_out_as_three_equal_channels(mode: str) -> None:
    pixels = decode(encoded(scene().convert(mode), "PNG")).pixels
    assert np.array_equal(pixels[..., 0], pixels[..., 1])
    assert np.array_equal(pixels[..., 0], pixels[..., 2])


def test_printers_colours_come_out_right() -> None:
    decoded = decode(encoded(Image.new("RGB", (64, 64), "red").convert("CMYK"), "JPEG"))
    assert decoded.pixels[32, 32, 0] > 240
    assert decoded.pixels[32, 32, 1:].max() < 15


@pytest.mark.parametrize("size", [(320, 240), (3200, 2400)])
@pytest.mark.parametrize(("mode", "file_format"), [("RGB", "JPEG"), ("RGB", "PNG"), ("RGBA", "PNG")])
def test_a_colour_profile_is_followed_for_people_and_views(
    size: tuple[int, int], mode: str, file_format: str
) -> None:
    swapped = _profile_with_red_and_blue_swapped()
    decoded = decode(encoded(Image.new(mode, size, "red"), file_format, icc_profile=swapped))
    for seen in (decoded.pixels, np.asarray(_derivative(decoded))):
        red, _, blue = seen[100, 100]
        assert blue > 240
        assert red < 15


def test_a_profile_for_other_colours_than_the_photos_is_left_aside() -> None:
    profile = _profile_with_red_and_blue_swapped()
    grey = Image.new("L", (64, 64), 90)
    assert np.unique(decode(encoded(grey, "PNG", icc_profile=profile)).pixels).tolist() == [90]


@pytest.mark.parametrize("size", [(64, 64), (3000, 2000)])
def test_half_seen_through_is_half_white(size: tuple[int, int]) -> None:
    decoded = decode(encoded(Image.new("RGBA", size, (0, 0, 0, 128)), "PNG"))
    assert np.abs(decoded.pixels.astype(int) - 127).max() <= 1


def test_the_colour_behind_what_is_clear_never_bleeds_into_what_is_not() -> None:
    half = Image.new("RGBA", (3000, 2000), (255, 0, 0, 0))
    half.paste((0, 0, 0, 255), (0, 0, 1501, 2000))
    pixels = decode(encoded(half, "PNG")).pixels.astype(int)
    assert np.abs(pixels[..., 0] - pixels[..., 1]).max() <= 1


def test_a_damaged_colour_profile_is_left_aside() -> None:
    plain = decode(encoded(scene(), "PNG")).pixels
    assert np.array_equal(decode(encoded(scene(), "PNG", icc_profile=b"x" * 200)).pixels, plain)


def test_a_phones_jpeg_with_a_second_image_inside_is_one_photo() -> None:
    second = Image.new("RGB", (64, 64), "red")
    content = encoded(scene(), "MPO", save_all=True, append_images=[second])
    decoded = decode(content)
    assert decoded.format == "JPEG"
    assert _off(decoded.pixels, scene()) < 8


def test_the_derivative_carries_nothing_of_the_camera() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera maker"
    exif.get_ifd(0x8825)[1] = "N"
    original = encoded(scene(), "JPEG", exif=exif, comment=b"secret", icc_profile=b"secret" * 30)
    derivative = decode(original).jpeg
    assert b"Camera maker" in original
    for trace in (b"Exif", b"secret", b"ICC_PROFILE", b"Camera"):
        assert trace not in derivative


def test_the_cap_on_bytes_is_25_megabytes() -> None:
    padded = encoded(scene(), "JPEG")
    assert decode(padded + bytes(MAX_BYTES - len(padded))).width == 320


def _derivative(decoded: DecodedPhoto) -> Image.Image:
    return Image.open(BytesIO(decoded.jpeg))


def _profile_with_red_and_blue_swapped() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")


def _half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _off(pixels: np.ndarray, image: Image.Image) -> float:
    return float(np.abs(pixels.astype(int) - np.asarray(image)).mean())
