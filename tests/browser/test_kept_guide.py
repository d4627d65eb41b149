"""The guide kept on a phone, and read without a line, in a real browser."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Error, Page, Request, expect

from content.models import CommonName, FieldMark, ReferenceItem
from content.offline import building
from content.offline.addresses import Address, addresses
from content.searching.words import spelling_rules, words_of
from tests.browser.sessions import signed_in
from tests.browser.test_every_page import every_way, look_at
from tests.factories import make_user

pytestmark = pytest.mark.browser

KEPT = (
    "guide/",
    "guide/search/",
    "guide/offline/",
    "guide/offline/not-kept/",
    "guide/worked-ivory/",
    "guide/rhinoceros-horn/",
    "guide/protocols/cylinder-check/",
    "guide/compare/worked-ivory/bone-carving/",
    "guide/refrigerants/?q=R-404A",
)


@pytest.fixture(autouse=True)
def a_small_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few pages of the guide: each test makes its copy anew. Search knows the whole guide."""

    def few() -> list[Address]:
        return [one for one in addresses() if one.path.split("/", 2)[2] in KEPT]

    monkeypatch.setattr(building, "addresses", few)


@pytest.fixture
def phone(page_at) -> Iterator[Callable[..., Page]]:
    """`phone("ar")`: a phone on which the guide has been kept."""

    def keep(language: str = "en", width: int = 360) -> Page:
        page = page_at(language, width=width)
        page.goto(f"/{language}/guide/offline/")
        page.locator("[data-part=keep]").click(timeout=120_000)
        expect(page.locator("[data-part=newest]")).to_be_visible(timeout=60_000)
        return page

    yield keep


def without_line(page: Page) -> Page:
    page.context.set_offline(True)
    return page


def parts_asked(page: Page) -> list[str]:
    """The parts that the page fetches from now on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/offline/parts/" in request.url:
            asked.append(request.url)

    page.on("request", note)
    return asked


def test_the_size_is_said_before_anything_is_fetched(page_at):
    page = page_at("en", width=360)
    asked = parts_asked(page)
    page.goto("/en/guide/offline/")

    expect(page.locator("[data-part=size]")).to_have_text(
        re.compile(r"^\d+\.\d MB to fetch"), timeout=120_000
    )

    assert asked == []
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    assert page.evaluate("async () => (await caches.keys()).length") == 0


def test_kept_pages_are_read_without_a_line_and_say_how_old_they_are(phone):
    page = without_line(phone())

    for address, heading in {
        "worked-ivory/": "Worked elephant ivory",
        "compare/worked-ivory/bone-carving/": re.compile("Bone carving"),
        "protocols/cylinder-check/": re.compile("gas cylinder"),
        "refrigerants/?q=R-404A": re.compile("R-404A"),
    }.items():
        page.goto(f"/en/guide/{address}")
        expect(page.locator("h1")).to_have_text(heading)
        bar = page.locator("[data-kept]")
        expect(bar).to_contain_text(
            re.compile(r"Kept copy of \d+ \w+ \d{4} \(today\)\. Check again before you act\.")
        )
        expect(bar).to_contain_text(re.compile(r"Check again after \d+ \w+ \d{4}"))
        assert page.locator(".masthead").evaluate("element => getComputedStyle(element).backgroundColor") != (
            "rgba(0, 0, 0, 0)"
        )


def test_with_a_line_the_page_of_today_is_shown(phone):
    page = phone()

    page.goto("/en/guide/worked-ivory/")

    expect(page.locator("h1")).to_have_text("Worked elephant ivory")
    expect(page.locator("[data-kept]")).to_have_count(0)


def test_the_kept_guide_is_searched(phone):
    page = without_line(phone())
    page.goto("/en/guide/")

    page.locator("#q").fill("rhinocerous horn")
    page.locator("form.finder button").click()
    expect(page.locator("[data-found] a").first).to_have_text("Rhinoceros horn")
    expect(page.locator("[data-said]")).to_have_text(re.compile(r"Found in the kept guide: \d+"))

    page.locator("#q").fill("0507")
    expect(page.locator("[data-found] a").first).to_have_text(re.compile("ivory|tusk", re.I))
    page.locator("#q").fill("zzzzzz")
    expect(page.locator("[data-said]")).to_have_text("Nothing found in the kept guide")


def test_what_was_typed_into_the_calculator_is_looked_up(phone):
    page = without_line(phone())

    page.goto("/en/guide/refrigerants/?q=freon+22&mass=3&cylinders=1")

    expect(page.locator("[data-found] a").first).to_have_text("R-22")


def test_a_page_that_is_not_kept_says_so(phone):
    page = without_line(phone())

    response = page.goto("/en/guide/kosso/card/")

    assert response is not None and response.status == 503
    expect(page.locator("h1")).to_have_text("This page is not kept on this phone")


def test_an_old_copy_is_amber_and_says_why(phone):
    page = phone()
    page.evaluate(
        """async () => {
          const cache = await caches.open("quaymark-guide-en");
          const state = await (await cache.match("/en/guide/offline/state.json")).json();
          for (const digest of Object.keys(state.parts)) state.parts[digest] = "2025-01-01T12:00:00Z";
          await cache.put("/en/guide/offline/state.json", new Response(JSON.stringify(state)));
        }"""
    )

    without_line(page).goto("/en/guide/")

    bar = page.locator("[data-kept]")
    expect(bar).to_have_class(re.compile("kept--old"))
    expect(bar).to_contain_text("had to be checked again after 2 July 2025")
    expect(bar).to_contain_text(re.compile(r"\(\d+ months ago\)"))


def test_it_is_removed(phone):
    page = phone()

    page.locator("[data-part=remove]").click()

    expect(page.locator("[data-part=keep]")).to_be_visible()
    assert page.evaluate("async () => (await caches.keys()).length") == 0
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        without_line(page).goto("/en/guide/worked-ivory/")


def test_a_line_that_breaks_costs_only_what_was_coming(page_at):
    page = page_at("en", width=360)
    page.goto("/en/guide/offline/")
    come: list[str] = []

    def break_after_two(route) -> None:
        if len(come) == 2:
            route.abort()
        else:
            come.append(route.request.url)
            route.continue_()

    page.route("**/offline/parts/*", break_after_two)
    page.locator("[data-part=keep]").click(timeout=120_000)
    expect(page.locator("[data-part=said]")).to_contain_text("The line broke.")
    page.unroute("**/offline/parts/*")

    asked = parts_asked(page)
    page.locator("[data-part=goOn]").click()
    expect(page.locator("[data-part=newest]")).to_be_visible()

    assert asked and not set(asked) & set(come)


def test_a_newer_guide_is_offered_and_only_what_changed_is_fetched(phone):
    page = phone()
    ivory = ReferenceItem.objects.get(key="worked-ivory")
    mark = FieldMark.objects.create(item=ivory, key="new", text_en="A mark found yesterday.", source="A book")
    try:
        page.reload()
        expect(page.locator("[data-part=newer]")).to_be_visible(timeout=120_000)
        asked = parts_asked(page)
        page.locator("[data-part=newest]").click()
        expect(page.locator("[data-part=same]")).to_be_visible()
    finally:
        mark.delete()

    assert len(asked) == 1
    without_line(page).goto("/en/guide/worked-ivory/")
    expect(page.locator("main")).to_contain_text("A mark found yesterday.")


def test_nothing_of_the_officer_who_keeps_it_is_in_it(page_at):
    officer = make_user(roles=("officer",))
    page = signed_in(page_at("en", width=360), officer)
    page.goto("/en/guide/worked-ivory/")
    expect(page.locator("#hidden")).to_be_visible()
    page.goto("/en/guide/offline/")
    page.locator("[data-part=keep]").click(timeout=120_000)
    expect(page.locator("[data-part=newest]")).to_be_visible(timeout=60_000)

    without_line(page).goto("/en/guide/worked-ivory/")

    expect(page.locator("[data-kept]")).to_be_visible()
    expect(page.locator("#hidden")).to_have_count(0)
    assert officer.email not in page.content()


def test_what_a_line_puts_in_of_its_own_is_not_kept(page_at):
    page = page_at("en", width=360)
    page.goto("/en/guide/offline/")
    page.route(
        "**/offline/parts/*", lambda route: route.fulfill(status=200, body=json.dumps([{"body": "Sign in"}]))
    )

    page.locator("[data-part=keep]").click(timeout=120_000)

    expect(page.locator("[data-part=said]")).to_contain_text("What came is not what the server sent.")
    expect(page.locator("[data-part=goOn]")).to_be_visible()


def test_a_phone_without_room_says_so(page_at):
    page = page_at("en", width=360)
    page.add_init_script("navigator.storage.estimate = async () => ({ quota: 1000, usage: 900 });")
    page.goto("/en/guide/offline/")

    page.locator("[data-part=keep]").click(timeout=120_000)

    expect(page.locator("[data-part=said]")).to_contain_text("There is not enough room on this phone.")


def test_without_javascript_the_page_says_what_to_do_instead(page_at):
    page = page_at("en", width=360, javascript=False)
    page.goto("/en/guide/offline/")

    expect(page.locator("[data-instead]")).to_be_visible()
    expect(page.locator("[data-instead]")).to_contain_text("Print the pocket cards")
    expect(page.locator("[data-keeper]")).to_be_hidden()


def test_names_are_folded_as_the_server_folds_them(page_at):
    page = page_at("en")
    names = list(CommonName.objects.values_list("name", flat=True).order_by("pk")[::7])
    names += [
        "Freon R-22",
        "UN 1018",
        "CAS 75-45-6",
        "Éléphant d’Afrique",
        "والعاج",
        "ЙОД",
        "٢٢ kg",
        "象牙制品",
    ]

    folded = page.evaluate(
        """async ([names, rules]) => {
          const { wordsOf } = await import("/static/content/kept-search.js");
          return names.map((name) => wordsOf(name, rules));
        }""",
        [names, spelling_rules()],
    )

    assert dict(zip(names, folded, strict=True)) == {name: words_of(name) for name in names}


@every_way
def test_the_pages_of_the_kept_guide(phone, page_at, language: str, width: int):
    page = phone(language, width=width)
    found = look_at(page, "offline-kept", language, width)
    without_line(page)
    for name, address in {
        "list": "",
        "item": "worked-ivory/",
        "compare": "compare/worked-ivory/bone-carving/",
        "search": "search/?q=ivory",
        "not-kept": "kosso/card/",
    }.items():
        page.goto(f"/{language}/guide/{address}")
        expect(page.locator("[data-kept]")).to_be_visible()
        found += look_at(page, f"offline-{name}", language, width)
    assert found == []
