"""`manage.py translation_status`: what is complete, stale, missing, not yet read by a native expert."""

import io
import json

import pytest
from django.core.management import call_command

from content.models import Hazard

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "fr", "es", "ru", "ar", "zh-hans"]
STATES = {"complete", "stale", "missing", "unreviewed"}


def status() -> dict:
    out = io.StringIO()
    call_command("translation_status", "--json", stdout=out)
    return json.loads(out.getvalue())["languages"]


@pytest.fixture
def hazard() -> Hazard:
    """Complete in French, stale in Spanish, half missing in Russian."""
    hazard = Hazard(key="battery")
    for language in ("en", "fr", "es", "ru"):
        hazard.set_words("title", language, f"Title in {language}")
    for language in ("en", "fr", "es"):
        hazard.set_words(
            "text", language, f"Text in {language}", english="Older English" if language == "es" else None
        )
    hazard.save()
    return hazard


def test_it_covers_interface_pages_and_records_in_six_languages():
    found = status()
    assert list(found) == LANGUAGES
    for parts in found.values():
        assert set(parts) == {"interface", "pages", "records"}
        assert all(set(counts) == STATES for counts in parts.values())


def test_records_are_counted_by_state(hazard):
    found = status()
    assert found["en"]["records"] == {"complete": 2, "stale": 0, "missing": 0, "unreviewed": 0}
    assert found["fr"]["records"] == {"complete": 2, "stale": 0, "missing": 0, "unreviewed": 2}
    assert found["es"]["records"] == {"complete": 1, "stale": 1, "missing": 0, "unreviewed": 1}
    assert found["ru"]["records"] == {"complete": 1, "stale": 0, "missing": 1, "unreviewed": 1}


def test_the_interface_is_complete_and_says_that_nobody_has_read_it():
    found = status()
    for language in LANGUAGES[1:]:
        interface = found[language]["interface"]
        assert interface["missing"] == interface["stale"] == 0
        assert interface["unreviewed"] == interface["complete"] > 300


def test_people_can_read_it(hazard):
    out = io.StringIO()
    call_command("translation_status", stdout=out)
    assert "ru       records    1 complete, 0 stale, 1 missing, 1 unreviewed" in out.getvalue()
