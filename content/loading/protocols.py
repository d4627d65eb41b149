"""Writing the protocols: steps, the answers each takes, and outcomes."""

from decimal import Decimal
from typing import Any

from content.languages import LANGUAGES, SOURCE_LANGUAGE
from content.models import Protocol, ProtocolAnswer, ProtocolOutcome, ProtocolStep

from . import library
from .ledger import Ledger
from .records import Words, below, get_or_new, save_if, write_words


def load_protocols(ledger: Ledger) -> None:
    """Every protocol of the library. It refers to nothing, and items refer to it."""
    texts = {language: library.words(language, "guide/protocols") for language in LANGUAGES}
    for entry in library.structure("guide/protocols"):
        ProtocolLoader(ledger, entry, below(texts, entry["key"])).load()


class ProtocolLoader:
    """Writes one protocol and everything that hangs on it."""

    def __init__(self, ledger: Ledger, entry: dict[str, Any], texts: dict[str, Words]) -> None:
        self.ledger, self.entry, self.texts = ledger, entry, texts
        self.prefix = f"protocol:{entry['key']}"

    def load(self) -> None:
        protocol = get_or_new(self.ledger, Protocol, self.prefix, key=self.entry["key"])
        if protocol is None:
            return
        fields = {"version": self.entry["version"], "source": self.entry["source"]}
        self._write(protocol, self.prefix, fields, self.texts, ["title", "intro", "safety"])
        for position, entry in enumerate(self.entry["steps"]):
            self._load_step(protocol, position, entry)
        for position, entry in enumerate(self.entry["outcomes"]):
            self._load_outcome(protocol, position, entry)

    def _load_step(self, protocol: Protocol, position: int, entry: dict[str, Any]) -> None:
        prefix = f"{self.prefix}:steps:{entry['key']}"
        step = get_or_new(self.ledger, ProtocolStep, prefix, protocol=protocol, key=entry["key"])
        if step is None:
            return
        readings = entry.get("readings", {})
        fields = {
            "position": position,
            "kind": entry["kind"],
            "leads_to": entry.get("to", ""),
            "unit": entry.get("unit", ""),
            "readings_least": readings.get("least", 1),
            "readings_most": readings.get("most", 1),
            "lowest": _decimal(readings.get("lowest")),
            "highest": _decimal(readings.get("highest")),
            "figure": entry.get("figure", ""),
            "source": entry["source"],
        }
        texts = below(self.texts, "steps", entry["key"])
        worded = ["title", "text", *(["safety"] if "safety" in texts[SOURCE_LANGUAGE] else [])]
        self._write(step, prefix, fields, texts, worded)
        for answer_position, answer in enumerate(entry.get("answers", [])):
            self._load_answer(step, f"{prefix}:answers:{answer['key']}", answer_position, answer, texts)

    def _load_answer(
        self,
        step: ProtocolStep,
        prefix: str,
        position: int,
        entry: dict[str, Any],
        of_step: dict[str, Words],
    ) -> None:
        answer = get_or_new(self.ledger, ProtocolAnswer, prefix, step=step, key=entry["key"])
        if answer is None:
            return
        fields = {
            "position": position,
            "leads_to": entry["to"],
            "above": _decimal(entry.get("above")),
            "below": _decimal(entry.get("below")),
        }
        # An answer is one text, so its words stand under its key themselves.
        words = below(of_step, "answers")
        texts = {language: {"text": found.get(entry["key"], "")} for language, found in words.items()}
        self._write(answer, prefix, fields, texts, ["text"])

    def _load_outcome(self, protocol: Protocol, position: int, entry: dict[str, Any]) -> None:
        prefix = f"{self.prefix}:outcomes:{entry['key']}"
        outcome = get_or_new(self.ledger, ProtocolOutcome, prefix, protocol=protocol, key=entry["key"])
        if outcome is None:
            return
        fields = {"position": position, "tone": entry["tone"]}
        texts = below(self.texts, "outcomes", entry["key"])
        self._write(outcome, prefix, fields, texts, ["title", "text"])

    def _write(
        self,
        record: Protocol | ProtocolStep | ProtocolAnswer | ProtocolOutcome,
        prefix: str,
        fields: dict[str, Any],
        texts: dict[str, Words],
        worded: list[str],
    ) -> None:
        changed = False
        for field, value in fields.items():
            changed |= self.ledger.set_value(record, prefix, field, value)
        changed |= write_words(self.ledger, record, prefix, texts, {field: field for field in worded})
        save_if(changed, record)


def _decimal(number: int | float | None) -> Decimal | None:
    # As the database writes it: the ledger compares the written forms.
    return None if number is None else Decimal(str(number)).quantize(Decimal("0.001"))
