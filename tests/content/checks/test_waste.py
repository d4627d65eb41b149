"""Basel documents, and what must be said of each."""

import csv
import datetime
import os
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from content.checks.basel_codes import ANNEX_II, BEGAN, ENDED, HAZARDS
from content.checks.waste import WasteDocument, check_waste
from tests.identify.guide import make_item, make_status

FACTS = Path(os.environ.get("QUAYMARK_FACTS", settings.BASE_DIR.parent / "shared" / "facts"))
GOOD = WasteDocument(
    document="movement",
    shipped_on=datetime.date(2026, 5, 1),
    notification_number="DE 1350/170001",
    code="A1181",
    hazard="H11",
    operation="R4",
    consent="there",
    consented_on=datetime.date(2026, 2, 1),
    transit_consent="there",
    first_departure=datetime.date(2026, 3, 1),
    last_departure=datetime.date(2027, 2, 28),
    exporter="DE",
    importer="BE",
    notified_tonnes=Decimal(100),
    shipped_tonnes=Decimal(20),
)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def said(**boxes: object) -> dict[str, str]:
    return {one.rule: one.outcome.value for one in check_waste(replace(GOOD, **boxes), []).all}


def test_nothing_contradicts_in_a_paper_in_which_all_fits():
    assert "contradicts" not in said().values()


@pytest.mark.parametrize(
    ("boxes", "rule", "outcome"),
    [
        ({"code": "A1180"}, "entry-exists", "contradicts"),
        ({"code": "B1110"}, "entry-exists", "contradicts"),
        ({"code": "A1180", "shipped_on": day("2024-12-31")}, "entry-exists", "fits"),
        ({"code": "A1181", "shipped_on": day("2024-12-31")}, "entry-exists", "contradicts"),
        ({"code": "Y49", "hazard": ""}, "entry-exists", "fits"),
        ({"code": "B3010"}, "entry-exists", "contradicts"),
        ({"code": "B3011", "hazard": ""}, "entry-exists", "ask"),
        ({"code": "Y31"}, "entry-exists", "ask"),
        ({"code": ""}, "entry-exists", "ask"),
        ({"code": "Y49", "hazard": "H11"}, "hazard-fits-entry", "contradicts"),
        ({"code": "A1181", "hazard": ""}, "hazard-fits-entry", "ask"),
        ({"hazard": "H7"}, "hazard-fits-entry", "contradicts"),
        ({"operation": "R14"}, "operation-exists", "contradicts"),
        ({"operation": "D15"}, "operation-exists", "fits"),
        ({"operation": "D16"}, "operation-exists", "contradicts"),
        ({"notification_number": ""}, "movement-has-a-notification", "contradicts"),
        ({"consent": "missing"}, "consent-before-shipment", "contradicts"),
        ({"consent": "not-looked"}, "consent-before-shipment", "ask"),
        ({"consented_on": day("2026-05-02")}, "consent-before-shipment", "contradicts"),
        ({"consented_on": day("2026-05-01")}, "consent-before-shipment", "fits"),
        ({"transit_consent": ""}, "transit-consents", "ask"),
        ({"transit_consent": "missing"}, "transit-consents", "contradicts"),
        ({"last_departure": day("2027-03-01")}, "not-longer-than-a-year", "fits"),
        ({"last_departure": day("2027-03-02")}, "not-longer-than-a-year", "contradicts"),
        ({"last_departure": day("2026-02-01")}, "not-longer-than-a-year", "contradicts"),
        ({"shipped_on": day("2026-02-28")}, "shipped-within-period", "contradicts"),
        ({"shipped_on": day("2027-03-05")}, "shipped-within-period", "contradicts"),
        ({"shipped_tonnes": Decimal("100.1")}, "not-more-than-notified", "contradicts"),
        ({"importer": "UK"}, "countries-exist", "contradicts"),
        ({"importer": "US"}, "between-parties", "ask"),
        ({"importer": "GH"}, "not-from-annex-vii", "ask"),
    ],
)
def test_what_a_rule_says(boxes, rule, outcome):
    assert said(**boxes)[rule] == outcome


def test_annex_ix_needs_no_consent():
    assert "consent-before-shipment" not in said(code="B3011", hazard="", consent="missing")


@pytest.mark.django_db
def test_the_entry_is_compared_with_the_guide():
    laptop = make_item("laptop")
    make_status(laptop, "A1181")
    make_status(laptop, "Y49")

    def with_laptop(code: str) -> dict[str, str]:
        findings = check_waste(replace(GOOD, code=code, hazard=""), [laptop])
        return {one.rule: one.outcome.value for one in findings.all}

    assert with_laptop("Y49")["entry-fits-item"] == "fits"
    assert with_laptop("B1010")["entry-fits-item"] == "contradicts"


@pytest.mark.skipif(not FACTS.is_dir(), reason="the fact tables are not on this machine")
def test_our_codes_stand_in_the_tables():
    with (FACTS / "basel_codes.csv").open(encoding="utf-8") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    assert set(rows) >= set(BEGAN) | ANNEX_II | HAZARDS
    assert {code for code, row in rows.items() if row["annex"].startswith("III")} == HAZARDS
    assert {code for code, row in rows.items() if row["annex"] == "II"} == ANNEX_II
    for code in set(ENDED) & set(rows):
        assert "current" not in rows[code]["status"].lower().split()[:1], code
