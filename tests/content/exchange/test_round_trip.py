"""Nothing is lost between the guide, a file of either kind, and the guide again."""

import pytest
from django.core.management import call_command
from django.db import models

from content.exchange.applying import apply_import
from content.exchange.guide_rows import read_guide
from content.exchange.importing import read_file
from content.exchange.json_files import write_json
from content.exchange.planning import plan_import
from content.exchange.spreadsheets import write_spreadsheet
from content.exchange.tables import TABLES
from content.models import (
    ReferenceItem,
)
from content.models.translated import TranslatedRecord
from tests.content.exchange.exchanged import forget_guide, make_whole_guide, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_backbone")]
WRITERS = {"guide.xlsx": write_spreadsheet, "guide.json": write_json}
by_kind = pytest.mark.parametrize("name", list(WRITERS))

# What is no part of what the guide says: the machinery of drafts, and what the site reckons itself.
MACHINERY = {
    "id", "live", "has_unpublished_changes", "first_published_at", "last_published_at", "go_live_at",
    "expire_at", "expired", "locked", "locked_at", "locked_by", "latest_revision", "live_revision",
    "translated_from", "reviewed", "large", "small", "width", "height", "added_at",
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_field_of_a_record_has_its_column(table):
    columns = {column.field for column in table.columns}
    fields = {
        field.name
        for field in table.model._meta.get_fields()
        if field.concrete and not field.name.endswith(("_en", "_fr", "_es", "_ru", "_ar", "_zh_hans"))
    }
    owner = {
        field.name
        for field in table.model._meta.get_fields()
        if table.owner and isinstance(field, models.ForeignKey) and field.related_model is table.owner.model
    }
    assert fields - MACHINERY - owner == columns


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_translated_field_has_a_column_a_language(table):
    if not issubclass(table.model, TranslatedRecord):
        return
    for name in table.model.translated_fields():
        languages = [column.language for column in table.words() if column.field == name]
        assert languages == ["en", "fr", "es", "ru", "ar", "zh-hans"]


@by_kind
def test_a_file_that_nobody_changed_changes_nothing(name):
    make_whole_guide()
    file = read_file(name, WRITERS[name](read_guide()))
    assert all(file.tables[table.name].rows for table in TABLES)
    plan = plan_import(file, read_guide(), None)
    assert {row.fate for row in plan.rows} == {"unchanged"}
    assert plan.missing == []


@by_kind
def test_a_guide_that_is_gone_comes_back_whole(name):
    make_whole_guide()
    before, content = said(("reference photos",)), WRITERS[name](read_guide())
    forget_guide()
    apply_import(read_file(name, content), None, at_once=True)
    assert said(("reference photos",)) == before
    assert ReferenceItem.objects.get(key="laptop").summary_ar.startswith("Summary in ar: “=1+1”")


@by_kind
def test_translations_that_were_out_of_date_or_read_by_an_expert_still_are(name):
    items = make_whole_guide()
    laptop = items["laptop"]
    laptop.set_words("summary", "fr", "Traduit d'autre chose.", english="Something else")
    laptop.reviewed = {"es": {"summary": laptop.translated_from["es"]["summary"]}}
    laptop.save()
    content = WRITERS[name](read_guide())
    forget_guide()
    apply_import(read_file(name, content), None, at_once=True)
    laptop = ReferenceItem.objects.get(key="laptop")
    assert laptop.translation_state("summary", "fr") == "stale"
    assert laptop.translation_state("summary", "es") == "complete"
    assert laptop.is_reviewed("summary", "es") and not laptop.is_reviewed("summary", "ru")


def test_the_same_guide_gives_the_same_json():
    make_whole_guide()
    assert write_json(read_guide()) == write_json(read_guide())


def test_by_commands(tmp_path, capsys):
    make_whole_guide()
    for name in WRITERS:
        call_command("export_guide", tmp_path / name)
        capsys.readouterr()
        call_command("import_guide", tmp_path / name, "--dry-run")
        assert capsys.readouterr().out.startswith("Would be: ")
