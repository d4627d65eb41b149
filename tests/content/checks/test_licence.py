"""ODS and HFC licences, and what must be said of each."""

import csv
import datetime
import os
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from content.checks.licence import Licence, check_licence
from content.checks.substances import ANNEX, GROUPS, read_substance

FACTS = Path(os.environ.get("QUAYMARK_FACTS", settings.BASE_DIR.parent / "shared" / "facts"))
GOOD = Licence(
    direction="import",
    crossed_on=datetime.date(2026, 5, 1),
    issued_on=datetime.date(2026, 1, 10),
    valid_until=datetime.date(2026, 12, 31),
    substance="HFC-134a",
    label="R-134a",
    condition="new",
    licensed_kg=Decimal(16000),
    containers=1000,
    kg_each=Decimal("13.6"),
    exporter="CN",
    importer="KE",
)


def said(**boxes: object) -> dict[str, str]:
    return {one.rule: one.outcome.value for one in check_licence(replace(GOOD, **boxes)).all}


def test_nothing_contradicts_in_a_licence_in_which_all_fits():
    assert "contradicts" not in said().values()


@pytest.mark.parametrize("text", ["R22", "r-22", "HCFC 22", "freon 22", "HCFC-22", "22", " R 22 "])
def test_one_gas_has_many_spellings(text):
    assert read_substance(text).name == "R-22"


@pytest.mark.parametrize(
    ("text", "name"), [("HFC-134A", "R-134a"), ("halon 1301", "Halon 1301"), ("R 1234yf", "R-1234yf")]
)
def test_names_are_written_as_the_field_writes_them(text, name):
    assert read_substance(text).name == name


@pytest.mark.parametrize("text", ["", "gas", "😀", "R", "refrigerant", "1; DROP TABLE", "9" * 80])
def test_what_is_no_number_is_not_read(text):
    assert read_substance(text) is None


@pytest.mark.parametrize(
    ("boxes", "rule", "outcome"),
    [
        ({}, "substance-is-named", "fits"),
        ({"substance": ""}, "substance-is-named", "ask"),
        ({"substance": "a gas"}, "substance-is-named", "ask"),
        ({"substance": "R-9999"}, "substance-is-named", "ask"),
        ({"substance": "R-290"}, "substance-is-named", "ask"),
        ({"label": "R-22"}, "label-fits-licence", "contradicts"),
        ({"label": "UN"}, "label-fits-licence", "ask"),
        ({"substance": "R-12", "label": "R-12"}, "phased-out", "contradicts"),
        ({"substance": "R-12", "condition": "recovered"}, "phased-out", "ask"),
        ({"substance": "halon 1301"}, "phased-out", "contradicts"),
        ({"substance": "methyl bromide"}, "phased-out", "contradicts"),
        ({"substance": "methyl bromide", "use": "quarantine"}, "phased-out", "ask"),
        ({"substance": "HCFC 22"}, "phased-out", "ask"),
        ({"crossed_on": datetime.date(2027, 1, 1)}, "licence-covers-the-day", "contradicts"),
        ({"crossed_on": datetime.date(2026, 12, 31)}, "licence-covers-the-day", "fits"),
        ({"crossed_on": datetime.date(2026, 1, 9)}, "licence-covers-the-day", "contradicts"),
        ({"valid_until": None}, "licence-covers-the-day", "ask"),
        ({"containers": 1177}, "not-more-than-licensed", "contradicts"),
        ({"containers": 1176}, "not-more-than-licensed", "ask"),
        ({"exporter": "QQ"}, "countries-exist", "contradicts"),
    ],
)
def test_what_a_rule_says(boxes, rule, outcome):
    assert said(**boxes)[rule] == outcome


def test_hfcs_are_not_phased_out():
    assert "phased-out" not in said()


@pytest.mark.skipif(not FACTS.is_dir(), reason="the fact tables are not on this machine")
def test_our_groups_are_those_of_the_tables():
    with (FACTS / "montreal_controlled_substances.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    groups = {}
    for row in rows:
        substance = read_substance(row["name"])
        if substance is not None:
            groups[substance.number] = row["annex_group"]
    checked = set(groups) & set(GROUPS)
    assert len(checked) > 20
    for number in checked:
        letter = ANNEX[GROUPS[number]].split(",")[0]
        known = groups[number].split(",")[0]
        # CFC-13 and its like stand in Annex B; they are CFCs all the same.
        assert known == letter or (letter, known) == ("Annex A", "Annex B"), number
