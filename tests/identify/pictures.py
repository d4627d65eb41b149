"""Picture files made on the spot: good ones, and each kind of bad one."""

import io
import struct
import zlib
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw


def jpeg(shade: int = 120, size: tuple[int, int] = (640, 480), **saving: object) -> bytes:
    """A photo-like picture: shapes on a gradient, so that it is no flat colour."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2), fill=(shade, 60, 200))
    return _saved(image, "JPEG", **saving)


def jpeg_with_position() -> bytes:
    """A JPEG whose EXIF block names a camera and a place."""
    exif = Image.Exif()
    exif[0x0110] = "SecretCamera 3000"
    exif[0x8825] = {1: "N", 2: (59.0, 26.0, 14.0), 3: "E", 4: (24.0, 44.0, 42.0)}
    return jpeg(exif=exif.tobytes())


def truncated_jpeg() -> bytes:
    whole = jpeg()
    return whole[: len(whole) // 2]


def animated(form: str) -> bytes:
    frames = [Image.new("RGB", (100, 100), (shade, 0, 0)) for shade in (0, 120, 250)]
    return _saved(frames[0], form, save_all=True, append_images=frames[1:])


@cache
def huge_png(side: int = 20_000, rows: int = 100) -> bytes:
    """A PNG of one colour, tiny as a file and 1.2 GB as pixels.

    Some rows are packed once and repeated: packing all of them would take ten seconds.
    """
    block = (b"\0" + b"\x7f\x20\xc8" * side) * rows
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 1
    for _ in range(side // rows):
        checksum = zlib.adler32(block, checksum)
    pixels = b"\x78\xda" + packed * (side // rows) + b"\x03\x00" + struct.pack(">I", checksum)
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def svg() -> bytes:
    return (
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script/></svg>'
    )


def upload(content: bytes, name: str = "photo.jpg", content_type: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type)


def _saved(image: Image.Image, form: str, **saving: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **saving)
    return file.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def drawn_keyboard() -> bytes:
    """A drawing plain enough that the recogniser takes it for a keyboard, without any photo at hand."""
    image = Image.new("RGB", (900, 600), (205, 190, 165))
    drawing = ImageDraw.Draw(image)
    drawing.rounded_rectangle((40, 150, 860, 450), 18, fill=(40, 40, 44))
    for row in range(5):
        for column in range(14):
            left, top = 62 + column * 56 + row % 2 * 4, 170 + row * 54
            drawing.rounded_rectangle((left, top, left + 46, top + 44), 6, fill=(228, 228, 224))
            drawing.text(
                (left + 16, top + 10),
                "QWERTYUIOPASDFGHJKLZXCVBNM"[(row * 14 + column) % 26],
                fill=(30, 30, 30),
            )
    drawing.rounded_rectangle((240, 386, 620, 430), 6, fill=(228, 228, 224))
    return _saved(image, "JPEG", quality=90)
