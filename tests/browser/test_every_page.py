"""Every page, in English and Arabic: axe finds nothing, and nothing runs out of it on a phone or on a desk.

English is looked at on a desk, Arabic on a phone. With QUAYMARK_SCREENSHOTS set to a folder, both and Chinese
are looked at on either, and a picture of every page is left there.
"""

import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from accounts.actions.invitations import invite
from accounts.actions.requests import ask_for_access
from accounts.actions.staff_lists import plan_staff_list
from accounts.actions.standing import suspend
from accounts.models import AccessLogEntry, Administration
from accounts.staff_list_file import read_staff_list
from config.demo import make_example_sheet
from identify.models import Case
from tests.browser.sessions import signed_in
from tests.factories import PASSWORD, make_user
from tests.identify import pictures

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("models_root")]

SCREENSHOTS = os.environ.get("QUAYMARK_SCREENSHOTS")
LANGUAGES = ["en", "ar", "zh-hans"]
WIDTHS, HEIGHT = [360, 1280], 800
WAYS = (
    [(language, width) for language in LANGUAGES for width in WIDTHS]
    if SCREENSHOTS
    else [("en", 1280), ("ar", 360)]
)
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
    "country-stranger": "guide/country/",
    "privacy": "privacy/",
    "sign-in": "accounts/login/",
    "password-reset": "accounts/password/reset/",
    "sign-up": "accounts/signup/",
    "signed-up": "accounts/signed-up/",
    "invitation-unusable": "accounts/invitation/unknown/",
    "not-found": "nowhere/",
}

every_way = pytest.mark.parametrize(("language", "width"), WAYS)


def look_at(page: Page, name: str, language: str, width: int) -> list[str]:
    """What is wrong with the page that is open."""
    found = [f"{name}: {violation}" for violation in axe_violations(page)]
    # The width that was asked for comes last, and stays.
    for narrow_or_wide in sorted(WIDTHS, key=lambda one: one == width):
        page.set_viewport_size({"width": narrow_or_wide, "height": HEIGHT})
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if overflow > 0:
            found.append(f"{name}: at {narrow_or_wide} px it runs {overflow} px out of the page")
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
def test_pages_of_ones_account(page_at, sign_in, language: str, width: int):
    officer = make_user(f"{uuid4()}@example.org", ("officer",))
    page = page_at(language, width=width)
    sign_in(page, officer.email)
    found = []
    for name, address in {
        "account": "accounts/you/",
        "second-step": "accounts/2fa/",
        "passkeys": "accounts/2fa/webauthn/",
        "sessions": "accounts/sessions/",
        "tokens-none": "accounts/you/tokens/",
        "confirm-it-is-you": "accounts/2fa/totp/activate/",
    }.items():
        page.goto(f"/{language}/{address}")
        found += look_at(page, name, language, width)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/totp/activate/")
    found += look_at(page, "codes-set-up", language, width)
    page.locator("input[name=code]").fill("123456")
    page.locator("main button[type=submit]").first.click()
    page.locator("#errors").wait_for()
    found += look_at(page, "codes-wrong", language, width)
    page.goto(f"/{language}/accounts/2fa/webauthn/add/")
    found += look_at(page, "passkey-add", language, width)
    page.goto(f"/{language}/accounts/you/tokens/new/")
    found += look_at(page, "token-make", language, width)
    page.locator("input[name=name]").fill("scanner")
    page.locator("input[name=scopes]").first.check()
    page.locator("main button[type=submit]").first.click()
    page.locator(".secret").wait_for()
    found += look_at(page, "token-made", language, width)
    page.goto(f"/{language}/accounts/you/tokens/")
    found += look_at(page, "tokens", language, width)
    TOTP.activate(officer, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(officer)
    for name, address in {
        "second-step-set-up": "accounts/2fa/",
        "recovery-codes": "accounts/2fa/recovery-codes/",
        "recovery-codes-new": "accounts/2fa/recovery-codes/generate/",
        "codes-take-off": "accounts/2fa/totp/deactivate/",
    }.items():
        page.goto(f"/{language}/{address}")
        found += look_at(page, name, language, width)
    page.context.clear_cookies()
    page.goto(f"/{language}/accounts/login/")
    page.locator("input[name=login]").fill(officer.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/2fa/authenticate/")
    found += look_at(page, "second-step-at-sign-in", language, width)
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
def test_pages_of_one_who_waits(page_at, sign_in, language: str, width: int):
    administration = Administration.objects.create(name=f"Customs of {uuid4()}")
    newcomer = make_user(f"{uuid4()}@example.org", (), administration=administration, standing="waiting")
    page = page_at(language, width=width)
    sign_in(page, newcomer.email)
    found = []
    for name, address in {"access-not-asked": "accounts/access/", "identify-waiting": "identify/"}.items():
        page.goto(f"/{language}/{address}")
        found += look_at(page, name, language, width)
    ask_for_access(newcomer, administration, "officer", "Containers at the north quay")
    for name, address in {"access-waiting": "accounts/access/", "learn-waiting": "learn/"}.items():
        page.goto(f"/{language}/{address}")
        found += look_at(page, name, language, width)
    assert found == []


@every_way
def test_pages_of_a_coordinator(page_at, language: str, width: int):
    administration = Administration.objects.create(name=f"Customs of {uuid4()}")
    coordinator = make_user(f"{uuid4()}@example.org", ("coordinator",), administration=administration)
    newcomer = make_user(f"{uuid4()}@example.org", (), administration=administration, standing="waiting")
    officer = make_user(f"{uuid4()}@example.org", ("officer",), administration=administration)
    request = ask_for_access(newcomer, administration, "officer", "Containers at the north quay")
    invite(coordinator, administration, f"{uuid4()}@example.org", ["officer"], language)
    suspend(officer, coordinator, "Inquiry")
    rows = f"email,role\n{uuid4()}@example.org,officer\n{officer.email},officer\nbad,officer\n"
    staff_list = plan_staff_list(coordinator, administration, "staff.csv", read_staff_list(rows.encode()))
    page = signed_in(page_at(language, width=width), coordinator)
    found = []
    for name, address in {
        "people": "",
        "people-none": "?q=nobody",
        "person": f"{officer.pk}/",
        "person-reinstate": f"{officer.pk}/reinstate/",
        "person-depart": f"{coordinator.pk}/depart/",
        "person-transfer": f"{newcomer.pk}/transfer/",
        "requests": "requests/",
        "request": f"requests/{request.pk}/",
        "invitations": "invitations/",
        "invite": "invitations/new/",
        "staff-lists": "lists/",
        "staff-list": f"lists/{staff_list.pk}/",
    }.items():
        page.goto(f"/{language}/accounts/people/{address}")
        found += look_at(page, name, language, width)
    page.locator(".actions form button, form .actions button").last.click()
    page.wait_for_load_state()
    found += look_at(page, "staff-list-applied", language, width)
    assert found == []


@every_way
def test_pages_of_an_invitation(page_at, language: str, width: int):
    administration = Administration.objects.create(name=f"Customs of {uuid4()}")
    coordinator = make_user(f"{uuid4()}@example.org", ("coordinator",), administration=administration)
    email = f"{uuid4()}@example.org"
    _invitation, secret = invite(coordinator, administration, email, ["officer"], language)
    page = page_at(language, width=width)
    page.goto(f"/{language}/accounts/invitation/{secret}/")
    found = look_at(page, "invitation", language, width)
    newcomer = make_user(email, (), administration=administration, standing="waiting")
    page.goto(f"/{language}/accounts/invitation/{secret}/")
    found += look_at(page, "invitation-sign-in", language, width)
    signed_in(page, newcomer).goto(f"/{language}/accounts/invitation/{secret}/")
    found += look_at(page, "invitation-accept", language, width)
    assert found == []


@every_way
def test_pages_with_a_country_sheet_beside_the_law(
    page_at, sign_in, tmp_path: Path, language: str, width: int
):
    make_example_sheet()
    administration = Administration.objects.get(sheet__live=True)
    officer = make_user(f"{uuid4()}@example.org", ("officer",), administration=administration)
    page = page_at(language, width=width)
    sign_in(page, officer.email)
    found = []
    for name, address in {
        "country": "guide/country/",
        "country-item": "guide/laptop/",
        "country-item-live": "guide/tiger/",
        "country-item-cylinder": "guide/refrigerant-cylinder/",
    }.items():
        page.goto(f"/{language}/{address}")
        assert page.locator("a[href^='tel:']").count()
        assert page.locator(".tag--check, .notice").filter(has=page.locator(".icon--check")).count()
        found += look_at(page, name, language, width)
    for name, photo in {
        "country-answer": pictures.drawn_keyboard(),
        "country-unknown": pictures.jpeg(),
    }.items():
        page.goto(f"/{language}/identify/")
        send_photos(page, tmp_path, {"photo.jpg": photo})
        page.wait_for_url("**/identify/*-*/")
        assert page.locator("a[href^='tel:']").count()
        found += look_at(page, name, language, width)
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
    page.locator("main button[type=submit]").first.click()
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
