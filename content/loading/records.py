"""Writing the hazards and the advice that items refer to; and how any record is written."""

from typing import Any

from django.db import models

from content.languages import LANGUAGES, SOURCE_LANGUAGE
from content.models import Advice, Hazard
from content.models.translated import TranslatedRecord

from .ledger import Ledger

Words = dict[str, Any]


def load_shared(ledger: Ledger, shared: dict[str, Words]) -> None:
    """Hazards and advice: what items refer to."""
    _load_hazards(ledger, shared)
    _load_advice(ledger, shared)


def write_words(
    ledger: Ledger,
    record: TranslatedRecord,
    prefix: str,
    by_language: dict[str, Words],
    fields: dict[str, str],
) -> bool:
    """Set the fields of a record in every language that has them. `fields` maps a field to its words' key."""
    changed = False
    for field, key in fields.items():
        english = as_text(by_language[SOURCE_LANGUAGE][key])
        for language in LANGUAGES:
            text = as_text(by_language[language].get(key, ""))
            if text:
                changed |= ledger.set_words(record, prefix, field, language, text, english)
    return changed


def below(by_language: dict[str, Words], *path: str) -> dict[str, Words]:
    """The words further down under the same keys; nothing for a language that lacks them."""
    for key in path:
        by_language = {language: words.get(key, {}) for language, words in by_language.items()}
    return by_language


def as_text(value: Any) -> str:
    """Words as they are stored: a mapping of points becomes one point a line."""
    if isinstance(value, dict):
        return "\n".join(" ".join(str(point).split()) for point in value.values())
    return str(value).strip()


def get_or_new(ledger: Ledger, model: type[models.Model], prefix: str, **lookup: Any) -> models.Model | None:
    """The record as it stands, a new one, or None where an editor has deleted the one we made."""
    found = ledger.stored.find(model, **lookup)
    if found is None and ledger.knows(prefix):
        ledger.kept.append(prefix)
        return None
    ledger.wrote(prefix, "made")
    return found or model(**lookup)


def save_if(changed: bool, record: models.Model) -> None:
    if changed or record.pk is None:
        record.save()


def _load_hazards(ledger: Ledger, shared: dict[str, Words]) -> None:
    for key in shared[SOURCE_LANGUAGE]["hazards"]:
        prefix = f"hazard:{key}"
        hazard = get_or_new(ledger, Hazard, prefix, key=key)
        if hazard:
            texts = below(shared, "hazards", key)
            save_if(write_words(ledger, hazard, prefix, texts, {"title": "title", "text": "text"}), hazard)


def _load_advice(ledger: Ledger, shared: dict[str, Words]) -> None:
    for kind in Advice.Kind.values:
        for key in shared[SOURCE_LANGUAGE][kind]:
            prefix = f"advice:{kind}:{key}"
            advice = get_or_new(ledger, Advice, prefix, kind=kind, key=key)
            if advice:
                texts = below(shared, kind, key)
                save_if(write_words(ledger, advice, prefix, texts, {"points": "points"}), advice)
