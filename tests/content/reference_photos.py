"""Reference photos as they lie in the database, for tests of what is done with them."""

from itertools import count

from PIL import Image

from content.licences import Licence
from content.models import ReferenceItem, ReferencePhoto
from identify.references.adding import PhotoFacts, add_draft, open_photo, publish_photo
from tests.identify import pictures
from tests.ml.made_up_photos import made_up
from tests.ml.photo_files import encoded

_numbers = count(1)


def make_photo(
    item: ReferenceItem, content: bytes = b"", *, published: bool = True, **facts: object
) -> ReferencePhoto:
    """A photo taken in as every photo is."""
    values = {"view": "whole", "author": "Ana Silva", "licence": Licence("cc-by", "4.0"), **facts}
    photo = add_draft(open_photo(content or different_jpeg()), PhotoFacts(item, **values), None)
    if published:
        publish_photo(photo, None)
        photo.refresh_from_db()
    return photo


def different_jpeg() -> bytes:
    """A picture unlike the ones before it: by its height, for a shade more may be the same once packed."""
    return pictures.jpeg(size=(320, 200 + next(_numbers) % 400))


def made_up_photo(kind: int, number: int) -> bytes:
    """A photo of a made-up thing: each kind has colours of its own, each number differs a little."""
    return encoded(Image.fromarray(made_up(kind, number)), "PNG")
