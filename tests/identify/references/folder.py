"""Folders of photos with a sheet, made on the spot."""

import io
import zipfile

from tests.content.reference_photos import different_jpeg

HEAD = "file,item,view,specimen,author,licence,source"


def sheet(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


def archive(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return file.getvalue()


def good_folder() -> dict[str, bytes]:
    """Two photos of one board, and one that the sheet doesn't name."""
    return {
        "photos.csv": sheet(
            "a.jpg,rosewood-board,end-grain,block 1,Ana Silva,CC BY 4.0,https://wood.example/1",
            "b.jpg,rosewood-board,whole,block 1,Ana Silva,CC0,",
        ),
        "a.jpg": different_jpeg(),
        "b.jpg": different_jpeg(),
        "c.jpg": different_jpeg(),
    }
