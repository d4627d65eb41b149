"""The content security policy in a real browser. That no page breaks it, every browser test watches."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from content.models import Hazard, LessonPage
from tests.factories import make_user

pytestmark = pytest.mark.browser


def test_the_admin_works_under_its_policy(page_at, sign_in):
    person = make_user(f"{uuid4()}@example.org", is_superuser=True)
    page = page_at()
    sign_in(page, person.email)
    lesson = LessonPage.objects.filter(locale__language_code="en").first()
    hazard = Hazard.objects.first()
    for address in (
        "/admin/",
        f"/admin/pages/{lesson.pk}/edit/",
        f"/admin/snippets/content/hazard/edit/{hazard.pk}/",
        "/admin/images/add/",
        "/admin/reports/site-history/",
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    page.get_by_role("button", name="Toggle preview").click()
    expect(page.frame_locator("#w-preview-iframe").locator("h1")).to_be_visible()
