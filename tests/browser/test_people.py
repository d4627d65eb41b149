"""From signing up to the first identification, with a coordinator's approval in between."""

import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.core import mail
from playwright.sync_api import expect

from accounts.models import Administration, SentMail, User
from tests.browser.sessions import signed_in
from tests.factories import PASSWORD, make_user
from tests.identify import pictures

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("models_root")]


@pytest.fixture
def administration(db: None) -> Administration:
    return Administration.objects.create(name=f"Customs of {uuid4()}")


def test_from_signing_up_to_the_first_identification(
    page_at: Callable, sign_in: Callable, tmp_path: Path, administration: Administration
) -> None:
    coordinator = make_user(f"{uuid4()}@example.org", ("coordinator",), administration=administration)
    email = f"{uuid4()}@example.org"

    page = page_at("en", width=360)
    page.locator(".masthead__link").click()
    page.get_by_role("link", name="No account yet? Make one").click()
    page.get_by_label("First name").fill("Amal")
    page.get_by_label("Last name").fill("Haddad")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Your administration").select_option(label=administration.name)
    page.get_by_label("The role you ask for").select_option(label="Officer")
    page.get_by_label("Why you need it").fill("I inspect containers at the north quay.")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    expect(page.locator("h1")).to_have_text("Now sign in")

    sign_in(page, email)
    expect(page.locator(".notice--warning")).to_contain_text("waits for approval")
    page.goto("/en/identify/")
    expect(page.locator("h1")).to_have_text("You can't identify photos yet")
    page.get_by_role("link", name="See your request").click()
    expect(page.locator("main")).to_contain_text(f"coordinator of {administration.name} decides")

    desk = signed_in(page_at("en", javascript=False), coordinator)
    desk.goto("/en/accounts/people/")
    desk.get_by_role("link", name="Requests 1").click()
    desk.get_by_role("link", name="Amal Haddad").click()
    expect(desk.locator("main")).to_contain_text("north quay")
    desk.get_by_role("button", name="Approve").click()
    expect(desk.locator(".notice--success")).to_be_visible()
    assert SentMail.objects.filter(recipient__email=email).exists()

    page.goto("/en/identify/")
    (tmp_path / "keyboard.jpg").write_bytes(pictures.drawn_keyboard())
    page.locator("#photos").set_input_files(str(tmp_path / "keyboard.jpg"))
    page.locator("form[data-photos] button[type=submit]").click()
    page.wait_for_url("**/identify/*-*/")
    expect(page.locator("h1")).to_be_visible()


def test_an_invitation_is_accepted_in_arabic(page_at: Callable, administration: Administration) -> None:
    coordinator = make_user(f"{uuid4()}@example.org", ("coordinator",), administration=administration)
    email = f"{uuid4()}@example.org"
    desk = signed_in(page_at("en", javascript=False), coordinator)
    desk.goto("/en/accounts/people/invitations/new/")
    desk.locator("input[name=email]").fill(email)
    desk.locator("select[name=role]").select_option("officer")
    desk.locator("select[name=language]").select_option("ar")
    desk.locator("main button[type=submit]").click()
    expect(desk.locator("main")).to_contain_text(email)

    link = re.search(r"/ar/accounts/invitation/\S+", mail.outbox[-1].body)[0]
    page = page_at("ar", width=360)
    page.goto(link)
    page.locator("input[name=first_name]").fill("أمل")
    page.locator("input[name=last_name]").fill("حداد")
    page.locator("input[name=password1]").fill(PASSWORD)
    page.locator("input[name=password2]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url(re.compile("/ar/(identify|privacy/accept)/"))
    page.goto(link)
    assert User.objects.get(email=email).roles == {"officer"}


def test_a_staff_list_is_looked_at_and_applied_without_javascript(
    page_at: Callable, tmp_path: Path, administration: Administration
) -> None:
    coordinator = make_user(f"{uuid4()}@example.org", ("coordinator",), administration=administration)
    (tmp_path / "staff.csv").write_bytes(f"email;role\n{uuid4()}@example.org;officer\nbad;officer\n".encode())
    desk = signed_in(page_at("en", width=360, javascript=False), coordinator)
    desk.goto("/en/accounts/people/lists/")
    desk.locator("input[type=file]").set_input_files(str(tmp_path / "staff.csv"))
    desk.get_by_role("button", name="Look at it").click()
    expect(desk.locator("main")).to_contain_text("This is not an e-mail address.")
    desk.get_by_role("button", name="Apply 1 row").click()
    expect(desk.locator(".notice--success")).to_contain_text("1 row is done")
