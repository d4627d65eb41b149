"""A trainee's way through the real module, in a real browser."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from content.models import Choice, LessonPage, ModulePage
from learning.models import Attempt, LessonProgress
from tests.factories import make_user

pytestmark = pytest.mark.browser

MODULE = "e-waste-at-the-border"


@pytest.fixture
def trainee(db: None) -> User:
    return make_user(f"{uuid4()}@example.org", ("trainee",))


def press_go(page: Page) -> None:
    """Press the one main button of the page."""
    page.locator("main .button--go").last.click()


def choose_right(page: Page) -> None:
    """Choose what is right of the choices on the page, as somebody would who knows."""
    for box in page.locator("input[name=choice]").all():
        if Choice.objects.get(pk=box.get_attribute("value")).right:
            box.check()


def lessons_in(language: str) -> list[LessonPage]:
    return ModulePage.objects.get(slug=MODULE, locale__language_code=language).lessons


def answer_practice(page: Page) -> None:
    """Answer every question in the lesson that is open."""
    while page.locator("form.question").count():
        form = page.locator("form.question").first
        for box in form.locator("input[name=choice]").all():
            if Choice.objects.get(pk=box.get_attribute("value")).right:
                box.check()
        before = page.locator(".verdict--right").count()
        form.locator("button").click()
        expect(page.locator(".verdict--right")).to_have_count(before + 1)


def take_quiz(page: Page) -> None:
    """From the introduction to the result, with every answer right."""
    press_go(page)
    while page.locator("input[name=choice]").count():
        choose_right(page)
        page.locator("button[value=next]").click()
        page.wait_for_load_state()
    press_go(page)


def test_a_trainee_finishes_the_module_in_arabic(page_at: Callable, sign_in: Callable, trainee: User) -> None:
    page = page_at("ar", width=360)
    sign_in(page, trainee.email)
    expect(page).to_have_url(re.compile("/ar/learn/$"))
    page.locator(".card--next .button--go").click()
    for lesson in lessons_in("ar"):
        expect(page.locator("h1")).to_have_text(lesson.title)
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        answer_practice(page)
        press_go(page)
    expect(page).to_have_url(re.compile(f"/ar/learn/{MODULE}/quiz/$"))
    take_quiz(page)

    expect(page.locator(".score--go")).to_be_visible()
    page.goto("/ar/learn/")
    expect(page.locator(".tag--go")).to_be_visible()
    assert Attempt.objects.of(trainee).filter(passed=True).count() == 1


def test_a_trainee_starts_in_french_and_resumes_in_chinese(
    page_at: Callable, sign_in: Callable, trainee: User
) -> None:
    french = page_at("fr")
    sign_in(french, trainee.email)
    french.locator(".card--next .button--go").click()
    block = french.locator('[id^="block-"]').nth(4)
    anchor = block.get_attribute("id")
    with french.expect_response("**/position/") as kept:
        block.evaluate("element => window.scrollTo(0, element.getBoundingClientRect().top + scrollY - 10)")
    assert kept.value.status == 204

    chinese = page_at("zh-hans", width=360)
    sign_in(chinese, trainee.email)
    chinese.locator(".card--next .button--go").click()

    expect(chinese).to_have_url(re.compile(f"/zh-hans/.*#{anchor}$"))
    expect(chinese.locator(f"#{anchor}")).to_be_in_viewport()
    assert 0 <= chinese.locator(f"#{anchor}").bounding_box()["y"] < 100


def test_opening_a_lesson_again_does_not_lose_the_place(
    page_at: Callable, sign_in: Callable, trainee: User
) -> None:
    page = page_at("en")
    sign_in(page, trainee.email)
    lesson = lessons_in("en")[0]
    page.goto(lesson.url)
    place = LessonProgress.objects.filter(enrolment__user=trainee)
    place.update(block=lesson.block_ids()[5])

    page.goto(lesson.url)
    page.wait_for_timeout(1500)  # longer than position.js waits before it sends
    page.goto("/en/learn/")

    assert place.get().block == lesson.block_ids()[5]


def test_reading_and_answering_work_without_javascript(
    page_at: Callable, sign_in: Callable, trainee: User
) -> None:
    page = page_at("en", width=360, javascript=False)
    sign_in(page, trainee.email)
    page.locator(".card--next .button--go").click()
    expect(page.locator(".prose").first).to_be_visible()
    page.locator("form.question input[name=choice]").first.check()
    page.locator("form.question button").first.click()

    expect(page.locator(".explanation").first).to_be_visible()
    place = LessonProgress.objects.get(enrolment__user=trainee).block
    assert page.url.endswith(f"#block-{place}")
    press_go(page)
    expect(page.locator("h1")).to_have_text(lessons_in("en")[1].title)


def test_the_quiz_works_without_javascript(page_at: Callable, sign_in: Callable, trainee: User) -> None:
    page = page_at("en", width=360, javascript=False)
    sign_in(page, trainee.email)
    page.goto(f"/en/learn/{MODULE}/quiz/")
    take_quiz(page)

    expect(page.locator(".score--go")).to_be_visible()


def test_the_back_button_after_the_end_changes_nothing(
    page_at: Callable, sign_in: Callable, trainee: User
) -> None:
    page = page_at("en")
    sign_in(page, trainee.email)
    page.goto(f"/en/learn/{MODULE}/quiz/")
    press_go(page)
    page.locator("button[value=review]").click()
    press_go(page)
    score = page.locator(".score__number").inner_text()
    page.go_back()
    page.go_back()
    page.reload()

    expect(page).to_have_url(re.compile("/result/$"))
    expect(page.locator(".score__number")).to_have_text(score)


def test_a_quiz_is_answered_by_keyboard_alone(page_at: Callable, sign_in: Callable, trainee: User) -> None:
    page = page_at("en")
    sign_in(page, trainee.email)
    page.goto(f"/en/learn/{MODULE}/quiz/")
    page.locator("main .button--go").focus()
    page.keyboard.press("Enter")
    page.locator("input[name=choice]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text(re.compile("^Question 2"))
    assert Attempt.objects.of(trainee).get().answers.get(place=1).answered
