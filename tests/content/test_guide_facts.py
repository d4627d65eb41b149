"""What the guide says of the law agrees with the fact tables, row by row."""

import csv
import datetime
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from django.conf import settings

from content.loading import library

FACTS = Path(os.environ.get("QUAYMARK_FACTS", settings.BASE_DIR.parent / "shared" / "facts"))
pytestmark = pytest.mark.skipif(not FACTS.is_dir(), reason="the fact tables are not on this machine")

ITEMS = [item for name in library.GUIDE_FILES for item in library.structure(f"guide/{name}")]
HIGHER_RANKS = ("genus", "family", "order", "class")


def cites() -> list[dict[str, str]]:
    with (FACTS / "cites_appendices.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rows_for(taxon: str) -> list[dict[str, str]]:
    """The table's rows for a taxon: its own, or where a whole group is listed those of its members."""
    name = taxon.removesuffix(" spp.")
    own = [row for row in ROWS if row["taxon"].removesuffix(" spp.") == name]
    members = [
        row
        for row in ROWS
        if row["taxon"].startswith(f"{name} ") or name in (row["family"], row["order"], row["class"])
    ]
    return own or members


ROWS = cites() if FACTS.is_dir() else []


def statuses(instrument: str) -> Iterator[Any]:
    for item in ITEMS:
        for status in item["statuses"]:
            if status["instrument"] == instrument and status["listing"] != "none":
                yield pytest.param(status, id=f"{item['key']}-{status['condition']}")


@pytest.mark.parametrize("status", statuses("cites"))
def test_a_verified_listing_stands_in_the_table(status):
    if not status["verified"]:
        return
    for taxon in status.get("taxa", []):
        appendices = {part for row in rows_for(taxon) for part in row["appendix"].split()[0].split("/")}
        assert status["listing"] in appendices, taxon


@pytest.mark.parametrize("status", statuses("cites"))
def test_a_split_listing_names_its_populations(status):
    for taxon in status.get("taxa", []):
        split = any("I/II" in row["appendix"] for row in rows_for(taxon) if row["taxon"] == taxon)
        if status["verified"] and split:
            assert status.get("populations_only") or status.get("populations_except"), taxon


@pytest.mark.parametrize("status", statuses("cites"))
def test_a_delayed_listing_is_not_yet_in_force(status):
    for taxon in status.get("taxa", []):
        delayed = [row for row in rows_for(taxon) if row["note"].startswith("ADOPTED AT COP20")]
        if delayed and len(delayed) == len(rows_for(taxon)):
            assert status["in_force_from"] > datetime.date(2026, 11, 25), taxon


@pytest.mark.parametrize("status", statuses("cites"))
def test_populations_are_countries(status):
    known = Locale.parse("en").territories
    for code in [*status.get("populations_only", []), *status.get("populations_except", [])]:
        assert code in known
