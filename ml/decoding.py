"""Reads one photo file into pixels, or refuses it.

This runs in the calling process. Where the file comes from a stranger, call
`ml.sandbox.decode_safely` instead, which does the same in a child that may die.
"""

import math
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Literal, get_args

import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import AvifImagePlugin, Image, ImageFile, UnidentifiedImageError

from ml.colours import as_srgb, in_eight_bits

Pixels = NDArray[np.uint8]

RefusalCode = Literal[
    "empty",  # no bytes at all
    "not_a_photo",  # not an image file, whatever its name says
    "format",  # an image, but not JPEG, PNG, WebP, HEIC or AVIF (GIF, SVG, TIFF, PDF …)
    "animated",  # more than one frame
    "too_many_bytes",  # above MAX_BYTES
    "too_many_pixels",  # above MAX_PIXELS, or a side above MAX_SIDE
    "too_small",  # a side below MIN_SIDE pixels: nothing to see
    "truncated",  # the end of the file is missing
    "unreadable",  # damaged in another way
    "too_costly",  # memory, time or a crash: the child had to be stopped
]
REFUSAL_CODES: tuple[RefusalCode, ...] = get_args(RefusalCode)

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 64_000_000
MAX_SIDE = 32_768
MIN_SIDE = 32
LONG_SIDE = 1600
JPEG_QUALITY = 87
# Zoomed views see 0.6 of the short side; 640 px leave a backbone of up to 384 px all it can see.
SHORT_SIDE = 640
MOST_PIXELS = 1600 * 1600
DECODER_THREADS = 2

# What a file begins with. Names and stated types are never looked at.
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx")
AVIF_BRANDS = (b"avif", b"avis")
SHARED_BRANDS = (b"mif1", b"msf1")
OTHER_IMAGES = (b"GIF8", b"BM", b"II*\0", b"MM\0*", b"%PDF", b"8BPS", b"\0\0\1\0", b"\xff\x0a")

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
LYING_ON_ITS_SIDE = (5, 6, 7, 8)
ORIENTATION_TAG = 0x0112

pillow_heif.register_heif_opener(
    thumbnails=False, depth_images=False, aux_images=False, decode_threads=DECODER_THREADS
)
AvifImagePlugin.DEFAULT_MAX_THREADS = DECODER_THREADS


class PhotoRefused(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """The file is not decoded. `code` says why; words for people are the caller's."""

    def __init__(self, code: RefusalCode) -> None:
        super().__init__(code)
        self.code: RefusalCode = code


@dataclass(frozen=True, slots=True)
class DecodedPhoto:
    """A photo upright, in sRGB, over white: once for the backbone, once for people.

    pixels           uint8, height × width × 3, RGB: what `ml.views` looks at. Reduced by a
                     whole number where the short side stays at SHORT_SIDE or above; never
                     more than MOST_PIXELS
    jpeg             its long side at most LONG_SIDE, without any metadata: safe to serve
    width, height    of `jpeg`
    original_width, original_height   of the file as shown upright
    format           "JPEG", "PNG", "WEBP", "HEIF" or "AVIF", by content
    """

    pixels: Pixels
    jpeg: bytes
    width: int
    height: int
    original_width: int
    original_height: int
    format: str


@dataclass(frozen=True, slots=True)
class Upright:
    """A photo as the camera was held, in the colours of its file."""

    image: Image.Image
    profile: bytes | None
    original_size: tuple[int, int]
    format: str


def decode(content: bytes) -> DecodedPhoto:
    """The content of a photo file to what the views and what people need. Raises PhotoRefused."""
    with _refusing():
        upright = _upright(content)
        shown = as_srgb(_for_people(upright.image), upright.profile)
        return DecodedPhoto(
            pixels=_pixels(upright),
            jpeg=_as_plain_jpeg(shown),
            width=shown.width,
            height=shown.height,
            original_width=upright.original_size[0],
            original_height=upright.original_size[1],
            format=upright.format,
        )


def decode_pixels(content: bytes) -> Pixels:
    """`decode(content).pixels` in less time: for photos that nobody will be shown."""
    with _refusing():
        return _pixels(_upright(content))


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    except PhotoRefused:
        raise
    except MemoryError as error:
        raise PhotoRefused("too_costly") from error
    except Image.DecompressionBombError as error:
        raise PhotoRefused("too_many_pixels") from error
    except Exception as error:  # decoders raise nearly anything on damaged files
        raise PhotoRefused("truncated" if _is_cut_short(error) else "unreadable") from error


def _upright(content: bytes) -> Upright:
    formats = _allowed_formats(content)
    with _opened(content, formats) as file:
        _check_header(file)
        format_, size = file.format or formats[0], file.size
        orientation = _orientation(file)
        _load(file)
        image = in_eight_bits(file)
        profile = image.info.get("icc_profile")
    # Before anything is reduced: so the views don't depend on how the camera was held.
    if orientation in UPRIGHT:
        image = image.transpose(UPRIGHT[orientation])
    if orientation in LYING_ON_ITS_SIDE:
        size = size[::-1]
    return Upright(image, profile, size, "JPEG" if format_ == "MPO" else format_)


def _pixels(upright: Upright) -> Pixels:
    return np.asarray(as_srgb(_for_views(upright.image), upright.profile))


def _allowed_formats(content: bytes) -> tuple[str, ...]:
    """The formats worth trying, by the first bytes; most refusals happen here."""
    if not content:
        raise PhotoRefused("empty")
    if len(content) > MAX_BYTES:
        raise PhotoRefused("too_many_bytes")
    if content.startswith(b"\xff\xd8\xff"):
        return ("JPEG", "MPO")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return ("PNG",)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        if struct.unpack("<I", content[4:8])[0] + 8 > len(content):
            raise PhotoRefused("truncated")
        return ("WEBP",)
    if content[4:8] == b"ftyp":
        return _formats_of_brand(content)
    raise PhotoRefused("format" if _is_another_image(content) else "not_a_photo")


def _formats_of_brand(content: bytes) -> tuple[str, ...]:
    brand = content[8:12]
    if brand in AVIF_BRANDS:
        return ("AVIF",)
    if brand in HEIC_BRANDS:
        return ("HEIF",)
    if brand in SHARED_BRANDS:
        compatible = content[16 : int.from_bytes(content[:4])][:256]
        return ("AVIF",) if b"avif" in compatible else ("HEIF",)
    raise PhotoRefused("format")


def _is_another_image(content: bytes) -> bool:
    return content.startswith(OTHER_IMAGES) or b"<svg" in content[:4096].lower()


def _opened(content: bytes, formats: tuple[str, ...]) -> ImageFile.ImageFile:
    """The file with its header read, nothing decoded yet."""
    try:
        return Image.open(BytesIO(content), formats=formats)
    except UnidentifiedImageError as error:
        raise PhotoRefused("unreadable") from error


def _check_header(image: ImageFile.ImageFile) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise PhotoRefused("too_many_pixels")
    if min(width, height) < MIN_SIDE:
        raise PhotoRefused("too_small")
    # A JPEG with more images inside (MPO) holds a photo first, then its depth or preview.
    if image.format not in ("JPEG", "MPO") and getattr(image, "n_frames", 1) > 1:
        raise PhotoRefused("animated")


def _orientation(image: ImageFile.ImageFile) -> int:
    with suppress(Exception):  # a damaged EXIF block is no reason to refuse the photo
        return int(image.getexif().get(ORIENTATION_TAG, 1))
    return 1


def _load(image: ImageFile.ImageFile) -> None:
    """Decodes; a large JPEG at a half, a quarter or an eighth, where both uses need no more."""
    if image.format in ("JPEG", "MPO"):
        width, height = image.size
        scale = min(max(image.size) // LONG_SIDE, _spare(image.size)) or 1
        image.draft(None, (width // scale, height // scale))
    image.load()


def _spare(size: tuple[int, int]) -> int:
    """How many pixels of the photo, along each side, may become one for the views."""
    return max(min(size) // SHORT_SIDE, math.ceil(math.sqrt(math.prod(size) / MOST_PIXELS)))


def _for_views(image: Image.Image) -> Image.Image:
    spare = _spare(image.size)
    return image.reduce(spare) if spare > 1 else image


def _for_people(image: Image.Image) -> Image.Image:
    scale = LONG_SIDE / max(image.size)
    if scale >= 1:
        return image
    width, height = (max(1, round(side * scale)) for side in image.size)
    # Hamming takes half the time of bicubic and is as sharp where a photo is made smaller.
    return image.resize((width, height), Image.Resampling.HAMMING, reducing_gap=2.0)


def _as_plain_jpeg(image: Image.Image) -> bytes:
    """Encoded from the pixels alone: no EXIF, no XMP, no thumbnail, no profile."""
    encoded = BytesIO()
    image.info = {}
    image.save(encoded, "JPEG", quality=JPEG_QUALITY)
    return encoded.getvalue()


def _is_cut_short(error: Exception) -> bool:
    words = str(error).lower()
    return isinstance(error, EOFError) or any(
        sign in words for sign in ("truncated", "unexpected end", "end of file", "end_of_file")
    )
