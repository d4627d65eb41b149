"""Writing the pairs of things that are taken for each other."""

from typing import Any

from content.languages import LANGUAGES
from content.models import LookAlike, LookAlikeMark, ReferenceItem

from . import library
from .ledger import Ledger
from .records import Words, below, get_or_new, save_if, write_words
from .revisions import editor_is_at_work, noted_in_history

MARK_FIELDS = {"mark": "mark", "first_side": "first", "second_side": "second"}


def load_look_alikes(ledger: Ledger) -> None:
    """All pairs. The items they are about must be there."""
    items = dict(ReferenceItem.objects.values_list("key", "pk"))
    for name in library.look_alike_files():
        texts = {language: library.words(language, name) for language in LANGUAGES}
        for entry in library.structure(name):
            _load_pair(ledger, entry, below(texts, entry["key"]), items)


def _load_pair(ledger: Ledger, entry: dict[str, Any], texts: dict[str, Words], items: dict[str, int]) -> None:
    prefix = f"look-alike:{entry['key']}"
    pair = get_or_new(ledger, LookAlike, prefix, key=entry["key"])
    if pair is None or editor_is_at_work(ledger, pair, prefix):
        return
    with noted_in_history(pair):
        _write_pair(ledger, pair, entry, texts, items)


def _write_pair(
    ledger: Ledger, pair: LookAlike, entry: dict[str, Any], texts: dict[str, Words], items: dict[str, int]
) -> None:
    prefix, changed = f"look-alike:{entry['key']}", False
    for side in ("first", "second"):
        if entry[side] not in items:
            raise library.LibraryError(
                f"look-alikes: {entry['key']} names {entry[side]}, which does not exist."
            )
        changed |= ledger.set_value(pair, prefix, f"{side}_id", items[entry[side]])
    save_if(write_words(ledger, pair, prefix, texts, {"deciding": "deciding"}) or changed, pair)
    for position, mark in enumerate(entry["marks"]):
        _load_mark(ledger, pair, position, mark, below(texts, "marks", mark["key"]))


def _load_mark(
    ledger: Ledger, pair: LookAlike, position: int, entry: dict[str, str], texts: dict[str, Words]
) -> None:
    prefix = f"look-alike:{pair.key}:mark:{entry['key']}"
    mark = get_or_new(ledger, LookAlikeMark, prefix, pair=pair, key=entry["key"])
    if mark is None:
        return
    changed = ledger.set_value(mark, prefix, "position", position)
    changed |= ledger.set_value(mark, prefix, "source", entry["source"])
    save_if(write_words(ledger, mark, prefix, texts, MARK_FIELDS) or changed, mark)
