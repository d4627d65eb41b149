"""Writing the records that items refer to: hazards, advice, protocols; and how any record is written."""

from typing import Any

from django.db import models

from content.languages import LANGUAGES, SOURCE_LANGUAGE
from content.models import Advice, Hazard, Protocol, ProtocolOutcome, ProtocolStep
from content.models.translated import TranslatedRecord

from . import library
from .ledger import Ledger

Words = dict[str, Any]


def load_shared(ledger: Ledger, shared: dict[str, Words]) -> None:
    """Hazards, advice and protocols: what items refer to."""
    _load_hazards(ledger, shared)
    _load_advice(ledger, shared)
    _load_protocols(ledger)


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
    found = model._default_manager.filter(**lookup).first()
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


def _load_protocols(ledger: Ledger) -> None:
    texts = {language: library.guide_words(language, "guide/protocols") for language in LANGUAGES}
    for entry in library.structure("guide/protocols"):
        key, prefix = entry["key"], f"protocol:{entry['key']}"
        protocol = get_or_new(ledger, Protocol, prefix, key=key)
        if protocol is None:
            continue
        of_protocol = below(texts, key)
        changed = ledger.set_value(protocol, prefix, "source", entry["source"])
        fields = {"title": "title", "intro": "intro", "safety": "safety"}
        save_if(write_words(ledger, protocol, prefix, of_protocol, fields) or changed, protocol)
        for relation, model in (("steps", ProtocolStep), ("outcomes", ProtocolOutcome)):
            for position, child in enumerate(entry[relation]):
                _load_protocol_child(ledger, protocol, model, relation, position, child, of_protocol)


def _load_protocol_child(
    ledger: Ledger,
    protocol: Protocol,
    model: type[ProtocolStep] | type[ProtocolOutcome],
    relation: str,
    position: int,
    entry: dict[str, str],
    of_protocol: dict[str, Words],
) -> None:
    prefix = f"protocol:{protocol.key}:{relation}:{entry['key']}"
    child = get_or_new(ledger, model, prefix, protocol=protocol, key=entry["key"])
    if child is None:
        return
    changed = ledger.set_value(child, prefix, "position", position)
    if "tone" in entry:
        changed |= ledger.set_value(child, prefix, "tone", entry["tone"])
    texts = below(of_protocol, relation, entry["key"])
    save_if(write_words(ledger, child, prefix, texts, {"title": "title", "text": "text"}) or changed, child)
