"""The page of an item with photos, in English and Arabic, on a phone and on a desk: axe finds nothing."""

from collections.abc import Iterator

import pytest

from content.licences import Licence
from content.models import ReferenceItem, ReferencePhoto
from tests.browser.test_every_page import every_way, look_at
from tests.content.reference_photos import make_photo
from tests.identify import pictures

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("models_root")]


@pytest.fixture
def photos(db: None) -> Iterator[list[ReferencePhoto]]:
    """Of an item that no photo can find by name."""
    item = ReferenceItem.objects.get(key="rosewood-board")
    made = [
        make_photo(item, pictures.jpeg(60, (900, 600)), view="end-grain", source="https://wood.example/1"),
        make_photo(item, pictures.jpeg(200, (600, 900)), view="whole", licence=Licence("own")),
        make_photo(
            item, pictures.drawn_keyboard(), view="label", author="A collection with a very long name " * 3
        ),
    ]
    yield made
    for photo in made:
        photo.delete()


@every_way
def test_an_item_with_photos(page_at, photos, language: str, width: int):
    page = page_at(language, width=width)
    page.goto(f"/{language}/guide/rosewood-board/")
    pictures_shown = page.locator(".specimens img")
    assert pictures_shown.count() == 3
    for picture in pictures_shown.all():
        assert picture.get_attribute("loading") == "lazy"
        picture.scroll_into_view_if_needed()
        picture.evaluate("image => image.decode()")
    assert pictures_shown.first.evaluate("image => image.naturalWidth") == 480
    assert look_at(page, "item-photos", language, width) == []
