"""A table of permits, and what must be said of each: which rule, and whether it contradicts, asks or fits."""

import csv
import datetime
import os
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from content.checks import cites_codes
from content.checks.countries import CODES
from content.checks.findings import apply
from content.checks.permit_boxes import COUNTRY_RULES, PAPER_RULES, QUANTITY_RULES
from content.checks.permit_dates import DATE_RULES
from content.checks.permit_sources import SOURCE_RULES
from tests.content.checks.permits import permit

RULES = [*DATE_RULES, *SOURCE_RULES, *COUNTRY_RULES, *QUANTITY_RULES, *PAPER_RULES]
FACTS = Path(os.environ.get("QUAYMARK_FACTS", settings.BASE_DIR.parent / "shared" / "facts"))
CONTRADICTS, ASK, FITS, NOTHING = "contradicts", "ask", "fits", None


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def said(**boxes: object) -> dict[str, str]:
    """Each rule that says something of this permit, and how."""
    return {finding.rule: finding.outcome.value for finding in apply(RULES, permit(**boxes))}


def test_nothing_contradicts_in_a_permit_in_which_all_fits():
    assert set(said().values()) == {FITS}


DATES = [
    # Six months are six calendar months, to the day.
    ("six months", {"valid_until": day("2026-07-15")}, FITS),
    ("six months and a day", {"valid_until": day("2026-07-16")}, CONTRADICTS),
    ("end of a short month", {"issued_on": day("2025-08-31"), "valid_until": day("2026-02-28")}, FITS),
    ("past a short month", {"issued_on": day("2025-08-31"), "valid_until": day("2026-03-01")}, CONTRADICTS),
    ("re-export, seven months", {"document": "re-export", "valid_until": day("2026-08-15")}, CONTRADICTS),
    # The six months are not for every document.
    ("import, twelve months", {"document": "import", "valid_until": day("2027-01-15")}, FITS),
    ("import, thirteen months", {"document": "import", "valid_until": day("2027-02-15")}, CONTRADICTS),
    ("certificate of origin, twelve", {"document": "origin", "valid_until": day("2027-01-15")}, FITS),
    ("musical instrument, three years", {"document": "instrument", "valid_until": day("2029-01-15")}, FITS),
    (
        "musical instrument, four years",
        {"document": "instrument", "valid_until": day("2030-01-15")},
        CONTRADICTS,
    ),
    ("pet, three years", {"document": "ownership", "valid_until": day("2029-01-15")}, FITS),
    ("exhibition, three years", {"document": "exhibition", "valid_until": day("2029-01-15")}, FITS),
    ("pre-Convention, ten years", {"document": "pre-convention", "valid_until": day("2036-01-15")}, ASK),
    ("captive-bred, two years", {"document": "captive", "valid_until": day("2028-01-15")}, ASK),
    ("ends before it begins", {"valid_until": day("2026-01-14")}, CONTRADICTS),
    ("no last day", {"valid_until": None}, ASK),
    ("no last day on another paper", {"document": "other", "valid_until": None}, NOTHING),
]


@pytest.mark.parametrize(("boxes", "outcome"), [row[1:] for row in DATES], ids=[row[0] for row in DATES])
def test_how_long_a_paper_may_hold_depends_on_its_type(boxes, outcome):
    assert said(**boxes).get("longest-validity") == outcome


def test_a_paper_is_good_on_its_last_day_and_not_on_the_next():
    assert said(presented_on=day("2026-07-15"))["still-valid"] == FITS
    assert said(presented_on=day("2026-07-16"))["still-valid"] == CONTRADICTS


def test_expired_timber_permits_may_have_been_extended():
    assert said(presented_on=day("2026-08-01"), term="LOG", unit="MTQ")["still-valid"] == ASK


def test_a_paper_is_not_issued_in_the_future():
    assert said(issued_on=day("2026-03-02"))["not-issued-later"] == CONTRADICTS


@pytest.mark.parametrize(("appendix", "outcome"), [("I", CONTRADICTS), ("II", ASK), ("III", ASK)])
def test_a_paper_issued_after_the_goods_left_is_never_for_appendix_i(appendix, outcome):
    assert said(exported_on=day("2026-01-10"), appendix=appendix)["not-retrospective"] == outcome


def test_goods_leave_before_the_permit_ends():
    assert said(exported_on=day("2026-07-20"))["left-while-valid"] == CONTRADICTS


# Appendix I, purpose T: what each source makes of it.
COMMERCE_IN_APPENDIX_I = {
    "W": CONTRADICTS,
    "R": CONTRADICTS,
    "F": CONTRADICTS,
    "U": CONTRADICTS,
    "X": CONTRADICTS,
    "I": CONTRADICTS,
    "C": CONTRADICTS,
    "D": FITS,
    "O": FITS,
}


@pytest.mark.parametrize(("source", "outcome"), COMMERCE_IN_APPENDIX_I.items())
def test_commerce_in_appendix_i_is_lawful_from_some_sources_only(source, outcome):
    assert said(appendix="I", sources=(source,))["no-commerce-in-appendix-i"] == outcome


def test_propagated_plants_of_appendix_i_are_not_refused_in_commerce():
    assert said(appendix="I", sources=("A",), kingdom="plant")["no-commerce-in-appendix-i"] == ASK


def test_assisted_production_in_appendix_i_is_treated_as_wild():
    assert said(appendix="I", sources=("Y",), kingdom="plant")["no-commerce-in-appendix-i"] == CONTRADICTS


def test_wild_goods_older_than_the_listing_may_be_traded():
    found = said(appendix="I", sources=("W", "O"))
    assert found["no-commerce-in-appendix-i"] == FITS
    assert found["sources-go-together"] == FITS


@pytest.mark.parametrize("purpose", ["Z", "S", "H", "P", "E", "N", "B", "L", "M"])
def test_wild_goods_of_appendix_i_may_travel_for_other_purposes(purpose):
    assert CONTRADICTS not in said(appendix="I", purpose=purpose).values()


@pytest.mark.parametrize("appendix", ["II", "III"])
def test_wild_goods_may_be_traded_outside_appendix_i(appendix):
    assert CONTRADICTS not in said(appendix=appendix).values()


LAWFUL = [
    {"appendix": "I", "sources": ("D",), "purpose": "T"},
    {"appendix": "I", "sources": ("D",), "purpose": "T", "kingdom": "plant", "unit": "NAR"},
    {"appendix": "II", "sources": ("A",), "purpose": "T", "kingdom": "plant"},
    {"appendix": "I", "sources": ("A",), "purpose": "G", "kingdom": "plant"},
    {"appendix": "I", "sources": ("C",), "purpose": "Z"},
    {"appendix": "II", "sources": ("C",), "purpose": "T"},
    {"appendix": "II", "sources": ("F",), "purpose": "T"},
    {"appendix": "II", "sources": ("R",), "purpose": "T"},
    {"appendix": "II", "sources": ("X",), "purpose": "T"},
    {"appendix": "I", "sources": ("O",), "purpose": "T", "document": "pre-convention"},
    {"appendix": "II", "sources": ("C",), "purpose": "T", "document": "captive"},
    {"appendix": "II", "sources": ("W", "I"), "purpose": "L"},
    {"appendix": "I", "sources": ("W",), "purpose": "H", "term": "TRO"},
    {"appendix": "I", "sources": ("O",), "purpose": "P", "document": "instrument"},
]


@pytest.mark.parametrize("boxes", LAWFUL, ids=lambda boxes: " ".join(str(box) for box in boxes.values()))
def test_lawful_combinations_stay_lawful(boxes):
    assert CONTRADICTS not in said(**boxes).values()


CONTRADICTIONS = [
    ({"appendix": "II", "sources": ("D",)}, "registered-is-appendix-i"),
    ({"sources": ("A",)}, "source-fits-kingdom"),
    ({"sources": ("Y",)}, "source-fits-kingdom"),
    ({"sources": ("C",), "kingdom": "plant"}, "source-fits-kingdom"),
    ({"sources": ("F",), "kingdom": "plant"}, "source-fits-kingdom"),
    ({"purpose": "H", "kingdom": "plant"}, "no-hunted-plants"),
    ({"sources": ("W", "C")}, "sources-go-together"),
    ({"document": "pre-convention"}, "source-fits-document"),
    ({"document": "captive"}, "source-fits-document"),
    ({"document": "sea"}, "source-fits-document"),
    ({"document": "exhibition", "purpose": "Q"}, "source-fits-document"),
    ({"document": "instrument"}, "purpose-fits-document"),
    ({"document": "ownership"}, "purpose-fits-document"),
    ({"document": "origin"}, "appendix-fits-document"),
    ({"exporter": "UK", "country_of_origin": "UK"}, "countries-exist"),
    ({"importer": "QQ"}, "countries-exist"),
    ({"country_of_origin": "MY"}, "origin-fits-document"),
    ({"document": "re-export"}, "origin-fits-document"),
    ({"importer": "ID"}, "goes-elsewhere"),
    ({"quantity": Decimal(0)}, "quantity-is-possible"),
    ({"quantity": Decimal("2.5")}, "quantity-is-possible"),
    ({"unit": "BOX"}, "unit-fits-term"),
    ({"term": "LIV", "unit": "MTQ"}, "unit-fits-term"),
    ({"term": "CAV", "unit": "NAR"}, "unit-fits-term"),
    ({"term": "LOG", "unit": "NAR"}, "unit-fits-term"),
    ({"found_quantity": Decimal(501)}, "not-more-than-permitted"),
    ({"carrier": "copy"}, "original"),
    ({"stamp": "named"}, "stamp"),
    ({"stamp": "loose"}, "stamp"),
]


@pytest.mark.parametrize(
    ("boxes", "rule"), CONTRADICTIONS, ids=[f"{rule} {boxes}" for boxes, rule in CONTRADICTIONS]
)
def test_boxes_that_contradict_each_other(boxes, rule):
    assert said(**boxes)[rule] == CONTRADICTS


TO_ASK = [
    ({"appendix": "III"}, "appendix-fits-document"),
    ({"appendix": "I", "purpose": "Z"}, "import-permit-too"),
    ({"sources": ("U",)}, "source-is-said"),
    ({"sources": ()}, "source-is-said"),
    ({"document": "re-export", "country_of_origin": "MY"}, "origin-is-said"),
    ({"found_unit": "KGM"}, "not-more-than-permitted"),
    ({"carrier": "electronic"}, "original"),
    ({"stamp": "none"}, "stamp"),
]


@pytest.mark.parametrize(("boxes", "rule"), TO_ASK, ids=[f"{rule} {boxes}" for boxes, rule in TO_ASK])
def test_boxes_that_need_a_question(boxes, rule):
    assert said(**boxes)[rule] == ASK


@pytest.mark.parametrize("stamp", ["", "none", "named", "loose"])
def test_a_missing_stamp_proves_nothing_on_an_electronic_permit(stamp):
    found = {finding.rule: finding for finding in apply(RULES, permit(carrier="electronic", stamp=stamp))}
    assert found["stamp"].outcome == ASK
    assert "proves nothing" in found["stamp"].text


def test_the_origin_of_a_re_export_is_another_country():
    boxes = {"document": "re-export", "country_of_origin": "MY", "origin_permit": "MY-1/2025"}
    assert said(**boxes)["origin-fits-document"] == FITS
    assert "origin-is-said" not in said(**boxes)


def test_goods_from_the_high_seas_have_no_country():
    found = said(country_of_origin="ZZ", sources=("X",))
    assert found["countries-exist"] == FITS
    assert "origin-fits-document" not in found


def test_quantities_in_two_units_of_mass_are_compared():
    kilograms = {"term": "CAV", "quantity": Decimal(2), "unit": "KGM", "found_unit": "GRM"}
    assert said(**kilograms, found_quantity=Decimal(2000))["not-more-than-permitted"] == FITS
    assert said(**kilograms, found_quantity=Decimal(2001))["not-more-than-permitted"] == CONTRADICTS


@pytest.mark.parametrize(
    "boxes", [{}, {"appendix": "I"}, {"carrier": "copy"}, {"valid_until": day("2030-01-01")}]
)
def test_no_rule_says_that_a_paper_is_forged(boxes):
    for finding in apply(RULES, permit(**boxes)):
        words = finding.text.lower()
        assert not {"forged", "fake", "false"} & set(words.replace(".", " ").split())
        assert finding.source.title and finding.source.as_of


@pytest.mark.skipif(not FACTS.is_dir(), reason="the fact tables are not on this machine")
@pytest.mark.parametrize(
    ("field", "ours"),
    [
        ("source", set(cites_codes.Origin.values)),
        ("purpose", set(cites_codes.Purpose.values)),
    ],
)
def test_all_codes_of_the_tables_are_known_and_no_others(field, ours):
    with (FACTS / "cites_codes.csv").open(encoding="utf-8") as file:
        assert ours == {row["code"] for row in csv.DictReader(file) if row["field"] == field}


@pytest.mark.skipif(not FACTS.is_dir(), reason="the fact tables are not on this machine")
@pytest.mark.parametrize(
    ("field", "ours"),
    [("term", set(cites_codes.Term.values)), ("unit", set(cites_codes.Unit.values))],
)
def test_our_terms_and_units_stand_in_the_tables(field, ours):
    with (FACTS / "cites_codes.csv").open(encoding="utf-8") as file:
        assert ours <= {row["code"] for row in csv.DictReader(file) if row["field"] == field}


@pytest.mark.skipif(not FACTS.is_dir(), reason="the fact tables are not on this machine")
def test_countries_are_those_of_the_tables():
    with (FACTS / "countries_iso_cites_6lang.csv").open(encoding="utf-8") as file:
        iso = {row["alpha2"] for row in csv.DictReader(file) if row["note"] == "ISO"}
    assert iso <= CODES
