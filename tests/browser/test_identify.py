"""An officer identifies a thing, in a real browser, with and without JavaScript."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from identify.models import Case
from tests.factories import make_user
from tests.identify import pictures

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("models_root")]

OpenPage = Callable[..., Page]
SignIn = Callable[[Page, str], None]


@pytest.fixture
def officer(db: None) -> User:
    return make_user(f"{uuid4()}@example.org", ("officer",))


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., list[str]]:
    def write(**contents: bytes) -> list[str]:
        paths = [tmp_path / f"{name}.jpg" for name in contents]
        for path, content in zip(paths, contents.values(), strict=True):
            path.write_bytes(content)
        return [str(path) for path in paths]

    return write


@pytest.fixture
def form(page_at: OpenPage, sign_in: SignIn, officer: User) -> OpenPage:
    """The identify form of an officer who is signed in."""

    def open_form(language: str = "en", **how: object) -> Page:
        page = page_at(language, **how)
        sign_in(page, officer.email)
        page.goto(f"/{language}/identify/")
        return page

    return open_form


def choose(page: Page, paths: list[str]) -> None:
    page.locator("#photos").set_input_files(paths)


def send(page: Page) -> None:
    page.locator("form[data-photos] button[type=submit]").click()


ways = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
languages = pytest.mark.parametrize(("language", "keyboard"), [("en", "keyboard"), ("ar", "لوحة مفاتيح")])


@ways
@languages
def test_a_photo_is_answered(form, files, language, keyboard, javascript):
    page = form(language, width=360, javascript=javascript)

    choose(page, files(keyboard=pictures.drawn_keyboard()))
    send(page)

    expect(page.locator("h1")).to_contain_text(keyboard, ignore_case=True)
    expect(page.locator(".answer__chance")).to_contain_text("%")
    expect(page.locator(".photo-strip--sent img")).to_have_js_property("complete", True)
    assert page.locator(".photo-strip--sent img").evaluate("image => image.naturalWidth") > 0
    expect(page.locator(".actions .button--go")).to_have_attribute(
        "href", f"/{language}/guide/protocols/used-or-waste/"
    )


@ways
@languages
def test_a_photo_of_nothing_it_knows_is_answered_so(form, files, language, keyboard, javascript):
    page = form(language, javascript=javascript)

    choose(page, files(shapes=pictures.jpeg()))
    send(page)

    expect(page.locator(".answer--unknown h1")).to_be_visible()
    tusk = page.locator(f'a[href="/{language}/guide/ivory-tusk/"]')
    page.locator("details", has=tusk).locator("summary").click()
    expect(tusk).to_be_visible()


@ways
def test_a_photo_that_cannot_be_used_is_named_and_nothing_is_sent_on(form, files, javascript):
    page = form(javascript=javascript)

    choose(page, files(notes=b"no photo"))
    send(page)

    expect(page.locator("#errors")).to_contain_text("notes.jpg")
    expect(page.locator("#errors")).to_contain_text("This is not a photo")


def test_chosen_photos_are_shown_and_can_be_removed(form, files):
    page = form()
    choose(page, files(one=pictures.jpeg(1), two=pictures.jpeg(2)))
    choose(page, files(three=pictures.jpeg(3)))
    expect(page.locator(".photo-slot__preview")).to_have_count(3)

    page.get_by_role("button", name="Remove this photo: Photo 2").click()
    send(page)

    page.wait_for_url("**/identify/*-*/")
    names = Case.objects.latest("id").photos.values_list("name", flat=True)
    assert list(names) == ["one.jpg", "three.jpg"]


def test_a_seventh_photo_is_left_out_before_it_is_sent(form, files):
    page = form()

    choose(page, files(**{f"photo{number}": pictures.jpeg(number) for number in range(7)}))

    expect(page.locator(".photo-slot__preview")).to_have_count(6)
    expect(page.locator("#errors")).to_contain_text("Only six photos can be sent together.")
    expect(page.locator("#photos")).to_be_hidden()


def test_photos_stay_chosen_when_one_is_refused(form, files):
    page = form()
    choose(page, files(notes=b"no photo"))

    send(page)

    expect(page.locator(".photo-slot--wrong .photo-slot__state")).to_contain_text("Refused")
    choose(page, files(keyboard=pictures.drawn_keyboard()))
    send(page)
    expect(page.locator(".answer h1")).to_contain_text("keyboard", ignore_case=True)
    expect(page.locator(".notice--warning")).to_contain_text("notes.jpg")


def test_photos_stay_chosen_when_there_is_no_line(form, files):
    page = form()
    choose(page, files(keyboard=pictures.drawn_keyboard()))
    page.context.set_offline(True)

    send(page)

    expect(page.locator("#errors")).to_contain_text("There is no connection.")
    page.context.set_offline(False)
    send(page)
    expect(page.locator(".answer h1")).to_contain_text("keyboard", ignore_case=True)
