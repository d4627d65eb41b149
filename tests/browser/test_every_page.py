"""Every page, in English and Arabic, on a phone and on a desk: axe finds nothing, nothing runs out of it.

With QUAYMARK_SCREENSHOTS set to a folder, a picture of every page is left there, in Chinese too.
"""

import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from accounts.models import AccessLogEntry, Administration
from identify.models import Case
from tests.factories import PASSWORD, make_user
from tests.identify import pictures

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("models_root")]

SCREENSHOTS = os.environ.get("QUAYMARK_SCREENSHOTS")
LANGUAGES = ["en", "ar", "zh-hans"] if SCREENSHOTS else ["en", "ar"]
WIDTHS = [360, 1280]
MODULE = "modules/e-waste-at-the-border"
QUIZ = "learn/e-waste-at-the-border/quiz"

PUBLIC = {
    "home": "",
    "modules": "modules/",
    "module": f"{MODULE}/",
    "lesson-1": f"{MODULE}/used-or-waste/",
    "lesson-2": f"{MODULE}/how-the-label-lies/",
    "lesson-3": f"{MODULE}/testing-safely/",
    "guide": "guide/",
    "item-device": "guide/laptop/",
    "item-group": "guide/electrical-equipment/",
    "item-animal": "guide/tiger/",
    "item-goods": "guide/ivory-tusk/",
    "item-cylinder": "guide/refrigerant-cylinder/",
    "protocol": "guide/protocols/used-or-waste/",
    "privacy": "privacy/",
    "sign-in": "accounts/login/",
    "password-reset": "accounts/password/reset/",
    "sign-up-closed": "accounts/signup/",
    "not-found": "nowhere/",
}

every_way = pytest.mark.parametrize(
    ("language", "width"), [(language, width) for language in LANGUAGES for width in WIDTHS]
)


def look_at(page: Page, name: str, language: str, width: int) -> list[str]:
    """What is wrong with the page that is open."""
    found = [f"{name}: {violation}" for violation in axe_violations(page)]
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if overflow > 0:
        found.append(f"{name}: runs {overflow} px out of the page")
    if page.locator("html").get_attribute("dir") != ("rtl" if language == "ar" else "ltr"):
        found.append(f"{name}: wrong direction")
    if SCREENSHOTS:
        Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SCREENSHOTS}/{name}-{language}-{width}.png", full_page=True)
    return found


def axe_violations(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [
        f"{violation['id']} at {[node['target'] for node in violation['nodes']][:3]}"
        for violation in violations
    ]


@every_way
def test_pages_that_everybody_may_read(page_at, language: str, width: int):
    page = page_at(language, width=width)
    found = []
    for name, address in PUBLIC.items():
        page.goto(f"/{language}/{address}")
        found += look_at(page, name, language, width)
    assert found == []


@every_way
def test_pages_of_a_trainee(page_at, sign_in, language: str, width: int):
    trainee = make_user(f"{uuid4()}@example.org", ("trainee",))
    page = page_at(language, width=width)
    sign_in(page, trainee.email)
    found = look_at(page, "learn-start", language, width)
    for name, address in {
        "lesson-signed-in": f"{MODULE}/used-or-waste/",
        "module-signed-in": f"{MODULE}/",
    }.items():
        page.goto(f"/{language}/{address}")
        found += look_at(page, name, language, width)
    page.goto(f"/{language}/{MODULE}/used-or-waste/")
    page.locator("form.question input[name=choice]").first.check()
    page.locator("form.question button").first.click()
    page.wait_for_load_state()
    found += look_at(page, "lesson-answered", language, width)
    page.goto(f"/{language}/learn/")
    found += look_at(page, "learn-next", language, width)
    page.goto(f"/{language}/identify/")
    found += look_at(page, "identify-not-allowed", language, width)
    page.goto(f"/{language}/accounts/logout/")
    found += look_at(page, "sign-out", language, width)
    assert found == []


@every_way
def test_pages_of_the_quiz(page_at, sign_in, language: str, width: int):
    trainee = make_user(f"{uuid4()}@example.org", ("trainee",))
    page = page_at(language, width=width)
    sign_in(page, trainee.email)
    page.goto(f"/{language}/{QUIZ}/")
    found = look_at(page, "quiz-intro", language, width)
    page.locator("main .button--go").last.click()
    page.wait_for_load_state()
    found += look_at(page, "quiz-question", language, width)
    while page.locator("input[name=choice]").count():
        page.locator("input[name=choice]").first.check()
        page.locator("button[value=next]").click()
        page.wait_for_load_state()
    found += look_at(page, "quiz-review", language, width)
    page.locator("main .button--go").last.click()
    page.wait_for_load_state()
    found += look_at(page, "quiz-result", language, width)
    assert found == []


@every_way
def test_pages_of_an_officer(page_at, sign_in, tmp_path: Path, language: str, width: int):
    officer = make_user(f"{uuid4()}@example.org", ("officer",))
    page = page_at(language, width=width)
    sign_in(page, officer.email)
    page.goto(f"/{language}/identify/")
    found = look_at(page, "identify", language, width)
    send_photos(page, tmp_path, {"notes.jpg": b"no photo"})
    page.locator("#errors").wait_for()
    found += look_at(page, "identify-refused", language, width)
    for name, photo in {"answer": pictures.drawn_keyboard(), "unknown": pictures.jpeg()}.items():
        page.goto(f"/{language}/identify/")
        send_photos(page, tmp_path, {"photo.jpg": photo})
        page.wait_for_url("**/identify/*-*/")
        found += look_at(page, name, language, width)
    assert Case.objects.filter(officer=officer).count() == 2
    page.goto(f"/{language}/identify/mine/")
    found += look_at(page, "identify-mine", language, width)
    assert found == []


@every_way
def test_pages_about_ones_data_and_those_of_a_coordinator(page_at, sign_in, language: str, width: int):
    administration = Administration.objects.create(name=f"Customs of {uuid4()}")
    coordinator = make_user(f"{uuid4()}@example.org", ("coordinator",), administration=administration)
    for number in range(51):
        AccessLogEntry.objects.note(
            coordinator, "case", f"{uuid4()}-{number}"[:36], how="page", administration=administration
        )
    page = page_at(language, width=width)
    page.goto(f"/{language}/accounts/login/")
    page.locator("input[name=login]").fill(coordinator.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/privacy/accept/**")
    found = look_at(page, "accept", language, width)
    page.locator("main .button--go").click()
    page.wait_for_url(lambda url: "/privacy/" not in url)
    for name, address in {
        "data": "accounts/you/data/",
        "erase": "accounts/you/data/erase/",
        "access-log": "accounts/access-log/",
        "access-log-nothing": "accounts/access-log/?person=nobody",
        "notices-write": "privacy/write/",
        "item-hidden": "guide/ivory-tusk/",
    }.items():
        page.goto(f"/{language}/{address}")
        found += look_at(page, name, language, width)
    assert found == []


def send_photos(page: Page, folder: Path, contents: dict[str, bytes]) -> None:
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    page.locator("#photos").set_input_files([str(folder / name) for name in contents])
    send: Callable[[], None] = page.locator("form[data-photos] button[type=submit]").click
    send()
