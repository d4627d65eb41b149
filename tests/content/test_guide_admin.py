"""Trainers keep the guide in the admin: words beside their English, drafts, previews, submitting."""

import pytest
from django.test import Client
from django.urls import reverse

from content.loading.ledger import Ledger
from content.loading.permissions import give_permissions, make_workflow
from content.models import CommonName, LookAlike, LookAlikeMark, ReferenceItem
from tests.content.guide_form import filled_in
from tests.factories import make_root, make_user
from tests.identify.guide import make_item, make_status

pytestmark = pytest.mark.django_db

OF_THE_DRAFT = ("latest_revision", "has_unpublished_changes")
ITEMS, PAIRS = "wagtailsnippets_content_referenceitem", "wagtailsnippets_content_lookalike"


@pytest.fixture(autouse=True)
def rights(db) -> None:
    make_root()
    give_permissions(Ledger())
    make_workflow(Ledger())


def signed_in(*roles: str) -> Client:
    client = Client()
    client.force_login(make_user(roles=roles))
    return client


@pytest.fixture
def trainer() -> Client:
    return signed_in("trainer")


@pytest.fixture
def tusk(db) -> ReferenceItem:
    item = make_item("tusk", {"en": "Tusk", "fr": "Défense"}, kind="product")
    item.set_words("summary", "fr", "Résumé de la défense.")
    item.save()
    mark = item.field_marks.get()
    mark.set_words("text", "fr", "Regardez la défense de près.")
    mark.save()
    make_status(item)
    return item


def edit(client: Client, item: ReferenceItem, action: str = "", **changes: object):
    """What a browser sends when it opens the form, changes some fields, and presses a button."""
    address = reverse(f"{ITEMS}:edit", args=[item.pk])
    sent = filled_in(client.get(address)) | changes
    if action:
        sent[f"action-{action}"] = action
    return client.post(address, sent)


def draft(item: ReferenceItem) -> ReferenceItem:
    return ReferenceItem.objects.get(pk=item.pk).get_latest_revision_as_object()


def text_of(client: Client, item: ReferenceItem) -> str:
    return client.get(reverse(f"{ITEMS}:edit", args=[item.pk])).text


def content_of(item: ReferenceItem) -> dict[str, object]:
    """Everything that an editor can change; no text and an empty text are the same."""

    def plain(data: dict[str, object]) -> dict[str, object]:
        return {
            name: [plain(row) if isinstance(row, dict) else row for row in value]
            if isinstance(value, list)
            else value
            for name, value in data.items()
            if isinstance(value, list) or (value not in (None, "") and name not in OF_THE_DRAFT)
        }

    return plain(item.serializable_data())


class TestWordsBesideTheirEnglish:
    def test_opening_and_saving_changes_nothing(self, trainer, tusk):
        tusk.summary_en = "Two\nlines."
        tusk.set_words("summary", "fr", "Deux\nlignes.")
        tusk.save()
        before = content_of(ReferenceItem.objects.get(pk=tusk.pk))
        assert edit(trainer, tusk).status_code == 302
        assert content_of(draft(tusk)) == before

    def test_a_tab_says_how_much_is_stale_and_how_much_is_missing(self, trainer, tusk):
        tusk.summary_en = "New English."
        tusk.save()
        text = text_of(trainer, tusk)
        assert "Français · 1 to read again · 1 missing" in text
        assert "Español · 3 missing" in text
        assert "The English has changed since: read it again." in text

    def test_the_english_stands_beside_the_translation(self, trainer, tusk):
        text = text_of(trainer, tusk)
        assert text.count('<div lang="en" dir="ltr"><p>Look closely at the tusk.</p></div>') == 5
        assert 'lang="ar" dir="rtl"' in text

    def test_new_english_makes_the_translations_stale(self, trainer, tusk):
        edit(trainer, tusk, summary_en="New English.", **{"field_marks-0-text_en": "Look again."})
        found = draft(tusk)
        assert found.to_read_again("fr") == (2, 1)

    def test_a_changed_translation_is_made_from_the_english_of_now(self, trainer, tusk):
        edit(trainer, tusk, summary_en="New English.", summary_fr="Nouveau résumé.")
        assert draft(tusk).translation_state("summary", "fr") == "complete"

    def test_also_of_a_field_mark(self, trainer, tusk):
        mark = tusk.field_marks.get()
        mark.text_en = "Look again."
        mark.save()
        edit(trainer, tusk, **{"field_marks-0-text_fr": "Regardez encore."})
        found = draft(tusk).field_marks.get()
        assert found.words("text", "fr") == "Regardez encore."
        assert found.translation_state("text", "fr") == "complete"

    def test_still_right_as_it_is(self, trainer, tusk):
        tusk.summary_en = "New English."
        tusk.save()
        mark = tusk.field_marks.get()
        mark.text_en = "Look again."
        mark.save()
        edit(trainer, tusk, still_right="fr")
        found = draft(tusk)
        assert found.to_read_again("fr") == (0, 1)
        assert found.words("summary", "fr") == "Résumé de la défense."

    def test_a_translation_that_is_taken_away_is_missing(self, trainer, tusk):
        edit(trainer, tusk, summary_fr="")
        assert draft(tusk).translation_state("summary", "fr") == "missing"

    def test_readers_see_nothing_of_a_draft(self, trainer, tusk, client):
        edit(trainer, tusk, summary_en="Only in the draft.")
        assert "Only in the draft." not in client.get("/en/guide/tusk/").text


class TestDraftsAndPublishing:
    def test_a_draft_may_be_incomplete(self, trainer, tusk):
        response = edit(trainer, tusk, summary_en="", **{"field_marks-0-source": "", "statuses-0-source": ""})
        assert response.status_code == 302
        assert draft(tusk).summary_en in ("", None)

    def test_what_is_submitted_passes_the_rules_and_the_form_says_why_not(self, trainer, tusk):
        response = edit(
            trainer,
            tusk,
            "submit",
            summary_fr="Typed",
            **{"field_marks-0-text_en": ""},
        )
        assert response.status_code == 200
        assert "Field mark “mark” lacks its English words" in response.text
        assert "Typed" in response.text
        assert not ReferenceItem.objects.get(pk=tusk.pk).workflow_in_progress

    def test_a_new_item_starts_as_a_draft(self, trainer, client):
        address = reverse(f"{ITEMS}:add")
        sent = filled_in(trainer.get(address)) | {"key": "horn", "kind": "product", "form": "horn-or-antler"}
        assert trainer.post(address, sent).status_code == 302
        assert not ReferenceItem.objects.get(key="horn").live
        assert client.get("/en/guide/horn/").status_code == 404

    def test_a_new_field_mark_gets_a_key(self, trainer, tusk):
        edit(
            trainer,
            tusk,
            **{
                "field_marks-TOTAL_FORMS": "2",
                "field_marks-1-text_en": "Its weight.",
                "field_marks-1-source": "A handbook",
                "field_marks-1-key": "",
                "field_marks-1-ORDER": "2",
                "field_marks-1-id": "",
            },
        )
        new = draft(tusk).field_marks.all()[1]
        assert len(new.key) == 8 and new.text_en == "Its weight."

    def test_trainers_submit_and_do_not_publish(self, trainer, tusk):
        edit(trainer, tusk, "publish", summary_en="Published?")
        assert ReferenceItem.objects.get(pk=tusk.pk).summary_en == "Summary of tusk."

    def test_names_and_countries_of_a_status_are_written_one_a_line(self, trainer, tusk):
        edit(
            trainer,
            tusk,
            **{
                "statuses-0-taxa": "Loxodonta africana\r\nElephas maximus\r\n",
                "statuses-0-populations": "BW\nZA",
            },
        )
        status = draft(tusk).statuses.get()
        assert status.taxa == ["Loxodonta africana", "Elephas maximus"]
        assert status.populations == ["BW", "ZA"]
        assert "Loxodonta africana\nElephas maximus</textarea>" in text_of(trainer, tusk)

    def test_another_name_becomes_the_preferred_one(self, tusk):
        expert = signed_in("expert")
        CommonName.objects.create(item=tusk, language="en", name="Ivory")
        edit(expert, tusk, "publish", **preferring(expert, tusk, "Ivory"))
        assert ReferenceItem.objects.get(pk=tusk.pk).name_in("en") == ("Ivory", "en")

    def test_two_preferred_names_are_refused_in_words_in_a_draft_too(self, trainer, tusk):
        CommonName.objects.create(item=tusk, language="fr", name="Ivoire")
        response = edit(trainer, tusk, **{f"common_names-{n}-preferred": "on" for n in range(3)})
        assert response.status_code == 200
        assert "Two names are preferred in one language (fr: Défense, Ivoire)." in response.text

    def test_a_text_without_end_is_refused_and_kept(self, trainer, tusk):
        response = edit(trainer, tusk, summary_fr="é" * 6001)
        assert response.status_code == 200
        assert "6000" in response.text and "é" * 6001 in response.text

    def test_html_in_a_name_is_not_executed(self, trainer, tusk):
        edit(trainer, tusk, **{"common_names-0-name": "<script>alert(1)</script>"})
        assert "<script>alert(1)</script>" not in text_of(trainer, tusk)
        response = edit(trainer, tusk, "submit")
        assert "holds HTML or the signs &lt; and &gt;" in response.text


def preferring(client: Client, item: ReferenceItem, name: str) -> dict[str, str]:
    """The ticks of the form when one English name is preferred, and no other."""
    sent = filled_in(client.get(reverse(f"{ITEMS}:edit", args=[item.pk])))
    rows = [
        key.removesuffix("-name") for key in sent if key.startswith("common_names-") and key.endswith("-name")
    ]
    rows = [row for row in rows if sent[f"{row}-language"] == "en"]
    return {f"{row}-preferred": "on" if sent[f"{row}-name"] == name else "" for row in rows}


class TestPreview:
    def preview(self, client: Client, item: ReferenceItem, language: str, **changes: str) -> str:
        address = reverse(f"{ITEMS}:preview_on_edit", args=[item.pk])
        sent = filled_in(client.get(reverse(f"{ITEMS}:edit", args=[item.pk]))) | changes
        assert client.post(address, sent).json() == {"is_valid": True, "is_available": True}
        return client.get(address, {"mode": language}).text

    def test_in_each_language_from_the_draft(self, trainer, tusk):
        text = self.preview(trainer, tusk, "fr", summary_fr="Seulement ici.")
        assert '<html lang="fr"' in text and "Seulement ici." in text and "<h1>Défense</h1>" in text

    def test_right_to_left(self, trainer, tusk):
        text = self.preview(trainer, tusk, "ar", **{"statuses-0-listing": "Y49"})
        assert 'dir="rtl"' in text and "Y49" in text

    def test_an_item_that_was_never_saved(self, trainer):
        address = reverse(f"{ITEMS}:preview_on_add")
        sent = filled_in(trainer.get(reverse(f"{ITEMS}:add"))) | {
            "key": "horn",
            "kind": "product",
            "summary_en": "A horn.",
        }
        assert trainer.post(address, sent).json()["is_available"]
        assert "A horn." in trainer.get(address).text

    def test_what_others_publish_does_not_leak_into_the_preview(self, trainer, tusk, client):
        self.preview(trainer, tusk, "en", summary_en="Only here.")
        assert "Only here." not in client.get("/en/guide/tusk/").text


class TestLookAlikes:
    @pytest.fixture
    def bone(self, tusk) -> ReferenceItem:
        return make_item("bone")

    def send(self, client: Client, action: str = "", **fields: object):
        address = reverse(f"{PAIRS}:add")
        sent = filled_in(client.get(address)) | fields
        if action:
            sent[f"action-{action}"] = action
        return client.post(address, sent)

    def test_a_pair_is_named_after_its_sides(self, trainer, tusk, bone):
        assert self.send(trainer, first=tusk.pk, second=bone.pk).status_code == 302
        pair = LookAlike.objects.get()
        assert pair.key == "tusk--bone" and not pair.live

    def test_without_a_mark_it_is_not_submitted(self, trainer, tusk, bone):
        response = self.send(trainer, "submit", first=tusk.pk, second=bone.pk, deciding_en="Pits.")
        assert "Add a mark that tells the two apart" in response.text
        assert not LookAlike.objects.exists()

    def test_of_itself(self, trainer, tusk):
        response = self.send(trainer, first=tusk.pk, second=tusk.pk, deciding_en="Typed")
        assert "A thing is no look-alike of itself." in response.text and "Typed" in response.text

    def test_preview(self, trainer, tusk, bone):
        pair = LookAlike.objects.create(key="p", first=tusk, second=bone, deciding_en="Pits.")
        LookAlikeMark.objects.create(pair=pair, key="m", mark_en="Pits", source="A handbook")
        address = reverse(f"{PAIRS}:preview_on_edit", args=[pair.pk])
        sent = filled_in(trainer.get(reverse(f"{PAIRS}:edit", args=[pair.pk])))
        trainer.post(address, sent | {"deciding_fr": "Les trous."})
        assert "Les trous." in trainer.get(address, {"mode": "fr"}).text


class TestLists:
    def test_what_each_row_says(self, trainer, tusk):
        tusk.summary_en = "New English."
        tusk.save()
        text = trainer.get(reverse(f"{ITEMS}:list")).text
        assert "Basel A1181" in text and "fr · 1 to read again · 1 missing" in text

    @pytest.mark.parametrize("query", [{"kind": "timber"}, {"form": "wood"}, {"live": "false"}, {"q": "oak"}])
    def test_filters(self, trainer, tusk, query):
        oak = make_item("oak-board", {"en": "Oak"}, kind="timber", form="wood", live=False)
        text = trainer.get(reverse(f"{ITEMS}:list"), query).text
        assert reverse(f"{ITEMS}:edit", args=[oak.pk]) in text
        assert reverse(f"{ITEMS}:edit", args=[tusk.pk]) not in text

    def test_history_comparison_and_usage(self, trainer, tusk):
        edit(trainer, tusk, summary_fr="Autre résumé.")
        edit(trainer, tusk, summary_fr="Encore un autre.")
        for name, args in [("history", []), ("usage", []), ("revisions_compare", ["earliest", "latest"])]:
            response = trainer.get(reverse(f"{ITEMS}:{name}", args=[tusk.pk, *args]))
            assert response.status_code == 200, name
        assert "Encore un autre" in response.text
