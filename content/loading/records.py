"""Writing the records: hazards, advice, protocols, reference items."""

from typing import Any

from django.db import models

from content.languages import LANGUAGES, SOURCE_LANGUAGE
from content.models import (
    Advice,
    CommonName,
    FieldMark,
    Hazard,
    HSLink,
    LegalStatus,
    Protocol,
    ProtocolOutcome,
    ProtocolStep,
    ReferenceItem,
)
from content.models.translated import TranslatedRecord

from . import library
from .ledger import Ledger

Words = dict[str, Any]


def load_guide(ledger: Ledger) -> None:
    """Hazards and advice first, then protocols, then the items that refer to them."""
    shared = {language: library.words(language, "guide/shared") for language in LANGUAGES}
    _load_hazards(ledger, shared)
    _load_advice(ledger, shared)
    _load_protocols(ledger)
    position = 0
    for name in library.GUIDE_FILES:
        texts = {language: library.words(language, f"guide/{name}") for language in LANGUAGES}
        for entry in library.structure(f"guide/{name}"):
            position += 1
            _ItemLoader(ledger, entry, texts, shared).load(position)


def write_words(
    ledger: Ledger,
    record: TranslatedRecord,
    prefix: str,
    by_language: dict[str, Words],
    fields: dict[str, str],
) -> bool:
    """Set the fields of a record in every language. `fields` maps a field to the key of its words."""
    changed = False
    for field, key in fields.items():
        english = as_text(by_language[SOURCE_LANGUAGE][key])
        for language in LANGUAGES:
            text = as_text(by_language[language][key])
            changed |= ledger.set_words(record, prefix, field, language, text, english)
    return changed


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
            texts = {language: shared[language]["hazards"][key] for language in LANGUAGES}
            save_if(write_words(ledger, hazard, prefix, texts, {"title": "title", "text": "text"}), hazard)


def _load_advice(ledger: Ledger, shared: dict[str, Words]) -> None:
    for kind in Advice.Kind.values:
        for key in shared[SOURCE_LANGUAGE][kind]:
            prefix = f"advice:{kind}:{key}"
            advice = get_or_new(ledger, Advice, prefix, kind=kind, key=key)
            if advice:
                texts = {language: shared[language][kind][key] for language in LANGUAGES}
                save_if(write_words(ledger, advice, prefix, texts, {"points": "points"}), advice)


def _load_protocols(ledger: Ledger) -> None:
    texts = {language: library.words(language, "guide/protocols") for language in LANGUAGES}
    for entry in library.structure("guide/protocols"):
        key, prefix = entry["key"], f"protocol:{entry['key']}"
        protocol = get_or_new(ledger, Protocol, prefix, key=key)
        if protocol is None:
            continue
        of_protocol = {language: texts[language][key] for language in LANGUAGES}
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
    texts = {language: of_protocol[language][relation][entry["key"]] for language in LANGUAGES}
    save_if(write_words(ledger, child, prefix, texts, {"title": "title", "text": "text"}) or changed, child)


class _ItemLoader:
    """Writes one reference item and everything that hangs on it."""

    def __init__(
        self, ledger: Ledger, entry: dict[str, Any], texts: dict[str, Words], shared: dict[str, Words]
    ) -> None:
        self.ledger, self.entry, self.shared = ledger, entry, shared
        self.key: str = entry["key"]
        self.prefix = f"item:{self.key}"
        self.texts = {language: texts[language][self.key] for language in LANGUAGES}

    def load(self, position: int) -> None:
        item = get_or_new(self.ledger, ReferenceItem, self.prefix, key=self.key)
        if item is None:
            return
        changed = False
        for field, value in self._plain_fields(position).items():
            changed |= self.ledger.set_value(item, self.prefix, field, value)
        fields = {"summary": "summary"}
        if "concealment" in self.texts[SOURCE_LANGUAGE]:
            fields["concealment"] = "concealment"
        changed |= write_words(self.ledger, item, self.prefix, self.texts, fields)
        save_if(changed, item)
        self._load_hazards(item)
        self._load_names(item)
        self._load_hs_links(item)
        self._load_field_marks(item)
        self._load_statuses(item)

    def _plain_fields(self, position: int) -> dict[str, Any]:
        entry = self.entry
        return {
            "position": position,
            "kind": entry["kind"],
            "scientific_name": entry.get("scientific_name", ""),
            "backbone_classes": entry.get("classes", []),
            "demonstration": entry.get("demonstration", False),
            "concealment_source": entry.get("concealment_source", ""),
            "parent_id": self._pk_of(ReferenceItem, key=entry.get("parent")),
            "documents_id": self._pk_of(Advice, key=entry.get("documents"), kind=Advice.Kind.DOCUMENTS),
            "next_steps_id": self._pk_of(Advice, key=entry.get("next_steps"), kind=Advice.Kind.NEXT_STEPS),
            "protocol_id": self._pk_of(Protocol, key=entry.get("protocol")),
        }

    def _pk_of(self, model: type[models.Model], *, key: str | None, **lookup: Any) -> int | None:
        if key is None:
            return None
        pk = model._default_manager.filter(key=key, **lookup).values_list("pk", flat=True).first()
        if pk is None:
            raise library.LibraryError(f"guide: {self.key} refers to {key}, which does not exist.")
        return pk

    def _load_hazards(self, item: ReferenceItem) -> None:
        wanted = self.entry.get("hazards", [])
        current = sorted(item.hazards.values_list("key", flat=True))
        key = f"{self.prefix}.hazards"
        if current != sorted(wanted) and self.ledger.is_ours(key, ",".join(current)):
            item.hazards.set(Hazard.objects.filter(key__in=wanted))
            item.save()
            current = sorted(wanted)
        if current == sorted(wanted):
            self.ledger.wrote(key, ",".join(current))

    def _load_names(self, item: ReferenceItem) -> None:
        """The names of a language are one value: an editor who changes one keeps them all."""
        for language in LANGUAGES:
            key, wanted = f"{self.prefix}.names.{language}", self.texts[language]["names"]
            rows = CommonName.objects.filter(item=item, language=language).order_by("-preferred", "id")
            current = list(rows.values_list("name", flat=True))
            if current != wanted and self.ledger.is_ours(key, "\n".join(current)):
                rows.delete()
                CommonName.objects.bulk_create(
                    CommonName(item=item, language=language, name=name, preferred=index == 0)
                    for index, name in enumerate(wanted)
                )
                self.ledger.wrote(key, "\n".join(wanted))

    def _load_hs_links(self, item: ReferenceItem) -> None:
        for link in self.entry.get("hs", []):
            prefix = f"{self.prefix}:hs:{link['role']}:{link['code']}"
            record = get_or_new(self.ledger, HSLink, prefix, item=item, **link)
            if record is not None:
                save_if(False, record)

    def _load_field_marks(self, item: ReferenceItem) -> None:
        for position, mark in enumerate(self.entry["field_marks"]):
            key, prefix = mark["key"], f"{self.prefix}:mark:{mark['key']}"
            record = get_or_new(self.ledger, FieldMark, prefix, item=item, key=key)
            if record is None:
                continue
            changed = self.ledger.set_value(record, prefix, "position", position)
            changed |= self.ledger.set_value(record, prefix, "source", mark["source"])
            texts = {language: self.texts[language]["field_marks"] for language in LANGUAGES}
            save_if(write_words(self.ledger, record, prefix, texts, {"text": key}) or changed, record)

    def _load_statuses(self, item: ReferenceItem) -> None:
        for entry in self.entry.get("statuses", []):
            listing, condition = entry["listing"].removeprefix("none"), entry["condition"]
            key = f"{entry['instrument']}-{condition}"[:50]
            prefix = f"{self.prefix}:status:{key}"
            status = get_or_new(self.ledger, LegalStatus, prefix, item=item, key=key)
            if status is None:
                continue
            changed = False
            fields = {
                "instrument": entry["instrument"],
                "listing": listing,
                "jurisdiction": entry.get("jurisdiction", ""),
                "in_force_from": entry.get("in_force_from"),
                "in_force_until": entry.get("in_force_until"),
                "as_of": entry["as_of"],
                "source": entry["source"],
                "verified_by": "Quaymark" if entry["verified"] else "",
                "verified_on": entry["as_of"] if entry["verified"] else None,
            }
            for field, value in fields.items():
                changed |= self.ledger.set_value(status, prefix, field, value)
            texts = {language: self.shared[language]["conditions"] for language in LANGUAGES}
            save_if(
                write_words(self.ledger, status, prefix, texts, {"condition": condition}) or changed, status
            )
