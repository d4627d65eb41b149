"""Rows that can't be taken: each is told why and what to do, and nothing of it reaches the guide."""

import pytest

from content.exchange.file_rows import FileUnreadable
from content.exchange.json_files import read_json
from content.models import FieldMark, ReferenceItem
from tests.content.exchange.exchanged import (
    applied,
    exported,
    fate,
    file_of,
    make_whole_guide,
    planned,
    reason,
    row,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_backbone")]


@pytest.fixture
def whole() -> dict:
    make_whole_guide()
    return exported()


class TestColumns:
    def test_a_missing_column_is_named_and_what_the_guide_says_stays(self, whole):
        for one in whole["items"]:
            del one["scientific name"]
        row(whole, "items", key="laptop")["summary"]["en"] = "Something new."
        plan = planned(whole)
        assert plan.missing == [
            "Sheet “Items” lacks columns: scientific name. What the guide has there stays."
        ]
        assert [name for name, _, _ in fate(plan, "items", "laptop").changes] == ["summary (en)"]

    def test_a_missing_key_column_stops_the_file(self, whole):
        for one in whole["field marks"]:
            del one["key"]
        with pytest.raises(
            FileUnreadable, match=r"“Field marks” lacks a column .*: key. Take the first line"
        ):
            file_of(whole)

    def test_a_missing_sheet_is_named_and_stays(self, whole):
        del whole["hazards"]
        plan = planned(whole)
        assert plan.missing == ["There is no sheet “Hazards”: what the guide has there stays."]
        assert {one.fate for one in plan.rows} == {"unchanged"}

    def test_a_language_that_the_guide_does_not_have(self, whole):
        row(whole, "items", key="laptop")["summary"]["pt"] = "Um computador."
        with pytest.raises(FileUnreadable, match=r"columns that are not known: summary \(pt\)"):
            file_of(whole)

    def test_an_unknown_sheet(self, whole):
        whole["item"] = whole.pop("items")
        with pytest.raises(FileUnreadable, match="parts that are not known: item"):
            file_of(whole)

    def test_a_later_version(self, whole):
        whole["version"] = 2
        with pytest.raises(FileUnreadable, match="has version 2; this site reads version 1"):
            file_of(whole)


class TestCells:
    """One cell is wrong."""

    @pytest.mark.parametrize(
        ("table", "known", "column", "value", "said"),
        [
            ("common names", {"name": "Laptop computer"}, "language", "pt", "“pt” is not known"),
            ("common names", {"name": "Laptop computer"}, "name", "<b>Laptop</b>", "There is HTML in it"),
            ("common names", {"name": "Laptop computer"}, "region", "XQ", "“XQ” is no country and no region"),
            ("HS codes", {"code": "8471.30"}, "code", "0100.00", "HS 2022 has no code “0100.00”"),
            ("HS codes", {"code": "8471.30"}, "code", "8471.3", "Six digits are needed"),
            ("HS codes", {"code": "8471.30"}, "edition", 2012, "Only HS 2022 is known"),
            ("items", {"key": "laptop"}, "kind", "gadget", "“gadget” is not known. Write one of: taxon"),
            ("items", {"key": "laptop"}, "position", "first", "position: “first” is no whole number"),
            ("items", {"key": "laptop"}, "demonstration only", "perhaps", "neither “yes” nor “no”"),
            ("items", {"key": "laptop"}, "belongs to", "nothing-here", "“nothing-here” is not in the guide"),
            ("items", {"key": "laptop"}, "hazards", ["fire"], "hazards: “fire” is not in the guide"),
            ("items", {"key": "laptop"}, "scientific name", "x" * 121, "there is room for 120"),
            ("items", {"key": "laptop"}, "scientific name", "a\nb", "more than one line"),
            ("items", {"key": "laptop"}, "scientific name", "a\x00b", "signs in it that can't be seen"),
            ("legal statuses", {"item": "laptop"}, "as of", "22/11/2026", "as of: “22/11/2026” is no date"),
            ("legal statuses", {"item": "laptop"}, "as of", "", "as of: It is empty, and is needed"),
            ("legal statuses", {"item": "laptop"}, "source", "", "source: It is empty, and is needed"),
            ("legal statuses", {"item": "laptop"}, "populations", ["XX"], "“XX” is no country"),
            ("reference photos", {"author": "Ana Silva"}, "licence", "CC BY-NC 4.0", "commercial use"),
            ("reference photos", {"author": "Ana Silva"}, "licence", "CC BY-ND 4.0", "forbids changes"),
            ("reference photos", {"author": "Ana Silva"}, "licence", "", "No licence is given"),
            ("reference photos", {"author": "Ana Silva"}, "link to the source", "javascript:1", "valid URL"),
            ("protocol steps", {"key": "weigh"}, "most readings", 0, "most readings:"),
            ("protocol steps", {"key": "weigh"}, "lowest reading", "1,5", "“1,5” is no number"),
            ("protocol answers", {"key": "heavy"}, "leads to", "nowhere", "leads to “nowhere”"),
        ],
    )  # fmt: skip
    def test_is_refused_in_words(self, whole, table, known, column, value, said):
        changed = row(whole, table, **known)
        changed[column] = value
        refused = [one for one in planned(whole).rows if one.fate == "refused"]
        assert [one.table.name for one in refused] == [table]
        assert said in " ".join(refused[0].reasons)

    def test_ten_megabytes_of_text(self, whole):
        row(whole, "items", key="laptop")["summary"]["fr"] = "x" * 10_000_000
        assert reason(planned(whole), "items", "laptop") == (
            "summary (fr): It has 10000000 characters; there is room for 20000. Make it shorter."
        )

    def test_english_can_not_be_emptied_and_a_translation_can(self, whole):
        row(whole, "items", key="laptop")["summary"]["en"] = ""
        assert "summary (en): It is empty, and is needed." in reason(planned(whole), "items", "laptop")
        row(whole, "items", key="laptop")["summary"] |= {"en": "Summary of laptop.", "fr": ""}
        assert fate(planned(whole), "items", "laptop").fate == "changed"

    def test_a_translation_of_nothing(self, whole):
        row(whole, "items", key="keyboard")["how it is hidden"]["fr"] = "Sous des jouets."
        assert "no English words that it translates" in reason(planned(whole), "items", "keyboard")

    def test_what_was_wrong_before_is_no_reason_to_refuse_another_cell(self, whole):
        FieldMark.objects.filter(item__key="laptop").update(source="")
        whole = exported()
        row(whole, "field marks", item="laptop")["what to look at"]["fr"] = "Regardez la charnière."
        assert fate(planned(whole), "field marks", "laptop", "mark").fate == "changed"


class TestRowsBesideEachOther:
    def test_a_duplicate(self, whole):
        whole["items"].append({**row(whole, "items", key="laptop"), "scientific name": "Another"})
        number = 1 + [one["key"] for one in whole["items"]].index("laptop")
        assert reason(planned(whole), "items", "laptop") == f"Row {number} is about the same thing. Keep one."

    def test_a_circle_of_parents(self, whole):
        row(whole, "items", key="electrical-equipment")["belongs to"] = "laptop"
        said = reason(planned(whole), "items", "electrical-equipment")
        assert "goes round in a circle: electrical-equipment < laptop < electrical-equipment." in said

    def test_a_circle_of_thousands_costs_no_more_than_its_rows(self, whole):
        like = row(whole, "items", key="laptop")
        whole["items"] += [
            {**like, "key": f"i{at}", "belongs to": f"i{(at + 1) % 3000}"} for at in range(3000)
        ]
        said = reason(planned(whole), "items", "i7")
        assert "circle: i7 < i8 < i9 < i10 < i11 < i12 < i13 < i14 < … < i7." in said

    def test_thousands_that_hang_on_one_another_and_the_last_on_nothing(self, whole):
        like = row(whole, "items", key="laptop")
        whole["items"] += [{**like, "key": f"i{at}", "belongs to": f"i{at + 1}"} for at in range(3000)]
        plan = planned(whole)
        assert "“i3000” is not in the guide" in reason(plan, "items", "i2999")
        assert "“i1” is not in the guide" in reason(plan, "items", "i0")

    def test_a_parent_of_itself(self, whole):
        row(whole, "items", key="laptop")["belongs to"] = "laptop"
        assert "goes round in a circle: laptop < laptop" in reason(planned(whole), "items", "laptop")

    def test_two_statuses_that_contradict_each_other_on_one_day(self, whole):
        status = row(whole, "legal statuses", item="laptop")
        whole["legal statuses"].append({**status, "key": "another", "listing": "B1110"})
        assert "contradict each other" in reason(planned(whole), "legal statuses", "laptop", "another")

    def test_one_that_ends_before_the_other_begins_contradicts_nothing(self, whole):
        status = row(whole, "legal statuses", item="laptop")
        status["in force until"] = "2026-12-31"
        later = {**status, "key": "later", "listing": "B1110"}
        whole["legal statuses"].append(later | {"in force from": "2027-01-01", "in force until": ""})
        assert fate(planned(whole), "legal statuses", "laptop", "later").fate == "new"

    def test_a_status_that_ends_before_it_begins(self, whole):
        row(whole, "legal statuses", item="laptop").update(
            {"in force from": "2026-02-01", "in force until": "2026-01-01"}
        )
        key = row(whole, "legal statuses", item="laptop")["key"]
        assert "lies before “in force from”" in reason(planned(whole), "legal statuses", "laptop", key)

    def test_a_look_alike_of_itself(self, whole):
        row(whole, "look-alikes", key="laptop--keyboard")["the other thing"] = "laptop"
        assert "no look-alike of itself" in reason(planned(whole), "look-alikes", "laptop--keyboard")

    def test_a_pair_that_is_there_the_other_way_round(self, whole):
        pair = row(whole, "look-alikes", key="laptop--keyboard")
        turned = {"key": "turned", "one thing": "keyboard", "the other thing": "laptop"}
        whole["look-alikes"].append({**pair, **turned})
        assert "under another key" in reason(planned(whole), "look-alikes", "turned")

    def test_two_preferred_names_in_one_language(self, whole):
        name = row(whole, "common names", name="Laptop computer")
        whole["common names"].append({**name, "name": "Notebook"})
        said = reason(planned(whole), "common names", "laptop", "en", "", "Notebook")
        assert "Two names are preferred in one language: Laptop computer, Notebook." in said

    def test_another_name_becomes_the_preferred_one_where_the_old_one_gives_way(self, whole):
        name = row(whole, "common names", name="Laptop computer")
        whole["common names"].append({**name, "name": "Notebook"})
        name["preferred"] = False
        applied(whole)
        draft = ReferenceItem.objects.get(key="laptop").get_latest_revision_as_object()
        assert draft.name_in("en") == ("Notebook", "en")

    def test_what_hangs_on_a_refused_row_is_refused_too(self, whole):
        laptop = row(whole, "items", key="laptop")
        whole["items"].append({**laptop, "key": "tablet", "kind": "gadget"})
        whole["field marks"].append({**row(whole, "field marks", item="laptop"), "item": "tablet"})
        plan = planned(whole)
        assert "“tablet” is not in the guide" in reason(plan, "field marks", "tablet", "mark")
        assert fate(plan, "items", "laptop").fate == "unchanged"

    def test_a_photo_without_its_file(self, whole):
        whole["reference photos"].append({**whole["reference photos"][0], "photo (SHA-256)": "0" * 64})
        assert "Photos come in with their files" in reason(planned(whole), "reference photos", "0" * 64)

    def test_refused_rows_keep_no_others_out(self, whole):
        row(whole, "items", key="laptop")["kind"] = "gadget"
        row(whole, "items", key="keyboard")["summary"]["en"] = "With keys."
        applied(whole)
        draft = ReferenceItem.objects.get(key="keyboard").get_latest_revision_as_object()
        assert draft.summary_en == "With keys."
        assert ReferenceItem.objects.get(key="laptop").latest_revision is None


class TestJson:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "empty"),
            (b"{", "can't be read"),
            (b"[1]", "is no guide"),
            (b'{"format": "other"}', "is no guide"),
            (b"[" * 100_000, "can't be read"),
            (b'{"format": "quaymark-guide", "version": 1, "items": 3}', "must be a list"),
            (b'{"format": "quaymark-guide", "version": 1, "items": [], "items": []}', "there twice: items"),
            (b"\xff\xfe\x00", "can't be read"),
        ],
    )
    def test_what_is_no_guide_is_refused_in_words(self, content, said):
        with pytest.raises(FileUnreadable, match=said):
            read_json(content)

    def test_two_equal_names_among_very_many_are_found_at_once(self):
        """Counted anew for each name, these would take hours."""
        names = ",".join(f'"n{number}":0' for number in range(200_000))
        with pytest.raises(FileUnreadable, match="there twice: n0"):
            read_json(f'{{{names},"n0":0}}'.encode())

    def test_a_number_where_words_stand_is_text_and_an_object_is_refused(self, whole):
        row(whole, "items", key="laptop")["scientific name"] = {"a": 1}
        assert "scientific name: write text there." in reason(planned(whole), "items", "laptop")
