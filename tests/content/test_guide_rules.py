"""What a record of the guide must have before readers see it: each rule says what is wrong, and where."""

import datetime

import pytest

from content.guide_rules import LONGEST_TEXT, problems_of_item, problems_of_pair
from content.models import CommonName, FieldMark, HSLink, LegalStatus, LookAlike, LookAlikeMark, ReferenceItem
from tests.identify.guide import make_item, make_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def tusk(db) -> ReferenceItem:
    return make_item("tusk", kind="product")


@pytest.fixture
def pair(tusk) -> LookAlike:
    made = LookAlike.objects.create(
        key="tusk--bone", first=tusk, second=make_item("bone"), deciding_en="Pits decide."
    )
    LookAlikeMark.objects.create(
        pair=made,
        key="pits",
        mark_en="Pits",
        first_side_en="None",
        second_side_en="Dots",
        source="A handbook",
    )
    return made


def said(item: ReferenceItem) -> str:
    return "\n".join(problems_of_item(ReferenceItem.objects.get(pk=item.pk)))


def test_a_complete_item_may_be_published(tusk):
    make_status(tusk)
    HSLink.objects.create(item=tusk, code="0507.10", role="proper")
    assert said(tusk) == ""


class TestWords:
    def test_a_summary_in_english_is_needed(self, tusk):
        tusk.summary_en = ""
        tusk.save()
        assert "This item lacks its English words: summary." in said(tusk)

    def test_a_name_in_english_is_needed(self, tusk):
        tusk.common_names.all().delete()
        assert "Add a common name in English" in said(tusk)

    @pytest.mark.parametrize("name", ["<b>Tusk</b>", "Tusk<script>", "Tusk &lt;i&gt;", "a > b"])
    def test_html_in_a_name_is_refused(self, tusk, name):
        CommonName.objects.create(item=tusk, language="fr", name=name)
        assert "holds HTML or the signs < and >" in said(tusk)

    @pytest.mark.parametrize("name", ["Fish & chips", "Tiger, leopard", "象牙", "R&D"])
    def test_other_signs_are_not(self, tusk, name):
        CommonName.objects.create(item=tusk, language="fr", name=name)
        assert said(tusk) == ""

    def test_two_preferred_names_in_one_language(self, tusk):
        names = [
            CommonName(item=tusk, language="fr", name="Défense", preferred=True),
            CommonName(item=tusk, language="fr", name="Ivoire", preferred=True),
        ]
        tusk.common_names = [*tusk.common_names.all(), *names]
        assert any("fr: Défense, Ivoire" in problem for problem in problems_of_item(tusk))

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_ten_megabytes_of_text(self, tusk, language):
        setattr(tusk, f"summary_{language.replace('-', '_')}", "x" * 10_000_000)
        assert f"This item is too long ({language}): 10000000 characters, and {LONGEST_TEXT}" in "\n".join(
            problems_of_item(tusk)
        )

    def test_how_it_is_hidden_needs_its_source(self, tusk):
        tusk.concealment_en = "In coffee."
        tusk.save()
        assert "How it is hidden has no source." in said(tusk)


class TestKey:
    @pytest.mark.parametrize(
        "key",
        [
            "search",
            "parts",
            "codes",
            "conventions",
            "protocols",
            "refrigerants",
            "country",
            "checks",
        ],
    )
    def test_an_address_of_the_guide_itself_is_refused(self, key):
        assert f"The key “{key}” is the address of another page" in said(make_item(key))

    def test_a_key_that_fits_in_no_address(self, tusk):
        tusk.key = "two words"
        assert any("can't stand in an address" in problem for problem in problems_of_item(tusk))


class TestParents:
    def test_its_own_parent(self, tusk):
        tusk.parent = tusk
        tusk.save()
        assert "names the item itself" in said(tusk)

    def test_a_circle_names_its_line(self, tusk):
        animal = make_item("animal", parent=tusk)
        tusk.parent = make_item("ivory", parent=animal)
        tusk.save()
        assert "goes round in a circle: tusk < ivory < animal < tusk." in said(tusk)

    def test_a_draft_is_judged_by_what_it_would_publish(self, tusk):
        tusk.parent = make_item("ivory", parent=tusk)  # not saved
        assert any("in a circle" in problem for problem in problems_of_item(tusk))

    def test_a_circle_further_up_is_not_the_items_fault(self, tusk):
        one = make_item("one")
        one.parent = make_item("two", parent=one)
        one.save()
        tusk.parent = one
        tusk.save()
        assert said(tusk) == ""


class TestFieldMarksAndFigures:
    def test_a_field_mark_needs_its_source(self, tusk):
        FieldMark.objects.update(source=" ")
        assert "Field mark “mark” has no source." in said(tusk)

    def test_a_field_mark_needs_its_words(self, tusk):
        FieldMark.objects.update(text_en="")
        assert "Field mark “mark” lacks its English words: what to look at." in said(tusk)

    def test_a_drawing_that_nobody_drew(self, tusk):
        tusk.figure = "unicorn"
        tusk.save()
        assert "There is no drawing “unicorn”." in said(tusk)


class TestCustomsCodes:
    @pytest.mark.parametrize("code", ["0507", "0507.10", "050710"])
    def test_headings_and_subheadings(self, tusk, code):
        HSLink.objects.create(item=tusk, code=code, role="proper")
        assert said(tusk) == ""

    @pytest.mark.parametrize("code", ["0599.99", "7777.77"])
    def test_a_code_that_does_not_exist(self, tusk, code):
        HSLink.objects.create(item=tusk, code=code, role="misused")
        assert f"HS code “{code}” does not exist in the edition of 2022." in said(tusk)

    @pytest.mark.parametrize("code", ["05", "ivory", "05071"])
    def test_what_is_no_code(self, tusk, code):
        HSLink.objects.create(item=tusk, code=code, role="proper")
        assert f"HS code “{code}”: write four or six digits" in said(tusk)

    def test_another_edition_is_not_known_here(self, tusk):
        HSLink.objects.create(item=tusk, code="0599.99", role="proper", edition=2028)
        assert said(tusk) == ""


class TestTheLaw:
    @pytest.fixture(autouse=True)
    def of_one_convention(self, tusk):
        self.item = tusk

    def status(self, listing: str, **fields: object) -> LegalStatus:
        return make_status(
            self.item, listing, **{"instrument": "cites", "condition_en": "All of it.", **fields}
        )

    def test_a_source_is_needed(self):
        self.status("I", source="")
        assert "Legal status “CITES I” has no source." in said(self.item)

    def test_a_date_is_needed(self):
        status = self.status("I")
        status.as_of = None
        self.item.statuses = [status]
        assert any("“CITES I” has no date." in problem for problem in problems_of_item(self.item))

    def test_its_end_before_its_beginning(self):
        status = self.status("I")
        status.in_force_from, status.in_force_until = datetime.date(2026, 2, 1), datetime.date(2026, 1, 1)
        self.item.statuses = [status]
        assert any("ends before it begins" in problem for problem in problems_of_item(self.item))

    def contradicted(self) -> bool:
        return "contradict each other" in said(self.item)

    def test_two_listings_of_the_same_on_one_day(self):
        self.status("I")
        self.status("II", condition_en="all of it")
        assert "“CITES I” and “CITES II” contradict each other" in said(self.item)

    def test_the_same_species_listed_twice(self):
        self.status("I", taxa=["Loxodonta africana", "Elephas maximus"])
        self.status("II", taxa=["Loxodonta africana"])
        assert self.contradicted()

    def test_an_annotation_that_no_condition_explains(self):
        self.status("II", annotation="#15")
        self.status("II", annotation="#4")
        assert self.contradicted()

    def test_listed_and_in_no_list(self):
        self.status("II")
        self.status("")
        assert self.contradicted()

    @pytest.mark.parametrize(
        "differs",
        [
            {"instrument": "basel"},
            {"jurisdiction": "EU"},
            {"taxa": ["Loxodonta africana"]},
            {"condition_en": "Live animals only."},
            {"listing": "I"},
        ],
    )
    def test_rows_that_differ_stand_beside_each_other(self, differs):
        self.status("I")
        self.status(**{"listing": "II", **differs})
        assert not self.contradicted()

    @pytest.mark.parametrize(
        ("one", "other", "overlap"),
        [
            (["BW", "ZA"], ["NA"], False),
            (["BW", "ZA"], ["ZA"], True),
            ([], ["ZA"], True),
        ],
    )
    def test_populations(self, one, other, overlap):
        self.status("I", populations=one)
        self.status("II", populations=other)
        assert self.contradicted() is overlap

    @pytest.mark.parametrize(("named", "overlap"), [(["BW", "ZA"], False), (["BW", "KE"], True)])
    def test_all_populations_except_some(self, named, overlap):
        self.status("I", populations=["BW", "ZA"], populations_excluded=True)
        self.status("II", populations=named)
        assert self.contradicted() is overlap

    @pytest.mark.parametrize(("begins", "overlap"), [("2026-03-05", True), ("2026-03-06", False)])
    def test_a_change_of_law(self, begins, overlap):
        self.status("II", in_force_until=datetime.date(2026, 3, 5))
        self.status("I", in_force_from=datetime.date.fromisoformat(begins))
        assert self.contradicted() is overlap


class TestLookAlikes:
    def problems(self, pair: LookAlike) -> str:
        return "\n".join(problems_of_pair(LookAlike.objects.get(pk=pair.pk)))

    def test_a_complete_pair_may_be_published(self, pair):
        assert self.problems(pair) == ""

    def test_a_mark_is_needed(self, pair):
        pair.marks.all().delete()
        assert "Add a mark that tells the two apart" in self.problems(pair)

    def test_a_mark_needs_source_and_both_sides(self, pair):
        LookAlikeMark.objects.update(source="", second_side_en="")
        found = self.problems(pair)
        assert "Mark 1 has no source." in found
        assert "Mark 1 lacks its English words: on the other thing." in found

    def test_of_itself(self, pair):
        pair.second = pair.first
        assert "A thing is no look-alike of itself. Choose another one." in problems_of_pair(pair)

    def test_the_same_pair_the_other_way_round(self, pair):
        other = LookAlike(key="bone--tusk", first=pair.second, second=pair.first, deciding_en="Pits decide.")
        other.save()
        assert "the other way round" in self.problems(other)

    def test_both_sides_are_needed(self):
        assert "Choose both things of the pair." in problems_of_pair(LookAlike(key="nothing"))
