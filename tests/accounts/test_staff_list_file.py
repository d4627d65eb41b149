"""Reading staff lists as spreadsheets really write them."""

import pytest
from django.utils import translation

from accounts.roles import Role
from accounts.staff_list_file import MAX_ROWS, StaffListUnreadable, read_staff_list

HEADER = "email,first_name,last_name,role,language\n"
GOOD = "zoe@x.example,Zoé,Müller,officer,fr\n"


def read(text: str, encoding: str = "utf-8"):
    return read_staff_list(text.encode(encoding)).rows


def problem_of(row: str) -> str:
    return read(HEADER + row)[0].problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_whatever_the_encoding_names_are_right(encoding):
    row = read(HEADER + GOOD, encoding)[0]
    assert (row.email, row.first_name, row.last_name) == ("zoe@x.example", "Zoé", "Müller")
    assert (row.roles, row.language, row.problem) == (["officer"], "fr", "")


def test_a_guessed_encoding_is_said():
    assert read_staff_list((HEADER + GOOD).encode("latin-1")).guessed
    assert not read_staff_list((HEADER + GOOD).encode()).guessed


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_commas_semicolons_and_tabs(delimiter):
    assert read((HEADER + GOOD).replace(",", delimiter))[0].last_name == "Müller"


def test_a_line_for_the_spreadsheet_is_read_past():
    assert read("sep=;\n" + (HEADER + GOOD).replace(",", ";"))[0].last_name == "Müller"


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
def test_all_line_ends(line_end):
    assert len(read((HEADER + GOOD).replace("\n", line_end))) == 1


def test_empty_lines_are_read_past_and_lines_keep_their_number():
    assert [row.number for row in read(HEADER + "\n,,,,\n" + GOOD)] == [4]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \r\n ",
        b"\x00\x01\x02",
        b"PK\x03\x04\x14\x00\x06\x00 a workbook, not a CSV file",
        b"email,role\na@x.example,officer\x00\n",
        "email,role\na@x.example,officer\n".encode("utf-16")[:-1],
        b"email,role\n",
        b"Dear colleague, here is the list you asked for.",
        b"role\nofficer\n",
        b"email,role,salary\na@x.example,officer,3\n",
        b"email,email,role\na@x.example,b@x.example,officer\n",
        b'email,role\n"a@x.example,officer\n',
        b'email,role\n"a@x.example"x,officer\n',
        b"%PDF-1.7 \x80\x81 not a list",
    ],
)
def test_what_is_no_staff_list_is_refused_as_a_whole(content):
    with pytest.raises(StaffListUnreadable) as refusal:
        read_staff_list(content)
    assert len(str(refusal.value)) > 10


def test_an_unknown_column_is_named():
    with pytest.raises(StaffListUnreadable, match="salary"):
        read("email,role,salary\na@x.example,officer,3\n")


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr("accounts.staff_list_file.MAX_ROWS", 3)
    lines = "".join(f"p{number}@x.example,officer\n" for number in range(4))
    with pytest.raises(StaffListUnreadable, match="more than 3 rows"):
        read("email,role\n" + lines)
    assert MAX_ROWS >= 50_000


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",A,B,officer,en", "email_missing"),
        ("nobody,A,B,officer,en", "email_wrong"),
        ('"a@x.example\nBcc: b@x.example",A,B,officer,en', "email_wrong"),
        ("a" * 250 + "@x.example,A,B,officer,en", "email_wrong"),
        ("a@x.example,A,B,,en", "role_missing"),
        ("a@x.example,A,B,king,en", "role_unknown"),
        ("a@x.example,A,B,officer+king,en", "role_unknown"),
        ("a@x.example,A,B,officer,tlh", "language_unknown"),
        ("a@x.example,=1+1,B,officer,en", "name_formula"),
        ("a@x.example,A,+1,officer,en", "name_formula"),
        ("a@x.example,A,-1,officer,en", "name_formula"),
        ("a@x.example,@A,B,officer,en", "name_formula"),
        ("a@x.example,A;=1+1,B,officer,en", "name_formula"),
        ("a@x.example,'=1,B,officer,en", "name_formula"),
        ('a@x.example,"A\nB",B,officer,en', "name_control"),
        ("a@x.example,A\u202eB,B,officer,en", "name_control"),
        (f"a@x.example,A,{'x' * 151},officer,en", "name_long"),
        ("a@x.example,A,B,officer,en,more", "cells"),
    ],
)
def test_a_row_that_is_wrong_says_what_is(row, problem):
    assert problem_of(row + "\n") == problem


def test_the_second_of_two_equal_addresses_is_refused():
    assert [row.problem for row in read(HEADER + GOOD + GOOD.replace("zoe@x", "ZOE@X"))] == ["", "twice"]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "zh-hans"])
def test_roles_are_understood_in_each_language(language):
    for role in Role:
        with translation.override(language):
            label = str(role.label)
        assert read(f'email,role\na@x.example,"{label.upper()}"\n')[0].roles == [role.value], label


def test_several_roles_in_one_cell():
    assert read("email,role\na@x.example,trainer + officer\n")[0].roles == ["officer", "trainer"]


@pytest.mark.parametrize("name", ["E-Mail", "E-mail address", "EMAIL", "e_mail"])
def test_columns_go_by_several_names(name):
    assert read(f"{name};Role\na@x.example;officer\n")[0].email == "a@x.example"


def test_an_address_of_the_erased_is_nobodys():
    assert read("email,role\nx@erased.invalid,officer\n")[0].problem == "email_wrong"
