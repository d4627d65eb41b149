"""What the product ships, six thousand rows, leaves and comes back whole."""

import pytest

from content.exchange.applying import apply_import
from content.exchange.guide_rows import read_guide
from content.exchange.importing import read_file
from content.exchange.json_files import write_json
from content.exchange.planning import plan_import
from content.exchange.spreadsheets import write_spreadsheet
from tests.content.exchange.exchanged import forget_guide, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_backbone", "whole_guide")]
WRITERS = {"guide.xlsx": write_spreadsheet, "guide.json": write_json}


def test_it_comes_back_whole_from_either_kind_of_file():
    before = said()
    for name, write in WRITERS.items():
        file = read_file(name, write(read_guide()))
        assert {row.fate for row in plan_import(file, read_guide(), None).rows} == {"unchanged"}
    forget_guide()
    plan = apply_import(file, None, at_once=True)
    assert {row.fate for row in plan.rows} == {"new"}
    assert said() == before
