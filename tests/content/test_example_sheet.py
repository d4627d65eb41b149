"""The example of a country sheet: whole, its numbers nobody's, and never over an editor's words."""

import re

import pytest

from accounts.models import Administration
from content.loading import library
from content.loading.country_sheets import load_example_sheet
from content.models import CountrySheet, ReferenceItem
from tests.sheets import make_administration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_guide")]

# Ofcom keeps 01632 960000 to 960999 for drama.
NOBODYS = re.compile(r"\+44 1632 960\d{3}")


@pytest.fixture
def administration() -> Administration:
    return make_administration(name="Customs of Examplia", is_example=True)


@pytest.fixture
def sheet(administration) -> CountrySheet:
    load_example_sheet(administration)
    return CountrySheet.objects.get()


def as_read(administration: Administration) -> CountrySheet:
    return CountrySheet.objects.published_by(administration).get()


def test_it_is_published_and_whole(sheet, administration):
    read = as_read(administration)
    structure = library.structure("country_sheets/examplia")

    assert [len(part.all()) for part in (read.authorities, read.rules, read.tariff_lines)] == [
        len(structure[part]) for part in ("authorities", "rules", "tariff_lines")
    ]
    for part in (*read.authorities.all(), *read.rules.all(), *read.tariff_lines.all()):
        part.full_clean()


def test_its_numbers_and_addresses_reach_nobody(sheet):
    for authority in sheet.authorities.all():
        for number in filter(None, (authority.telephone, authority.night_telephone)):
            assert NOBODYS.fullmatch(number)
        assert not authority.email or authority.email.endswith("@example.org")


def test_its_laws_say_that_they_are_invented(sheet):
    assert all("(invented)" in rule.source for rule in sheet.rules.all())


def test_loading_again_changes_nothing(sheet, administration):
    before = sheet.revisions.count()

    load_example_sheet(administration)

    assert sheet.revisions.count() == before


def test_new_words_of_the_library_arrive(sheet, administration, monkeypatch):
    structure = library.structure("country_sheets/examplia")
    changed = {**structure, "waste": "Better words.", "authorities": structure["authorities"][:2]}
    monkeypatch.setattr(library, "structure", lambda name: changed)

    load_example_sheet(administration)

    read = as_read(administration)
    assert (read.pk, read.waste, len(read.authorities.all())) == (sheet.pk, "Better words.", 2)


@pytest.mark.parametrize("publish", [True, False])
def test_an_editors_change_stays(sheet, administration, monkeypatch, publish):
    sheet.authorities.first().delete()
    sheet = CountrySheet.objects.get()
    sheet.waste = "The coordinator's words."
    revision = sheet.save_revision()
    if publish:
        revision.publish()
    changed = {**library.structure("country_sheets/examplia"), "waste": "Better words."}
    monkeypatch.setattr(library, "structure", lambda name: changed)

    load_example_sheet(administration)

    assert CountrySheet.objects.get().get_latest_revision_as_object().waste == "The coordinator's words."


def test_a_deleted_example_does_not_come_back(sheet, administration):
    sheet.delete()

    load_example_sheet(administration)

    assert not CountrySheet.objects.exists()


def test_a_sheet_of_the_administrations_own_is_not_overwritten(administration):
    own = CountrySheet.objects.create(
        administration=administration, as_of="2026-11-20", check_again_after="2027-01-01", waste="Ours."
    )

    load_example_sheet(administration)

    own.refresh_from_db()
    assert own.waste == "Ours."


def test_a_rule_about_what_the_guide_has_dropped_is_left_out(administration):
    tusk = ReferenceItem.objects.get(key="ivory-tusk")
    tusk.children.update(parent=None)
    tusk.delete()

    load_example_sheet(administration)

    structure = library.structure("country_sheets/examplia")
    assert len(as_read(administration).rules.all()) == len(structure["rules"]) - 1
