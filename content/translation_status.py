"""How far pages and records are translated into each language."""

from collections import Counter
from collections.abc import Iterator

from django.apps import apps
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from .languages import SOURCE_LANGUAGE
from .models.translated import TranslatedRecord

STATES = ("complete", "stale", "missing", "unreviewed")


def records(language: str) -> dict[str, int]:
    """Count the translated fields of all records by state; a complete one may be unreviewed too."""
    counts: Counter[str] = Counter()
    for record in _all_records():
        for field in record.translated_fields():
            if not record.words(field, SOURCE_LANGUAGE):
                continue
            state = record.translation_state(field, language)
            counts[state] += 1
            if state == "complete" and not record.is_reviewed(field, language):
                counts["unreviewed"] += 1
    return {state: counts[state] for state in STATES}


def pages(language: str) -> dict[str, int]:
    """Count the strings of all pages by state. Stale: its place has a translation, but of older English."""
    if language == SOURCE_LANGUAGE:
        return {"complete": StringSegment.objects.count(), "stale": 0, "missing": 0, "unreviewed": 0}
    counts: Counter[str] = Counter()
    for source in TranslationSource.objects.all():
        rows = StringTranslation.objects.filter(
            locale__language_code=language, context__object=source.object_id, has_error=False
        )
        translated = {(row.translation_of_id, row.context_id): row for row in rows}
        places = {context for _, context in translated}
        for segment in source.stringsegment_set.all():
            row = translated.get((segment.string_id, segment.context_id))
            if row is None:
                counts["stale" if segment.context_id in places else "missing"] += 1
            else:
                counts["complete"] += 1
                counts["unreviewed"] += row.last_translated_by_id is None
    return {state: counts[state] for state in STATES}


def _all_records() -> Iterator[TranslatedRecord]:
    for model in apps.get_models():
        if issubclass(model, TranslatedRecord):
            yield from (one for one in model._default_manager.all() if one.needs_translation)
