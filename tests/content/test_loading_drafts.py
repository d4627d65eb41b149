"""`load_content` and the drafts and histories of editors."""

from unittest import mock

import pytest

from content.loading import items, library
from content.loading.ledger import Ledger
from content.loading.look_alikes import load_look_alikes
from content.models import LookAlike, ReferenceItem

pytestmark = pytest.mark.django_db


def load(**changed: str) -> Ledger:
    """Load two devices as the files have them, with other summaries where a test says so."""
    ledger = Ledger()
    real = library.guide_words

    def words(language: str, name: str) -> dict:
        found = real(language, name)
        if name != "guide/devices" or language != "en":
            return found
        return found | {key: found[key] | {"summary": text} for key, text in changed.items()}

    with (
        mock.patch.object(library, "guide_words", words),
        mock.patch.object(library, "GUIDE_FILES", ("devices",)),
    ):
        items.load_guide(ledger)
    ledger.save()
    return ledger


@pytest.fixture
def laptop(db) -> ReferenceItem:
    load()
    return ReferenceItem.objects.get(key="laptop")


def test_an_editors_draft_is_left_alone_and_told_of(laptop):
    laptop.summary_en = "The editor's draft."
    laptop.save_revision()
    ledger = load(laptop="From the file.")
    found = ReferenceItem.objects.get(key="laptop")
    assert found.summary_en != "From the file."
    assert found.get_latest_revision_as_object().summary_en == "The editor's draft."
    assert "item:laptop (a draft)" in ledger.kept


def test_other_items_are_loaded_all_the_same(laptop):
    laptop.save_revision()
    load(keyboard="From the file.")
    assert ReferenceItem.objects.get(key="keyboard").summary_en == "From the file."


def test_what_is_live_starts_the_next_edit_of_an_item_with_a_history(laptop):
    laptop.save_revision().publish()
    before = ReferenceItem.objects.get(key="laptop").latest_revision
    load(laptop="From the file.")
    found = ReferenceItem.objects.get(key="laptop")
    assert not found.has_unpublished_changes
    assert found.latest_revision != before
    assert found.live_revision == found.latest_revision
    assert found.latest_revision.as_object().summary_en == "From the file."
    assert found.latest_revision.as_object().field_marks.count() == found.field_marks.count() > 0


def test_what_did_not_change_gets_no_revision(laptop):
    laptop.save_revision().publish()
    load()
    assert ReferenceItem.objects.get(key="laptop").revisions.count() == 1


def test_what_has_no_history_gets_none(laptop):
    load(laptop="From the file.")
    assert ReferenceItem.objects.get(key="laptop").summary_en == "From the file."
    assert not ReferenceItem.objects.get(key="laptop").revisions.exists()


@pytest.mark.usefixtures("whole_guide")
def test_a_draft_of_a_pair_is_left_alone():
    pair = LookAlike.objects.first()
    pair.deciding_en = "The editor's draft."
    pair.save_revision(clean=False)
    ledger = Ledger()
    load_look_alikes(ledger)
    assert f"look-alike:{pair.key} (a draft)" in ledger.kept
    assert LookAlike.objects.get(pk=pair.pk).get_latest_revision_as_object().deciding_en == pair.deciding_en
