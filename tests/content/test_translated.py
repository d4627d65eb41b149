"""Records in six languages know which translations are stale, and pages say which language they show."""

import pytest
from django.template import Context, Template
from django.utils import translation

from content.models import Hazard

pytestmark = pytest.mark.django_db


@pytest.fixture
def hazard():
    hazard = Hazard(key="battery")
    hazard.set_words("title", "en", "Swollen battery")
    hazard.set_words("text", "en", "Stand back.")
    hazard.set_words("title", "fr", "Batterie gonflée")
    hazard.save()
    return hazard


def render(source: str, language: str, **context: object) -> str:
    with translation.override(language):
        return Template("{% load records %}" + source).render(Context(context))


def test_a_translation_is_complete_while_its_english_stands(hazard):
    assert hazard.translation_state("title", "fr") == "complete"


def test_a_translation_is_stale_once_its_english_changes(hazard):
    hazard.set_words("title", "en", "Swollen or leaking battery")
    assert hazard.translation_state("title", "fr") == "stale"


def test_a_text_that_is_not_there_is_missing(hazard):
    assert hazard.translation_state("text", "fr") == "missing"


def test_a_translation_is_unreviewed_until_somebody_has_read_it(hazard):
    assert not hazard.is_reviewed("title", "fr")


def test_a_review_ends_when_the_english_changes(hazard):
    from content.models.translated import digest

    hazard.reviewed = {"fr": {"title": digest("Swollen battery")}}
    assert hazard.is_reviewed("title", "fr")
    hazard.set_words("title", "en", "Leaking battery")
    assert not hazard.is_reviewed("title", "fr")


def test_words_come_in_the_readers_language(hazard):
    assert render('{% render_words record "title" %}', "fr", record=hazard) == "Batterie gonflée"


def test_words_in_another_language_say_so(hazard):
    shown = render('{% render_words record "text" %}', "ar", record=hazard)
    assert shown == '<span lang="en" dir="ltr">Stand back.</span>'


def test_words_are_escaped(hazard):
    hazard.set_words("text", "en", "<b>Stand back.</b>")
    assert "<b>" not in render('{% render_words record "text" %}', "ar", record=hazard)
