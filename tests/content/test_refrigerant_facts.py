"""What the calculator knows agrees with the fact tables, number by number; and with itself."""

import csv
import os
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from content.languages import LANGUAGES
from content.loading import library
from content.refrigerants.records import ANNEXES, Refrigerant, refrigerants
from content.refrigerants.warming import GwpSet, gwp

FACTS = Path(os.environ.get("QUAYMARK_FACTS", settings.BASE_DIR.parent / "shared" / "facts"))
needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the fact tables are not on this machine")

GASES = list(refrigerants().by_key.values())
SUBSTANCES = [gas for gas in GASES if not gas.parts]
BLENDS = [gas for gas in GASES if gas.parts]
by_key = pytest.mark.parametrize

COLUMNS = {
    GwpSet.MONTREAL: "gwp_montreal_text",
    GwpSet.AR4: "gwp100_ar4",
    GwpSet.AR5: "gwp100_ar5",
    GwpSet.AR6: "gwp100_ar6",
}
# The table's own sum for this blend does not follow from the composition that it gives.
SUM_DIFFERS = {"R-407H"}


def table(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rows_of(gas: Refrigerant) -> list[dict[str, str]]:
    """A substance may stand twice: once with its isomers, once as the one that is traded."""
    return [row for row in table("montreal_controlled_substances.csv") if row["cas"] == gas.cas]


def annex_in_table(annex: str) -> str:
    letter, _dash, group = annex.partition("-")
    return "Annex F" if letter == "F" else f"Annex {letter}, Group {group}"


verified = [gas for gas in SUBSTANCES if gas.verified]


@needs_facts
@pytest.mark.parametrize("gas", verified, ids=str)
def test_a_verified_substance_has_the_numbers_of_the_table(gas):
    rows = rows_of(gas)

    assert annex_in_table(gas.annex) in {row["annex_group"] for row in rows}
    assert str(gas.un or "") in {row["un_number"] for row in rows}
    assert float(gas.odp or 0) in {float(row["odp"]) for row in rows}


@needs_facts
@pytest.mark.parametrize("gas", verified, ids=str)
def test_a_verified_substance_has_the_potentials_of_the_table(gas):
    for of, column in COLUMNS.items():
        stated = {float(row[column]) for row in rows_of(gas) if row[column] not in ("", "0")}
        ours = gwp(gas, of)
        assert ({float(ours.least)} if ours.is_stated else set()) == stated, of


@needs_facts
@pytest.mark.parametrize("gas", [gas for gas in SUBSTANCES if not gas.verified], ids=str)
def test_what_the_table_does_not_have_is_not_called_verified(gas):
    assert rows_of(gas) == []
    assert not gas.annex


def parts_in_table(row: dict[str, str]) -> dict[str, Decimal]:
    parts = (part.split("=") for part in row["composition"].split(", "))
    return {
        re.sub(r"^(HCFC|HFC|CFC|HC|PFC|HFO|HCO|HO|R)-", "R-", name): Decimal(share.removesuffix("%"))
        for name, share in parts
    }


@needs_facts
@pytest.mark.parametrize("blend", [gas for gas in BLENDS if gas.verified], ids=str)
def test_a_verified_blend_has_the_parts_and_the_potential_of_the_table(blend):
    row = next(row for row in table("refrigerant_blends_ors2019.csv") if row["blend"] == blend.key)

    ours = {part.key: share for part, share in blend.parts}
    # The table writes dimethyl ether as a hydrocarbon.
    assert ours == parts_in_table(row)
    assert str(blend.un or "") == row["un_number"]
    if row["gwp_ar4_based"] and blend.key not in SUM_DIFFERS:
        assert float(gwp(blend, GwpSet.MONTREAL).least) == pytest.approx(
            float(row["gwp_ar4_based"]), abs=0.05
        )


@pytest.mark.parametrize("blend", BLENDS, ids=str)
def test_the_parts_of_a_blend_make_up_the_whole(blend):
    assert sum(share for _part, share in blend.parts) == 100


def test_there_are_the_common_gases_and_blends_of_trade():
    assert len(GASES) >= 60
    assert {"R-12", "R-22", "R-32", "R-134a", "R-404A", "R-407C", "R-410A", "R-290", "R-600a"} <= {
        gas.key for gas in GASES
    }


def test_no_cas_number_has_a_wrong_check_digit():
    for gas in SUBSTANCES:
        digits = [int(digit) for digit in reversed(gas.cas.replace("-", ""))]
        assert sum(place * digit for place, digit in enumerate(digits)) % 10 == digits[0], gas.key


def test_every_gas_has_its_words_and_its_item():
    words = library.words("en", "guide/refrigerants")
    items = {entry["key"] for name in library.GUIDE_FILES for entry in library.structure(f"guide/{name}")}

    assert set(ANNEXES) | {"none"} == set(words["controls"])
    assert {gas.safety for gas in GASES} - {""} <= set(words["groups"])
    assert {gas.warning for gas in GASES} - {""} <= set(words["warnings"])
    assert {gas.item_key for gas in GASES} - {""} <= items


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("annex", ANNEXES)
def test_every_annex_says_whether_trade_with_countries_outside_is_banned(annex, language):
    law = library.words(language, "guide/refrigerants")["controls"][annex]["law"]

    assert re.search(r"(Article|Artículo|статья|المادة|第)\s?4", law)
    assert ("2033" in law) is annex.startswith("F")


def test_every_kind_of_fact_has_a_source():
    sources = refrigerants().sources

    assert {of.value for of in GwpSet} <= set(sources)
    assert all(source.text for source in sources.values())
    assert not sources["safety"].verified
