"""What an import does: drafts for an expert, translations that know their English, nothing of others lost."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from content.exchange.applying import GuideChanged, apply_import
from content.exchange.guide_rows import read_guide
from content.models import CommonName, FieldMark, Hazard, LookAlike, Protocol, ReferenceItem, ReferencePhoto
from tests.content.exchange.exchanged import applied, exported, fate, file_of, make_whole_guide, planned, row
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_backbone")]


@pytest.fixture
def whole() -> dict:
    make_whole_guide()
    return exported()


def laptop() -> ReferenceItem:
    return ReferenceItem.objects.get(key="laptop")


def draft() -> ReferenceItem:
    return laptop().get_latest_revision_as_object()


class TestDrafts:
    def test_what_changes_waits_as_a_draft_and_readers_see_what_they_saw(self, whole):
        row(whole, "items", key="laptop")["summary"]["en"] = "Another summary."
        row(whole, "field marks", item="laptop")["source"] = "Another handbook"
        row(whole, "common names", name="Laptop computer")["preferred"] = False
        applied(whole)
        item = laptop()
        assert item.live and item.has_unpublished_changes
        assert item.summary_en == "Summary of laptop."
        assert item.field_marks.get().source == "A handbook"
        assert item.common_names.get(name="Laptop computer").preferred
        later = draft()
        assert later.summary_en == "Another summary."
        assert [mark.source for mark in later.field_marks.all()] == ["Another handbook"]
        assert not next(one for one in later.common_names.all() if one.name == "Laptop computer").preferred

    def test_what_is_new_is_no_readers_yet(self, whole):
        tablet = {**row(whole, "items", key="laptop"), "key": "tablet", "belongs to": "computers"}
        above = {**row(whole, "items", key="electrical-equipment"), "key": "computers"}
        # The parent stands below its child: the order of rows is nobody's business.
        whole["items"] += [tablet, above]
        mark = row(whole, "field marks", item="laptop")
        whole["field marks"].append({**mark, "item": "tablet"})
        applied(whole)
        item = ReferenceItem.objects.get(key="tablet")
        assert not item.live
        assert item.parent.key == "computers" and not item.parent.live
        assert item.hazards.get().key == "battery"
        assert item.field_marks.get().key == "mark"
        assert item.get_latest_revision_as_object().summary_fr == laptop().summary_fr

    def test_a_new_part_of_a_published_thing_waits_too(self, whole):
        mark = row(whole, "field marks", item="laptop")
        whole["field marks"].append({**mark, "key": "hinge", "position": 1})
        applied(whole)
        assert not FieldMark.objects.filter(key="hinge").exists()
        assert [one.key for one in draft().field_marks.all()] == ["mark", "hinge"]

    def test_pairs_and_photos_too(self, whole):
        row(whole, "look-alike marks", key="lid")["on the one thing"]["fr"] = "En a un."
        whole["reference photos"][0]["licence"] = "CC BY-SA 4.0"
        applied(whole)
        pair, photo = LookAlike.objects.get(), ReferencePhoto.objects.get()
        assert pair.marks.get().first_side_fr in (None, "")
        assert pair.get_latest_revision_as_object().marks.all()[0].first_side_fr == "En a un."
        assert photo.licence == "cc-by"
        assert photo.get_latest_revision_as_object().licence == "cc-by-sa"

    def test_published_the_draft_is_what_the_file_said(self, whole):
        row(whole, "items", key="laptop")["summary"]["fr"] = "Un ordinateur."
        applied(whole)
        laptop().latest_revision.publish()
        assert laptop().summary_fr == "Un ordinateur."
        assert exported()["items"] != whole["items"]  # the digests
        assert {one.fate for one in planned(whole).rows} == {"unchanged"}

    def test_who_did_it_is_in_the_history(self, whole):
        row(whole, "items", key="laptop")["summary"]["fr"] = "Un ordinateur."
        trainer = make_user(roles=("trainer",))
        apply_import(file_of(whole), trainer, at_once=False)
        assert laptop().latest_revision.user == trainer


class TestWhatOthersWrote:
    def test_a_draft_that_somebody_has_begun_goes_on(self, whole):
        item = laptop()
        item.summary_es = "Un borrador."
        item.save_revision()
        whole = exported()
        row(whole, "items", key="laptop")["summary"]["fr"] = "Un ordinateur."
        applied(whole)
        assert (draft().summary_es, draft().summary_fr) == ("Un borrador.", "Un ordinateur.")

    def test_a_row_that_nobody_touched_does_not_bring_older_words_back(self, whole):
        ReferenceItem.objects.filter(key="laptop").update(summary_fr="Plus récent.")
        assert fate(planned(whole), "items", "laptop").fate == "newer"
        applied(whole)
        assert laptop().latest_revision is None

    def test_a_row_that_both_have_changed_is_refused(self, whole):
        ReferenceItem.objects.filter(key="laptop").update(summary_fr="Plus récent.")
        row(whole, "items", key="laptop")["summary"]["es"] = "Un ordenador."
        refused = fate(planned(whole), "items", "laptop")
        assert refused.fate == "refused"
        assert "Somebody has changed this in the guide since the file was made." in refused.reasons[0]

    def test_unless_its_sender_insists(self, whole):
        ReferenceItem.objects.filter(key="laptop").update(summary_fr="Plus récent.")
        row(whole, "items", key="laptop")["as exported"] = ""
        plan = planned(whole)
        assert fate(plan, "items", "laptop").changes == [
            ("summary (fr)", "Plus récent.", row(whole, "items", key="laptop")["summary"]["fr"])
        ]

    def test_what_is_not_in_the_file_stays_and_is_told(self, whole):
        whole["common names"] = [one for one in whole["common names"] if one["name"] != "Ordinateur portable"]
        plan = applied(whole)
        assert fate(plan, "common names", "laptop", "fr", "", "Ordinateur portable").fate == "absent"
        assert CommonName.objects.filter(name="Ordinateur portable").exists()

    def test_a_locked_thing_is_refused(self, whole):
        ReferenceItem.objects.filter(key="laptop").update(locked=True)
        row(whole, "items", key="laptop")["summary"]["fr"] = "Un ordinateur."
        assert "is locked" in fate(planned(whole), "items", "laptop").reasons[0]

    def test_where_the_guide_changed_since_the_fates_were_shown_nothing_is_done(self, whole):
        row(whole, "items", key="keyboard")["summary"]["fr"] = "Un clavier."
        shown = read_guide().digest()
        ReferenceItem.objects.filter(key="laptop").update(summary_fr="Plus récent.")
        with pytest.raises(GuideChanged):
            applied(whole, shown=shown)
        assert ReferenceItem.objects.get(key="keyboard").latest_revision is None


class TestTranslations:
    def test_a_changed_translation_is_one_of_the_english_as_it_stands(self, whole):
        row(whole, "items", key="laptop")["summary"]["fr"] = "Un ordinateur."
        applied(whole)
        assert draft().translation_state("summary", "fr") == "complete"

    def test_changed_english_makes_those_that_stayed_out_of_date(self, whole):
        row(whole, "items", key="laptop")["summary"] |= {"en": "A computer.", "fr": "Un ordinateur."}
        applied(whole)
        states = {language: draft().translation_state("summary", language) for language in ("fr", "es")}
        assert states == {"fr": "complete", "es": "stale"}

    def test_changed_words_have_been_read_by_nobody(self, whole):
        item = laptop()
        item.reviewed = {"fr": {"summary": item.translated_from["fr"]["summary"]}}
        item.save()
        whole = exported()
        row(whole, "items", key="laptop")["summary"]["fr"] = "Un ordinateur."
        applied(whole)
        assert laptop().is_reviewed("summary", "fr")
        assert not draft().is_reviewed("summary", "fr")

    def test_windows_line_ends_are_no_change(self, whole):
        ReferenceItem.objects.filter(key="laptop").update(summary_fr="Un.\r\nDeux.")
        assert row(exported(), "items", key="laptop")["summary"]["fr"] == "Un.\nDeux."
        assert {one.fate for one in planned(exported()).rows} == {"unchanged"}


class TestWhatKeepsNoDrafts:
    """Hazards and advice: what an import changes there, readers would see at once."""

    def test_is_marked_and_left_unless_asked_for(self, whole):
        row(whole, "hazards", key="battery")["what to do first"]["en"] = "Stay 5 metres away."
        assert fate(planned(whole), "hazards", "battery").at_once
        plan = applied(whole)
        assert fate(plan, "hazards", "battery").reasons == ["Left: readers would see it at once."]
        assert Hazard.objects.get().text_en == "Stay 3 metres away."
        applied(whole, at_once=True)
        assert Hazard.objects.get().text_en == "Stay 5 metres away."

    def test_a_new_one_comes_in_with_the_draft_that_names_it(self, whole):
        whole["hazards"].append({**row(whole, "hazards", key="battery"), "key": "gas"})
        row(whole, "items", key="laptop")["hazards"] = ["battery", "gas"]
        applied(whole)
        assert [one.key for one in draft().hazards.all()] == ["battery", "gas"]
        assert [one.key for one in laptop().hazards.all()] == ["battery"]

    def test_a_protocol_with_its_parts(self, whole):
        row(whole, "protocol answers", key="heavy")["average above"] = "120"
        row(whole, "protocol steps", key="weigh")["title"]["fr"] = "Pesez-le"
        applied(whole, at_once=True)
        step = Protocol.objects.get().steps.get()
        assert step.title_fr == "Pesez-le"
        assert str(step.answers.get(key="heavy").above) == "120.000"


class TestCommands:
    def test_a_dry_run_says_and_does_nothing(self, whole, tmp_path, capsys):
        file = tmp_path / "guide.json"
        call_command("export_guide", file)
        ReferenceItem.objects.filter(key="laptop").update(summary_fr="Plus récent.")
        file.write_text(file.read_text().replace("Summary of keyboard.", "With keys."))
        capsys.readouterr()
        call_command("import_guide", file, "--dry-run")
        said = capsys.readouterr().out
        assert "changed    Items" in said and "keyboard: summary (en)" in said
        assert "newer      Items" in said
        assert ReferenceItem.objects.filter(latest_revision=None).count() == ReferenceItem.objects.count()
        call_command("import_guide", file)
        assert ReferenceItem.objects.get(key="keyboard").get_latest_revision_as_object().summary_en == (
            "With keys."
        )

    @pytest.mark.parametrize("name", ["guide.csv", "missing.json"])
    def test_what_can_not_be_read_is_said(self, tmp_path, name):
        with pytest.raises(CommandError):
            call_command("import_guide", tmp_path / name)
