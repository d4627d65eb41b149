"""Any photo's colours to eight bits, sRGB, over white: what people and the backbone see."""

from functools import lru_cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms

PROFILES_KEPT = 8  # phones of one make share theirs; making the transform costs more than using it


def in_eight_bits(image: Image.Image) -> Image.Image:
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


def as_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """From the mode in the file, which its profile was made for."""
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    colours = image.convert(image.mode.removesuffix("A")) if alpha else image
    plain = (_through_profile(colours, profile) if profile else None) or _as_rgb(colours)
    if alpha is None:
        return plain
    white = Image.new("RGB", plain.size, "white")
    white.paste(plain, mask=alpha)
    return white


def _as_rgb(image: Image.Image) -> Image.Image:
    return image if image.mode == "RGB" else image.convert("RGB")  # else it would be copied


def _through_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    """None where the profile is damaged or made for another kind of colours."""
    try:
        return ImageCms.applyTransform(image, _transform(profile, image.mode))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


@lru_cache(PROFILES_KEPT)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform:
    source = ImageCms.ImageCmsProfile(BytesIO(profile))
    return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
