"""Reads one photo file into pixels, or refuses it.

This runs in the calling process. Where the file comes from a stranger, call
`ml.sandbox.decode_safely` instead, which does the same in a child that may die.
"""

import struct
import warnings
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Literal, get_args

import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import AvifImagePlugin, Image, ImageCms, ImageFile, UnidentifiedImageError

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
    """A photo upright, in sRGB, over white, its long side at most LONG_SIDE pixels.

    pixels           uint8, height × width × 3, RGB
    jpeg             the same re-encoded, without any metadata: safe to serve
    width, height    of `pixels` and `jpeg`
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


def decode(content: bytes) -> DecodedPhoto:
    """The content of a photo file to pixels. Raises PhotoRefused."""
    formats = _allowed_formats(content)
    try:
        with warnings.catch_warnings(action="ignore"), _opened(content, formats) as image:
            _check_header(image)
            format_, original_size = image.format or formats[0], image.size
            orientation = _orientation(image)
            reduced = _reduced(image)
            # Its profile was made for the mode in the file, so it is applied to that mode.
            upright = _as_srgb(reduced)
    except PhotoRefused:
        raise
    except MemoryError as error:
        raise PhotoRefused("too_costly") from error
    except Image.DecompressionBombError as error:
        raise PhotoRefused("too_many_pixels") from error
    except Exception as error:  # decoders raise nearly anything on damaged files
        raise PhotoRefused("truncated" if _is_cut_short(error) else "unreadable") from error
    if orientation in UPRIGHT:
        upright = upright.transpose(UPRIGHT[orientation])
    if orientation in LYING_ON_ITS_SIDE:
        original_size = original_size[::-1]
    return DecodedPhoto(
        pixels=np.asarray(upright),
        jpeg=_as_plain_jpeg(upright),
        width=upright.width,
        height=upright.height,
        original_width=original_size[0],
        original_height=original_size[1],
        format="JPEG" if format_ == "MPO" else format_,
    )


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


def _reduced(image: ImageFile.ImageFile) -> Image.Image:
    """Decoded no larger than needed; JPEG decodes at a half, a quarter or an eighth."""
    scale = LONG_SIDE / max(image.size)
    if scale >= 1:
        image.load()
        return _in_eight_bits(image)
    width, height = (max(1, round(side * scale)) for side in image.size)
    if image.format in ("JPEG", "MPO"):
        image.draft(None, (width, height))
    image.load()
    return _in_eight_bits(image).resize((width, height), Image.Resampling.BICUBIC, reducing_gap=2.0)


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """A mode that resizes and keeps its transparency: L, RGB, CMYK, LA, RGBA."""
    if image.mode.startswith("I"):
        grey = np.asarray(image).astype(np.uint16, copy=False) >> 8
        plain = Image.fromarray(grey.astype(np.uint8))
        plain.info.update(image.info)
        plain.info.pop("transparency", None)
        return plain
    if "transparency" in image.info or image.mode in ("PA", "La", "RGBa"):
        return image.convert("RGBA")
    if image.mode in ("1", "P"):
        return image.convert("L" if image.mode == "1" else "RGB")
    return image


def _as_srgb(image: Image.Image) -> Image.Image:
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    colours = image.convert(image.mode.removesuffix("A")) if alpha else image
    profile = image.info.get("icc_profile")
    plain = (_through_profile(colours, profile) if profile else None) or colours.convert("RGB")
    if alpha is None:
        return plain
    white = Image.new("RGB", plain.size, "white")
    white.paste(plain, mask=alpha)
    return white


def _through_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    """None where the profile is damaged or made for another kind of colours."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _as_plain_jpeg(image: Image.Image) -> bytes:
    """Encoded from the pixels alone: no EXIF, no XMP, no thumbnail, no profile."""
    encoded = BytesIO()
    Image.fromarray(np.asarray(image)).save(encoded, "JPEG", quality=JPEG_QUALITY)
    return encoded.getvalue()


def _is_cut_short(error: Exception) -> bool:
    words = str(error).lower()
    return isinstance(error, EOFError) or any(
        sign in words for sign in ("truncated", "unexpected end", "end of file", "end_of_file")
    )
