"""The sheet of a folder of photos: what is missing or wrong is said, row by row."""

import pytest

from identify.references.sheet import SheetUnreadable, read_sheet
from tests.identify.references.folder import HEAD, sheet

GOOD = "a.jpg,rosewood-board,end-grain,block 1,Ana Silva,CC BY 4.0,https://wood.example/1"


def test_a_row_with_everything():
    (row,) = read_sheet(sheet(GOOD))
    assert (row.number, row.file, row.item, row.view, row.specimen) == (
        2,
        "a.jpg",
        "rosewood-board",
        "end-grain",
        "block 1",
    )
    assert row.licence.label == "CC BY 4.0"
    assert row.problem == ""


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_whatever_stands_between_the_cells(delimiter: str):
    (row,) = read_sheet(sheet(GOOD.replace(",", delimiter), head=HEAD.replace(",", delimiter)))
    assert row.author == "Ana Silva"


def test_columns_in_any_order_with_others_beside_them():
    (row,) = read_sheet(sheet("CC0,x,Ana,a.jpg,board,whole", head="Licence,camera,author,FILE,item,view"))
    assert (row.file, row.author, row.problem) == ("a.jpg", "Ana", "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "lacks these columns"),
        (b"file,item,view,author\na.jpg,x,whole,Ana", "licence"),
        (HEAD.encode(), "no photo stands below"),
        ("file,item\u00e4".encode("latin-1"), "UTF-8"),
        (b"PK\x03\x04\xff\xfe", "UTF-8"),
    ],
)
def test_a_sheet_that_can_not_be_read(content: bytes, said: str):
    with pytest.raises(SheetUnreadable, match=said):
        read_sheet(content)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",rosewood-board,whole,,Ana,CC0,", "file is missing"),
        ("a.jpg,rosewood-board,whole,,,CC0,", "author is missing"),
        ("a.jpg,rosewood-board,upside-down,,Ana,CC0,", "must be one of: whole"),
        ("a.jpg,rosewood-board,whole,,Ana,,", "No licence is given"),
        ("a.jpg,rosewood-board,whole,,Ana,CC BY-NC 4.0,", "forbids commercial use"),
        ("a.jpg,rosewood-board,whole,,Ana,CC0,javascript:alert(1)", "no web address"),
        (f"a.jpg,rosewood-board,whole,,{'A' * 161},CC0,", "more than 160 characters"),
    ],
)
def test_a_row_that_is_refused(row: str, said: str):
    assert said in read_sheet(sheet(row))[0].problem


def test_a_file_that_is_named_twice():
    first, second = read_sheet(sheet(GOOD, GOOD))
    assert first.problem == ""
    assert "names the same file" in second.problem
