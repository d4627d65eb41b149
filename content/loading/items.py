"""Writing the reference items and everything that hangs on them."""

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
    ReferenceItem,
)
from content.searching.terms import indexed_together

from . import library
from .ledger import Ledger
from .protocols import load_protocols
from .records import Words, below, get_or_new, load_shared, save_if, write_words
from .revisions import editor_is_at_work, noted_in_history


def load_guide(ledger: Ledger) -> None:
    """What items refer to first, then the items, in the order of the files."""
    shared = {language: library.words(language, "guide/shared") for language in LANGUAGES}
    load_shared(ledger, shared)
    load_protocols(ledger)
    with indexed_together():
        _load_items(ledger, shared)


def _load_items(ledger: Ledger, shared: dict[str, Words]) -> None:
    position = 0
    for name in library.GUIDE_FILES:
        texts = {language: library.words(language, f"guide/{name}") for language in LANGUAGES}
        for entry in library.structure(f"guide/{name}"):
            position += 1
            ItemLoader(ledger, entry, texts, shared).load(position)


class ItemLoader:
    """Writes one reference item and everything that hangs on it."""

    def __init__(
        self, ledger: Ledger, entry: dict[str, Any], texts: dict[str, Words], shared: dict[str, Words]
    ) -> None:
        self.ledger, self.entry, self.shared = ledger, entry, shared
        self.key: str = entry["key"]
        self.prefix = f"item:{self.key}"
        self.texts = below(texts, self.key)

    def load(self, position: int) -> None:
        item = get_or_new(self.ledger, ReferenceItem, self.prefix, key=self.key)
        if item is None or editor_is_at_work(self.ledger, item, self.prefix):
            return
        with noted_in_history(item):
            self._write(item, position)

    def _write(self, item: ReferenceItem, position: int) -> None:
        changed = False
        for field, value in self._plain_fields(position).items():
            changed |= self.ledger.set_value(item, self.prefix, field, value)
        fields = {"summary": "summary"}
        if "concealment" in self.texts[SOURCE_LANGUAGE]:
            fields["concealment"] = "concealment"
        changed |= write_words(self.ledger, item, self.prefix, self.texts, fields)
        changed |= self._set_hazards(item)
        save_if(changed, item)
        self._load_names(item)
        self._load_hs_links(item)
        self._load_field_marks(item)
        self._load_statuses(item)

    def _plain_fields(self, position: int) -> dict[str, Any]:
        entry = self.entry
        return {
            "position": position,
            "kind": entry["kind"],
            "form": entry.get("form", ""),
            "figure": entry.get("figure", ""),
            "scientific_name": entry.get("scientific_name", ""),
            "backbone_classes": entry.get("classes", []),
            "demonstration": entry.get("demonstration", False),
            "concealment_source": entry.get("concealment_source", ""),
            "parent_id": self._pk_of(ReferenceItem, key=entry.get("parent")),
            "documents_id": self._pk_of(Advice, key=entry.get("documents"), kind=Advice.Kind.DOCUMENTS),
            "next_steps_id": self._pk_of(Advice, key=entry.get("next_steps"), kind=Advice.Kind.NEXT_STEPS),
            "after_detention_id": self._pk_of(
                Advice, key=entry.get("after_detention"), kind=Advice.Kind.AFTER_DETENTION
            ),
            "protocol_id": self._pk_of(Protocol, key=entry.get("protocol")),
        }

    def _pk_of(self, model: type[models.Model], *, key: str | None, **lookup: Any) -> int | None:
        if key is None:
            return None
        pk = model._default_manager.filter(key=key, **lookup).values_list("pk", flat=True).first()
        if pk is None:
            raise library.LibraryError(f"guide: {self.key} refers to {key}, which does not exist.")
        return pk

    def _set_hazards(self, item: ReferenceItem) -> bool:
        wanted = sorted(self.entry.get("hazards", []))
        current = sorted(hazard.key for hazard in item.hazards.all())
        key = f"{self.prefix}.hazards"
        changes = current != wanted and self.ledger.is_ours(key, ",".join(current))
        if changes:
            item.hazards.set(Hazard.objects.filter(key__in=wanted))
        if changes or current == wanted:
            self.ledger.wrote(key, ",".join(wanted))
        return changes

    def _load_names(self, item: ReferenceItem) -> None:
        """The names of a language are one value: an editor who changes one keeps them all."""
        stored: dict[str, list[CommonName]] = {language: [] for language in LANGUAGES}
        for name in CommonName.objects.filter(item=item).order_by("-preferred", "id"):
            stored[name.language].append(name)
        for language in LANGUAGES:
            key = f"{self.prefix}.names.{language}"
            wanted = [_name_and_region(entry) for entry in self.texts[language].get("names", [])]
            current = [(name.name, name.region) for name in stored[language]]
            if current != wanted and self.ledger.is_ours(key, _as_lines(current)):
                CommonName.objects.filter(item=item, language=language).delete()
                for index, (said, region) in enumerate(wanted):
                    CommonName.objects.create(
                        item=item, language=language, name=said, region=region, preferred=index == 0
                    )
                self.ledger.wrote(key, _as_lines(wanted))

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
            texts = below(self.texts, "field_marks")
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
                "taxa": entry.get("taxa", []),
                "populations": entry.get("populations_only") or entry.get("populations_except") or [],
                "populations_excluded": "populations_except" in entry,
                "annotation": entry.get("annotation", ""),
                "in_force_from": entry.get("in_force_from"),
                "in_force_until": entry.get("in_force_until"),
                "as_of": entry["as_of"],
                "source": entry["source"],
                "verified_by": "Quaymark" if entry["verified"] else "",
                "verified_on": entry["as_of"] if entry["verified"] else None,
            }
            for field, value in fields.items():
                changed |= self.ledger.set_value(status, prefix, field, value)
            texts = self._conditions(condition)
            save_if(
                write_words(self.ledger, status, prefix, texts, {"condition": condition}) or changed, status
            )

    def _conditions(self, key: str) -> dict[str, Words]:
        """The item's own conditions, or those that items share."""
        own = below(self.texts, "conditions")
        return own if key in own[SOURCE_LANGUAGE] else below(self.shared, "conditions")


def _name_and_region(entry: str | dict[str, str]) -> tuple[str, str]:
    return (entry, "") if isinstance(entry, str) else (entry["name"], entry.get("region", ""))


def _as_lines(names: list[tuple[str, str]]) -> str:
    return "\n".join(f"{name} [{region}]" if region else name for name, region in names)
