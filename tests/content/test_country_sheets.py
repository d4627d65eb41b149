"""A country sheet: what it accepts, who reads it, and what it says about a thing."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from content.models import CountrySheet, HSLink, ReferenceItem, TariffLine
from content.national import CountryAdvice
from tests.factories import make_user
from tests.identify.guide import make_item, make_status
from tests.sheets import AS_OF, make_administration, make_authority, make_rule, make_sheet

pytestmark = pytest.mark.django_db

TOMORROW = timezone.localdate() + datetime.timedelta(days=1)


@pytest.fixture
def administration():
    return make_administration()


@pytest.fixture
def sheet(administration) -> CountrySheet:
    return make_sheet(administration)


def complaints(part) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        part.full_clean(exclude=["sheet"])
    return caught.value.message_dict


def test_a_telephone_number_is_brought_into_international_form():
    authority = make_authority(
        "duty", "+442079460018", night_telephone="+12025550142", night_hours="At night"
    )

    authority.full_clean(exclude=["sheet"])

    assert (authority.telephone, authority.tel) == ("+44 20 7946 0018", "tel:+44-20-7946-0018")
    assert authority.night_tel == "tel:+1-202-555-0142"


def test_only_the_fire_service_may_have_a_short_number():
    make_authority("emergency", "112").full_clean(exclude=["sheet"])

    assert list(complaints(make_authority("duty", "112"))) == ["telephone"]


def test_a_number_at_night_says_when_it_is_answered():
    assert list(complaints(make_authority("duty", "+12025550142", night_telephone="+12025550143"))) == [
        "night_hours"
    ]


def test_nobody_has_called_tomorrow():
    assert list(complaints(make_authority("duty", "+12025550142", verified_on=TOMORROW))) == ["verified_on"]


@pytest.mark.parametrize("missing", ["source", "as_of", "text"])
def test_a_rule_has_words_a_source_and_a_date(missing):
    rule = make_rule(instrument="basel", **{missing: None if missing == "as_of" else ""})

    assert list(complaints(rule)) == [missing]


def test_a_rule_is_about_an_item_or_an_instrument():
    laptop = make_item("laptop")
    make_rule(item=laptop).full_clean(exclude=["sheet"])

    for rule in (make_rule(), make_rule(item=laptop, instrument="basel")):
        assert complaints(rule)["__all__"] == ["Choose either a thing of the guide or an instrument."]


@pytest.mark.database
def test_the_database_holds_a_rule_to_one_subject(sheet):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_rule(sheet=sheet).save()


def test_the_hs_code_is_written_one_way():
    line = TariffLine(hs_code="0507 10", national_code="0507 10 00 10")

    line.full_clean(exclude=["sheet"])

    assert line.hs_code == "0507.10"


@pytest.mark.parametrize("code", ["0507", "05071000", "ivory", "٠٥٠٧١٠"])
def test_an_hs_code_has_six_digits(code):
    assert "hs_code" in complaints(TariffLine(hs_code=code, national_code="0507.10.00.10"))


@pytest.mark.parametrize("code", ["0507.90.00.10", "0507.10", "10", "0507.10.x"])
def test_a_national_code_goes_on_from_its_hs_code(code):
    assert "national_code" in complaints(TariffLine(hs_code="0507.10", national_code=code))


def test_the_next_check_comes_after_the_last_one(administration):
    sheet = CountrySheet(administration=administration, as_of=AS_OF, check_again_after=AS_OF)

    assert complaints(sheet)["__all__"] == ["The next check must come after the last one."]


def test_a_sheet_was_not_checked_tomorrow(administration):
    later = TOMORROW + datetime.timedelta(days=1)

    assert "as_of" in complaints(
        CountrySheet(administration=administration, as_of=TOMORROW, check_again_after=later)
    )


def test_an_administration_has_one_sheet(sheet):
    second = CountrySheet(administration=sheet.administration, as_of=AS_OF, check_again_after=TOMORROW)

    assert "This administration already has a sheet. Edit that one." in complaints(second)["__all__"]


def test_people_of_the_administration_read_its_sheet(sheet):
    officer = make_user(administration=sheet.administration)

    assert CountrySheet.objects.read_by(officer).get() == sheet


def test_nobody_else_reads_it(sheet):
    waiting = make_user(administration=sheet.administration, standing=User.Standing.WAITING)
    elsewhere = make_user(administration=make_administration())
    nowhere = make_user()
    administrator = User.objects.create_superuser("root@example.org", "x")

    for person in (AnonymousUser(), waiting, elsewhere, nowhere, administrator):
        assert not CountrySheet.objects.read_by(person).exists()


def test_what_is_not_published_is_not_read(sheet):
    officer = make_user(administration=sheet.administration)
    sheet.waste = "Stand back."
    sheet.save_revision()

    assert CountrySheet.objects.read_by(officer).get().waste == ""

    sheet.unpublish()
    assert not CountrySheet.objects.read_by(officer).exists()


def line_of(item: ReferenceItem) -> set[int]:
    return ReferenceItem.objects.lineages()[item.pk]


def test_a_rule_about_a_group_holds_for_all_beneath_it(sheet):
    equipment = make_item("equipment")
    laptop = make_item("laptop", parent=make_item("computers", parent=equipment))
    sheet.rules = [make_rule(item=equipment), make_rule(item=make_item("tusk"))]

    assert [rule.item for rule in sheet.rules_for(laptop, line_of(laptop))] == [equipment]


def test_a_rule_about_an_instrument_holds_for_what_it_lists_now(sheet):
    listed, ended, unlisted = make_item("laptop"), make_item("old"), make_item("mammoth")
    make_status(listed)
    make_status(ended, in_force_until=datetime.date(2000, 1, 1))
    make_status(unlisted, listing="")

    assert [len(sheet.rules_for(item, line_of(item))) for item in (listed, ended, unlisted)] == [1, 0, 0]


def test_a_circle_in_the_guide_ends_the_walk():
    first = make_item("first")
    second = make_item("second", parent=first)
    ReferenceItem.objects.filter(pk=first.pk).update(parent=second)

    assert line_of(first) == {first.pk, second.pk}


def test_national_codes_stand_under_the_headings_of_the_thing(sheet):
    laptop, radio = make_item("laptop"), make_item("radio")
    HSLink.objects.create(item=laptop, code="8471.30", role="proper")
    HSLink.objects.create(item=radio, code="8527.13", role="proper")

    assert [line.national_code for line in sheet.national_codes(laptop)] == ["8471.30.00.20"]
    assert sheet.national_codes(radio) == []
    assert sheet.national_codes(make_item("nothing")) == []


def test_no_national_code_tells_where_goods_hide(sheet):
    laptop = make_item("laptop")
    HSLink.objects.create(item=laptop, code="8471.30", role="misused")

    assert sheet.national_codes(laptop) == []


def roles(sheet: CountrySheet, *items: ReferenceItem) -> list[str]:
    return [authority.role for authority in CountryAdvice(sheet, items).authorities]


def test_one_calls_whoever_is_competent_and_the_duty_desk(sheet):
    laptop = make_item("laptop")
    make_status(laptop)
    sheet.authorities.add(make_authority("rescue", "+12025550109"))

    assert roles(sheet, laptop) == ["duty", "basel"]
    assert roles(sheet, make_item("tiger", kind="taxon")) == ["duty", "rescue"]
    assert roles(sheet, make_item("soap", kind="product")) == ["duty"]


def test_about_something_unknown_everybody_is_listed(sheet):
    assert roles(sheet) == ["duty", "basel", "ozone"]


def test_instructions_are_those_for_what_it_may_be(administration):
    sheet = make_sheet(
        administration, live_animals="Keep away.\r\n\r\n- Call.", waste="Seal it.", cylinders="Open no valve."
    )
    bulb = make_item("bulb", kind="product")
    make_status(bulb)

    def titles(*items: ReferenceItem) -> list[str]:
        return [one.title for one in CountryAdvice(sheet, items).instructions]

    assert titles(make_item("tiger", kind="taxon")) == ["Live animals"]
    assert titles(make_item("laptop")) == ["Waste"]
    assert titles(bulb) == ["Waste"]
    assert titles(make_item("r22", kind="substance")) == ["Cylinders"]
    assert titles(make_item("ivory", kind="product")) == []
    assert titles() == ["Live animals", "Waste", "Cylinders"]
    assert CountryAdvice(sheet).instructions[0].first == "Keep away."
    assert CountryAdvice(sheet).instructions[0].then == "- Call."
