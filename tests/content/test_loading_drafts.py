"""`load_content` and the drafts and histories of editors."""

from unittest import mock

from django.test import TestCase

from content.languages import LANGUAGES
from content.loading import items, library
from content.loading.ledger import Ledger
from content.loading.look_alikes import load_look_alikes
from content.models import LookAlike, ReferenceItem


def load(**changed: str) -> Ledger:
    """Load two devices as the files have them, with other summaries where a test says so."""
    ledger = Ledger()
    real = library.words

    def words(language: str, name: str) -> dict:
        found = real(language, name)
        if name != "guide/devices" or language != "en":
            return found
        return found | {key: found[key] | {"summary": text} for key, text in changed.items()}

    with (
        mock.patch.object(library, "words", words),
        mock.patch.object(library, "GUIDE_FILES", ("devices",)),
    ):
        items.load_guide(ledger)
    ledger.save()
    return ledger


class LoadingDraftsTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load()
        cls.laptop = ReferenceItem.objects.get(key="laptop")
        cls.pair = LookAlike.objects.create(key="pair", first=cls.laptop, second=cls.laptop.parent)

    def found(self) -> ReferenceItem:
        return ReferenceItem.objects.get(key="laptop")

    def test_an_editors_draft_is_left_alone_and_told_of(self):
        self.laptop.summary_en = "The editor's draft."
        self.laptop.save_revision()
        ledger = load(laptop="From the file.", keyboard="From the file.")
        assert self.found().summary_en != "From the file."
        assert self.found().get_latest_revision_as_object().summary_en == "The editor's draft."
        assert "item:laptop (a draft)" in ledger.kept
        assert ReferenceItem.objects.get(key="keyboard").summary_en == "From the file."

    def test_what_is_live_starts_the_next_edit_of_an_item_with_a_history(self):
        self.laptop.save_revision().publish()
        before = self.found().latest_revision
        load(laptop="From the file.")
        found = self.found()
        assert not found.has_unpublished_changes
        assert found.latest_revision != before
        assert found.live_revision == found.latest_revision
        assert found.latest_revision.as_object().summary_en == "From the file."
        assert found.latest_revision.as_object().field_marks.count() == found.field_marks.count() > 0

    def test_what_did_not_change_gets_no_revision(self):
        self.laptop.save_revision().publish()
        load()
        assert self.found().revisions.count() == 1

    def test_what_has_no_history_gets_none(self):
        load(laptop="From the file.")
        assert self.found().summary_en == "From the file."
        assert not self.found().revisions.exists()

    def test_a_draft_of_a_pair_is_left_alone(self):
        self.pair.deciding_en = "The editor's draft."
        self.pair.save_revision(clean=False)
        ledger = Ledger()
        entry = {"key": "pair", "first": "laptop", "second": "keyboard", "marks": []}
        texts = {language: {"deciding": "From the file."} for language in LANGUAGES}
        with (
            mock.patch.object(library, "look_alike_files", lambda: ["one"]),
            mock.patch.object(library, "structure", lambda name: [entry]),
            mock.patch.object(library, "words", lambda language, name: {"pair": texts[language]}),
        ):
            load_look_alikes(ledger)
        assert ledger.kept == ["look-alike:pair (a draft)"]
        pair = LookAlike.objects.get(key="pair")
        assert pair.deciding_en != "From the file."
        assert pair.get_latest_revision_as_object().deciding_en == "The editor's draft."
