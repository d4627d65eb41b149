"""Spreadsheets as programs write them and as nobody should: formulas, bombs, what is no spreadsheet."""

import datetime
import io
import zipfile

import openpyxl
import pytest

from content.exchange import spreadsheets
from content.exchange.file_rows import FileUnreadable
from content.exchange.guide_rows import read_guide
from content.exchange.planning import plan_import
from content.exchange.spreadsheets import CellTooLong, read_spreadsheet, write_spreadsheet
from content.models import ReferenceItem
from tests.content.exchange.exchanged import fate, make_whole_guide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_backbone")]
FORMULAS = ["=1+1", '=HYPERLINK("https://evil.example","x")', "+1", "-1", "@SUM(A1)", "\t=1", "_x000D_"]


@pytest.fixture
def laptop() -> ReferenceItem:
    return make_whole_guide()["laptop"]


def opened() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_spreadsheet(read_guide())))


def place(sheet, column: str, key: str):
    """The cell of a column in the row of a key."""
    number = next(cell.column for cell in sheet[1] if cell.value == column)
    line = next(row[0].row for row in sheet.iter_rows(min_row=2) if row[0].value == key)
    return sheet.cell(line, number)


def saved(book: openpyxl.Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def planned(book: openpyxl.Workbook):
    return plan_import(read_spreadsheet(saved(book)), read_guide(), None)


def test_a_sheet_for_each_table_with_plain_headings(laptop):
    book = opened()
    assert book.sheetnames == [
        "About", "Hazards", "Advice", "Protocols", "Protocol steps", "Protocol answers", "Protocol outcomes",
        "Items", "Common names", "Field marks", "Legal statuses", "HS codes", "Look-alikes",
        "Look-alike marks", "Reference photos",
    ]  # fmt: skip
    headings = [cell.value for cell in book["Items"][1]]
    assert headings[:4] == ["key", "kind", "part or device", "belongs to"]
    assert {"summary (en)", "summary (fr)", "summary (zh-hans)"} <= set(headings)


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_text_and_survives(laptop, text):
    ReferenceItem.objects.filter(key="laptop").update(summary_fr=text)
    cell = place(opened()["Items"], "summary (fr)", "laptop")
    assert cell.data_type == "s" and cell.number_format == "@"
    plan = plan_import(read_spreadsheet(write_spreadsheet(read_guide())), read_guide(), None)
    assert fate(plan, "items", "laptop").fate == "unchanged"


def test_nothing_in_the_file_is_a_formula(laptop):
    for text in FORMULAS:
        ReferenceItem.objects.filter(key="laptop").update(summary_fr=text, scientific_name=text[:20])
        with zipfile.ZipFile(io.BytesIO(write_spreadsheet(read_guide()))) as archive:
            sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
            assert sheets and not any(b"<f>" in archive.read(name) for name in sheets)


def test_a_formula_that_somebody_sends_is_refused_not_reckoned(laptop):
    book = opened()
    place(book["Items"], "summary (fr)", "laptop").value = '=WEBSERVICE("https://evil.example")'
    refused = fate(planned(book), "items", "laptop")
    assert refused.fate == "refused"
    assert "summary (fr): There is a formula in it." in refused.reasons[0]


def test_dates_numbers_and_truth_values_of_a_spreadsheet_are_understood(laptop):
    book = opened()
    place(book["Legal statuses"], "as of", "laptop").value = datetime.datetime(2026, 11, 23)
    place(book["Items"], "position", "laptop").value = 7.0
    place(book["Items"], "demonstration only", "laptop").value = True
    plan = planned(book)
    assert {name: after for name, _before, after in fate(plan, "items", "laptop").changes} == {
        "position": "7",
        "demonstration only": "yes",
    }
    changed = next(one for one in plan.rows if one.table.name == "legal statuses" and one.acts)
    assert changed.changes == [("as of", "2026-11-22", "2026-11-23")]


def test_empty_rows_and_another_order_of_columns_mean_nothing(laptop):
    book = opened()
    sheet = book["Items"]
    sheet.insert_rows(3, amount=4)
    for kind, form in zip(sheet["B"], sheet["C"], strict=True):
        kind.value, form.value = form.value, kind.value
    assert {one.fate for one in planned(book).rows} == {"unchanged"}


def test_what_stands_beside_the_last_column_is_not_lost_in_silence(laptop):
    book = opened()
    sheet = book["HS codes"]
    sheet.cell(2, sheet.max_column + 2).value = "A note"
    refused = next(one for one in planned(book).rows if one.fate == "refused")
    assert refused.reasons == ["There is something beside the last column. Delete it."]


def test_a_sheet_that_is_not_known(laptop):
    book = opened()
    book["Items"].title = "Item"
    with pytest.raises(FileUnreadable, match="sheets that are not known: Item"):
        read_spreadsheet(saved(book))


def test_a_text_longer_than_a_cell_is_said_and_not_cut(laptop):
    ReferenceItem.objects.filter(key="laptop").update(summary_fr="x" * 32_768)
    with pytest.raises(CellTooLong, match="laptop: “summary \\(fr\\)” is longer"):
        write_spreadsheet(read_guide())


class TestHostileFiles:
    def test_a_bomb_is_not_unpacked(self, monkeypatch):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(3):
                archive.writestr(f"xl/{number}.xml", b"0" * (70 * 1024 * 1024))
        monkeypatch.setattr(spreadsheets, "load_workbook", lambda *_a, **_k: pytest.fail("It was opened."))
        with pytest.raises(FileUnreadable, match="unpacks to more than 200 MB"):
            read_spreadsheet(packed.getvalue())

    @pytest.mark.parametrize("name", ["xl/styles.xml", "xl/worksheets/workbook.xml"])
    def test_what_is_read_whole_is_small(self, laptop, monkeypatch, name):
        """A few kilobytes of packed styles, or a workbook among the sheets, would take a worker minutes."""
        packed = io.BytesIO()
        before = zipfile.ZipFile(io.BytesIO(saved(opened())))
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in before.namelist():
                xml = before.read(part)
                if part == "[Content_Types].xml":
                    xml = xml.replace(b"/xl/workbook.xml", b"/xl/worksheets/workbook.xml")
                archive.writestr(part, xml)
            archive.writestr(name, b"<a>" + b"<b/>" * 300_000 + b"</a>")
        monkeypatch.setattr(spreadsheets, "load_workbook", lambda *_a, **_k: pytest.fail("It was opened."))
        with pytest.raises(FileUnreadable, match="can be read"):
            read_spreadsheet(packed.getvalue())

    def test_entities_of_xml_are_not_expanded(self, laptop):
        lie = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>'
        with pytest.raises(FileUnreadable, match="can be read"):
            read_spreadsheet(_with_sheet(lambda xml: lie + xml))

    def test_a_row_far_down_ends_the_sheet_not_the_worker(self, laptop):
        far = b'<row r="999999999999"><c r="A999999999999"><v>1</v></c></row></sheetData>'
        read_spreadsheet(_with_sheet(lambda xml: xml.replace(b"</sheetData>", far)))

    @pytest.mark.parametrize(
        "content",
        [b"no archive", b"PK\x03\x04 cut off", b"", b"<html></html>", b"\xd0\xcf\x11\xe0 old Excel"],
    )
    def test_what_is_no_spreadsheet_is_refused_in_words(self, content):
        with pytest.raises(FileUnreadable):
            read_spreadsheet(content)

    def test_more_rows_than_a_guide_has(self, laptop, monkeypatch):
        monkeypatch.setattr("content.exchange.file_rows.MAX_ROWS", 5)
        with pytest.raises(FileUnreadable, match="more than 5 rows"):
            read_spreadsheet(write_spreadsheet(read_guide()))

    def test_a_file_that_is_too_large(self, monkeypatch):
        monkeypatch.setattr("content.exchange.file_rows.MAX_BYTES", 5)
        with pytest.raises(FileUnreadable, match="larger than 20 MB"):
            read_spreadsheet(b"123456")


def _with_sheet(change) -> bytes:
    """An export whose first table's XML has been changed by hand."""
    made, source = io.BytesIO(), io.BytesIO(write_spreadsheet(read_guide()))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == "xl/worksheets/sheet2.xml" else content)
    return made.getvalue()
