"""A declared code: is this where the thing belongs, or where it hides, and what does the code call for?"""

import pytest
from django.contrib.auth.models import AnonymousUser

from content.checks.hs import Relation, Wording, check_code
from content.checks.hs_codes import NoSuchCode, description_of, read_code
from content.models import CommonName, HSLink, ReferenceItem
from tests.factories import make_user
from tests.identify.guide import make_item, make_status
from tests.sheets import make_administration, make_sheet

STRANGER = AnonymousUser()


@pytest.mark.parametrize(
    "text",
    ["050710", "0507.10", "0507 10", "05.07.10", " 0507.10 ", "٠٥٠٧١٠", "０５０７１０", "0507-10"],
)
def test_a_code_is_read_however_it_is_written(text):
    assert read_code(text).written == "0507.10"


@pytest.mark.parametrize(
    ("text", "national"),
    [("05071000", "00"), ("0507.10.00.10", "0010"), ("050710001", "001"), ("0507 1000 1234", "001234")],
)
def test_six_digits_count_and_national_ones_are_kept(text, national):
    code = read_code(text)
    assert (code.six, code.national) == ("050710", national)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "at least six digits"),
        ("   ", "at least six digits"),
        ("ivory", "digits only"),
        ("0507.1O", "digits only"),
        ("050710'; DROP TABLE x", "digits only"),
        ("😀", "digits only"),
        ("0507", "this has 4"),
        ("05071", "this has 5"),
        ("0507100", "This has 7"),
        ("0507100012345", "This has 13"),
    ],
)
def test_what_is_no_code_is_refused_in_plain_words(text, says):
    with pytest.raises(NoSuchCode, match=says):
        read_code(text)


def test_the_harmonized_system_is_that_of_2022():
    assert "waste" in description_of("854931").lower()
    assert description_of("854810") == ""


@pytest.fixture
def ivory(db: None) -> ReferenceItem:
    ivory = make_item(
        "raw-ivory", {"en": "Raw ivory", "ru": "Слоновая кость"}, scientific_name="Loxodonta africana"
    )
    make_status(ivory, "I", instrument="cites", condition_en="All others.", source="CITES Appendices")
    HSLink.objects.create(item=ivory, code="0507.10", role="proper")
    HSLink.objects.create(item=ivory, code="3926.40", role="misused")
    return ivory


@pytest.fixture
def laptop(db: None) -> ReferenceItem:
    equipment = make_item("equipment")
    HSLink.objects.create(item=equipment, code="8549.31", role="waste")
    laptop = make_item("laptop", {"en": "Laptop computer"}, parent=equipment)
    HSLink.objects.create(item=laptop, code="8471.30", role="proper")
    return laptop


def relation(reader: object, code: str, thing: str) -> Relation:
    return check_code(reader, read_code(code), thing).verdict.relation


def test_where_it_belongs(ivory):
    assert relation(STRANGER, "0507.10.00.10", "raw-ivory") == Relation.BELONGS


@pytest.mark.parametrize(
    "thing", ["raw-ivory", "Raw ivory", "raw ivory", "Слоновая кость", "loxodonta africana"]
)
def test_a_thing_is_found_by_key_name_and_scientific_name(ivory, thing):
    assert relation(STRANGER, "0507.10", thing) == Relation.BELONGS


def test_where_it_hides_is_told_to_officers(ivory):
    officer = make_user(roles=("officer",))
    assert relation(officer, "3926.40", "raw-ivory") == Relation.HIDDEN
    assert check_code(officer, read_code("3926.40")).exactly[0].relation == Relation.HIDDEN


@pytest.mark.parametrize("roles", [None, ("trainee",)])
def test_to_others_a_hiding_place_looks_like_any_code(ivory, roles):
    reader = make_user(roles=roles) if roles else STRANGER
    hidden, other = (check_code(reader, read_code(code), "raw-ivory") for code in ("3926.40", "4407.11"))
    assert hidden.verdict.relation == other.verdict.relation == Relation.NOT_LINKED
    assert hidden.exactly == [] and hidden.by_heading == []


def test_the_codes_to_consider_are_never_those_it_hides_under(ivory):
    verdict = check_code(make_user(roles=("officer",)), read_code("4407.11"), "raw-ivory").verdict
    assert [heading.code for heading in verdict.to_consider] == ["0507.10"]
    assert "ivory" in verdict.to_consider[0].description


def test_another_code_of_the_same_heading(ivory):
    assert relation(STRANGER, "0507.90", "raw-ivory") == Relation.SAME_HEADING


def test_a_thing_belongs_as_waste_where_its_group_does(laptop):
    verdict = check_code(STRANGER, read_code("8549.31"), "laptop").verdict
    assert verdict.relation == Relation.WASTE
    assert verdict.through.key == "equipment"


def test_a_group_belongs_where_its_members_do(laptop):
    verdict = check_code(STRANGER, read_code("8471.30"), "equipment").verdict
    assert verdict.relation == Relation.BELONGS
    assert verdict.through.key == "laptop"


def test_what_a_code_calls_for(ivory, laptop):
    checked = check_code(STRANGER, read_code("0507.10"))
    assert [one.item.key for one in checked.exactly] == ["raw-ivory"]
    assert checked.exactly[0].strictest.label == "CITES I"
    assert checked.instruments == ["cites"]


def test_what_else_the_heading_calls_for(ivory):
    checked = check_code(STRANGER, read_code("0507.90"))
    assert checked.exactly == []
    assert [one.item.key for one in checked.by_heading] == ["raw-ivory"]


def test_drafts_are_not_told(ivory):
    ReferenceItem.objects.update(live=False)
    checked = check_code(STRANGER, read_code("0507.10"), "raw-ivory", "Raw ivory")
    assert checked.exactly == [] and checked.verdict is None and checked.said.named == []


def test_several_things_by_one_name_are_offered(ivory):
    make_item("worked-ivory", {"en": "Worked ivory"})
    checked = check_code(STRANGER, read_code("0507.10"), "ivory")
    assert checked.verdict is None
    assert {item.key for item in checked.candidates} == {"raw-ivory", "worked-ivory"}


@pytest.mark.parametrize(
    "thing", ["nothing like it", "😀", "'; DROP TABLE content_referenceitem; --", "%", "\x00", "x" * 5000]
)
def test_a_thing_that_the_guide_does_not_know(ivory, thing):
    checked = check_code(STRANGER, read_code("0507.10"), thing)
    assert checked.verdict is None and checked.candidates == []


def test_a_description_that_shares_words_with_the_code(ivory):
    said = check_code(STRANGER, read_code("0507.10"), description="Ivory powder").said
    assert said.wording == Wording.SHARES
    assert said.shared == ["ivory", "powder"]


def test_a_description_that_shares_no_word(ivory):
    said = check_code(STRANGER, read_code("3926.40"), description="Machines for sewing").said
    assert said.wording == Wording.NOTHING_SHARED


def test_a_description_that_names_a_thing_which_belongs_elsewhere(ivory):
    (named,) = check_code(
        STRANGER, read_code("4407.11"), description="2 boxes raw ivory, polished"
    ).said.named
    assert named.item == ivory
    assert named.relation == Relation.NOT_LINKED


def test_a_name_within_a_word_is_no_name(ivory):
    CommonName.objects.create(item=ivory, language="en", name="Tusk")
    said = check_code(STRANGER, read_code("4407.11"), description="Tuskegee brand planks").said
    assert said.named == []


def test_the_readers_own_tariff_goes_on(laptop):
    administration = make_administration()
    sheet = make_sheet(administration)
    lines = check_code(STRANGER, read_code("8471.30"), sheet=sheet).national
    assert [line.national_code for line in lines] == ["8471.30.00.20"]
    assert check_code(STRANGER, read_code("8471.41"), sheet=sheet).national == []


def test_questions_do_not_grow_with_the_guide(ivory, django_assert_max_num_queries):
    for number in range(20):
        HSLink.objects.create(item=make_item(f"carving-{number}"), code="0507.10", role="proper")
    with django_assert_max_num_queries(12):
        check_code(STRANGER, read_code("0507.10"), "raw-ivory", "raw ivory")
