"""A trainer edits an item, looks at it in Arabic and submits it; an expert approves; readers see it."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from content.models import ReferenceItem
from tests.browser.sessions import signed_in
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("models_root")]

ITEMS = "wagtailsnippets_content_referenceitem"
NEW = "حاسوب محمول يُطوى، كتبه المدرّب للتو."


@pytest.fixture
def keyboard(db: None) -> Iterator[ReferenceItem]:
    item = ReferenceItem.objects.get(key="keyboard")
    before = item.words("summary", "ar")
    yield item
    item = ReferenceItem.objects.get(key="keyboard")
    item.set_words("summary", "ar", before)
    item.has_unpublished_changes = False
    item.save()


def open_editor(page: Page, item: ReferenceItem) -> None:
    page.goto(reverse(f"{ITEMS}:edit", args=[item.pk]))
    if "/privacy/accept/" in page.url:
        page.locator("main .button--go").click()
        page.wait_for_url(lambda url: "/privacy/" not in url)
        page.goto(reverse(f"{ITEMS}:edit", args=[item.pk]))
    expect(page.get_by_role("tab", name="English")).to_be_visible()


def test_from_a_trainers_draft_to_the_readers_page(page_at, keyboard):
    trainer = signed_in(page_at(), make_user(roles=("trainer",)))
    open_editor(trainer, keyboard)
    trainer.get_by_role("tab", name="العربية").click()
    text = trainer.locator("textarea[name=summary_ar]")
    expect(text).to_be_visible()
    expect(text).to_have_attribute("dir", "rtl")
    text.fill(NEW)

    trainer.get_by_role("button", name="Toggle preview").click()
    trainer.locator("#id_preview_mode").select_option("ar")
    preview = trainer.frame_locator("#w-preview-iframe")
    expect(preview.locator("html[dir=rtl]")).to_have_count(1)
    expect(preview.get_by_text(NEW)).to_be_visible()

    trainer.locator("button[name=action-submit]").evaluate("button => button.click()")
    expect(trainer.get_by_text("has been submitted for moderation")).to_be_visible()
    assert ReferenceItem.objects.get(pk=keyboard.pk).words("summary", "ar") != NEW

    expert = signed_in(page_at(width=360), make_user(roles=("expert", "trainer")))
    open_editor(expert, keyboard)
    expert.locator(
        "[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])"
    ).first.evaluate("button => button.click()")
    expect(expert.get_by_text("updated", exact=False).first).to_be_visible()

    reader = page_at("ar")
    reader.goto("/ar/guide/keyboard/")
    expect(reader.get_by_text(NEW)).to_be_visible()
