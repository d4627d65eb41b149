"""What the product ships is complete in six languages, sourced, and agrees with the fact tables."""

import csv
import os
import re
from pathlib import Path

import pytest
from django.conf import settings

from content.loading import library

FACTS = Path(os.environ.get("QUAYMARK_FACTS", settings.BASE_DIR.parent / "shared" / "facts"))
ITEMS = [item for name in library.GUIDE_FILES for item in library.structure(f"guide/{name}")]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
CODES = re.compile(
    r"(?<![A-Za-z0-9])(?:A1181|Y49|A1180|B1110|A1160|A1170|A2010|B1090|R-\d+[A-Za-z]?)(?![A-Za-z0-9])"
)


def strings(value, prefix=""):
    if isinstance(value, dict):
        for key, below in value.items():
            yield from strings(below, f"{prefix}.{key}")
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from strings(below, f"{prefix}.{number}")
    elif value is not None:
        yield prefix, str(value)


def test_every_language_has_every_word_and_none_that_english_lacks():
    assert library.problems() == []


# What a device has written on it in every country.
NAMES_IN_EVERY_LANGUAGE = {"DisplayPort"}


@pytest.mark.parametrize("language", ["ru", "ar", "zh-hans"])
def test_no_english_is_left_where_the_script_differs(language):
    letters = {"ru": r"[А-Яа-яЁё]", "ar": r"[\u0600-\u06FF]", "zh-hans": r"[\u4e00-\u9fff]"}[language]
    english = {
        f"{name}{key}": text
        for name in library.words_files()
        for key, text in strings(library.words("en", name))
    }
    untranslated = [
        f"{name}{key}: {text}"
        for name in library.words_files()
        for key, text in strings(library.words(language, name))
        if not re.search(letters, text)
        and english.get(f"{name}{key}") == text
        and re.search("[a-z]{4}", text)
        and text not in NAMES_IN_EVERY_LANGUAGE
    ]
    assert untranslated == []


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_codes_are_the_same_in_every_language(language):
    for name in library.words_files():
        theirs = dict(strings(library.words(language, name)))
        for key, text in strings(library.words("en", name)):
            if key in theirs and "names" not in key:
                assert set(CODES.findall(theirs[key])) == set(CODES.findall(text)), f"{language}/{name}{key}"


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["key"])
def test_an_item_has_three_sourced_field_marks_and_sourced_dated_statuses(item):
    assert len(item["field_marks"]) >= 3
    assert all(mark["source"] for mark in item["field_marks"])
    assert item["statuses"]
    assert all(status["source"] and status["as_of"] for status in item["statuses"])


def test_no_two_items_claim_the_same_class_of_the_backbone():
    claimed = [name for item in ITEMS for name in item.get("classes", [])]
    assert len(claimed) == len(set(claimed))


def test_devices_lead_on_to_the_used_or_waste_check():
    devices = library.structure("guide/devices")
    assert all(device["protocol"] == "used-or-waste" for device in devices)


def test_whole_animals_are_labelled_a_demonstration():
    assert all(animal["demonstration"] for animal in library.structure("guide/animals"))


def test_what_a_photo_cannot_judge_has_no_class():
    checks = library.structure("guide/checks")
    assert len(checks) == 10
    assert not any(item.get("classes") for item in checks)


needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the fact tables are not on this machine")


def facts(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@needs_facts
@pytest.mark.parametrize(
    "item",
    [item for item in ITEMS if " " in item.get("scientific_name", "") and "," not in item["scientific_name"]],
    ids=lambda item: item["key"],
)
def test_a_species_stands_in_the_appendices_that_the_fact_table_gives(item):
    name = item["scientific_name"]
    rows = [
        row
        for row in facts("cites_appendices.csv")
        if row["taxon"] == name or (name.endswith(" spp.") and row["taxon"].startswith(name[:-4]))
    ]
    if not rows:
        assert not any(status["verified"] for status in item["statuses"])
        return
    wanted = {appendix for row in rows for appendix in row["appendix"].split("/")}
    ours = {status["listing"] for status in item["statuses"] if status["instrument"] == "cites"}
    assert ours - {"none"} == wanted


@needs_facts
def test_basel_codes_are_current_in_the_fact_table():
    current = {row["code"] for row in facts("basel_codes.csv") if not row["status"].startswith("DELETED")}
    ours = {
        status["listing"] for item in ITEMS for status in item["statuses"] if status["instrument"] == "basel"
    }
    assert ours - {"none"} <= current


@needs_facts
def test_hs_codes_that_the_fact_table_covers_exist_in_2022():
    rows = facts("hs2022_environmental_subset.csv")
    known = {row["hs_dotted"] for row in rows} | {row["hs_dotted"][:5] for row in rows}
    headings = {code[:4] for code in known if "." in code}
    ours = {link["code"] for item in ITEMS for link in item.get("hs", [])}
    wrong = {code for code in ours if code[:4] in headings and code not in known and len(code) == 7}
    assert wrong == set()
