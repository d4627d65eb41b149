"""Keeping the table of search words in step with the items.

An item's words are made anew whenever it, or something that names it, is saved or deleted. Whoever writes
many rows of many items does so inside `indexed_together()`, so that each item is looked at once.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save

from content.languages import LANGUAGES, SOURCE_LANGUAGE
from content.models import CommonName, FieldMark, HSLink, LegalStatus, ReferenceItem, SearchTerm, SpellingKey

from .spelling import keys_of
from .words import code_words, fold, numbers_of, stems_of, words_of

# How much a word says, of 100: a whole preferred name is 100, half of one 50.
PREFERRED, OTHER_NAME, STEM = 1.0, 0.95, 0.9
TAXON, SUMMARY, NUMBER = 0.6, 5, 50
CODE = {8: 100, 6: 80, 4: 60}  # by the length of "hs050710"
SHORTEST_IN_SUMMARY = 4

_Part = CommonName | LegalStatus | HSLink | FieldMark
_waiting: ContextVar[set[int] | None] = ContextVar("items whose words wait to be made", default=None)


@contextmanager
def indexed_together() -> Iterator[None]:
    """Items that are touched inside are indexed at the end, once each, with those that have no words yet."""
    if _waiting.get() is not None:
        yield
        return
    items: set[int] = set()
    token = _waiting.set(items)
    try:
        yield
    finally:
        _waiting.reset(token)
    items |= set(ReferenceItem.objects.filter(search_terms=None).values_list("pk", flat=True))
    index_items(items)


def index_items(pks: Iterable[int]) -> None:
    """Make the words of these items anew; what has not changed is not written."""
    items = list(
        ReferenceItem.objects.filter(pk__in=list(pks)).prefetch_related(
            "common_names", "statuses", "hs_links", "field_marks", "search_terms"
        )
    )
    gone: list[int] = []
    new: list[SearchTerm] = []
    names: set[str] = set()
    for item in items:
        made = _Words(item)
        names |= made.names
        kept = set()
        for term in item.search_terms.all():
            place = (term.word, term.language)
            if made.terms.get(place) == (term.weight, term.for_officers):
                kept.add(place)
            else:
                gone.append(term.pk)
        new += [
            SearchTerm(item=item, word=word, language=language, weight=weight, for_officers=for_officers)
            for (word, language), (weight, for_officers) in made.terms.items()
            if (word, language) not in kept
        ]
    SearchTerm.objects.filter(pk__in=gone).delete()
    SearchTerm.objects.bulk_create(new, batch_size=2000)
    _learn_to_spell(names & {term.word for term in new})


def _learn_to_spell(words: set[str]) -> None:
    known = set(SpellingKey.objects.filter(word__in=words).values_list("word", flat=True))
    SpellingKey.objects.bulk_create(
        (SpellingKey(key=key, word=word) for word in words - known for key in keys_of(word)),
        batch_size=2000,
        ignore_conflicts=True,
    )


class _Words:
    """The words of one item: by word and language, how much each says and whether it is for officers only."""

    def __init__(self, item: ReferenceItem) -> None:
        self.terms: dict[tuple[str, str], tuple[int, bool]] = {}
        self.names: set[str] = set()
        for name in item.common_names.all():
            self._name(name.name, name.language, PREFERRED if name.preferred else OTHER_NAME)
        self._name(item.scientific_name, "", OTHER_NAME)
        for status in item.statuses.all():
            for taxon in status.taxa:
                self._name(taxon, "", TAXON)
        for link in item.hs_links.all():
            for word in code_words(link.code):
                self._add(word, "", CODE[len(word)], for_officers=link.role == HSLink.Role.MISUSED)
        for mark in item.field_marks.all():
            for word in numbers_of(mark.words("text", SOURCE_LANGUAGE)):
                self._add(word, "", NUMBER)
        for language in LANGUAGES:
            for word in words_of(item.words("summary", language)):
                if len(word) >= SHORTEST_IN_SUMMARY or not word.isascii():
                    for stem in stems_of(word, language) or {word}:
                        self._add(stem, language, SUMMARY)

    def _name(self, text: str, language: str, says: float) -> None:
        words = words_of(text)
        for word in words:
            weight = round(100 * says / len(words))
            self.names.add(word)
            self._add(word, language, weight)
            for stem in stems_of(word, language) - {word}:
                self._add(stem, language, round(weight * STEM))
            if word.startswith("r") and word[1:2].isdigit():
                # "404A" is what many a label leaves of "R-404A".
                self._add(word[1:], "", NUMBER)
        for character in fold(text):
            if "\u3400" <= character <= "\u9fff":
                self._add(character, language, round(50 * says / len(text)))

    def _add(self, word: str, language: str, weight: int, *, for_officers: bool = False) -> None:
        known, known_for_officers = self.terms.get((word, language), (0, True))
        self.terms[word, language] = (max(weight, known), for_officers and known_for_officers)


def _touched(pk: int | None) -> None:
    if pk is None:
        return
    waiting = _waiting.get()
    if waiting is None:
        index_items([pk])
    else:
        waiting.add(pk)


def _item_saved(instance: ReferenceItem, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        _touched(instance.pk)


def _part_saved(instance: _Part, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        _touched(instance.item_id)


def _part_deleted(
    instance: _Part, origin: models.Model | models.QuerySet | None = None, **kwargs: Any
) -> None:
    # Where the item itself is being deleted, its row is still there, and words made now would outlive it.
    begun_with = origin.model if isinstance(origin, models.QuerySet) else type(origin)
    if begun_with is not ReferenceItem:
        _touched(instance.item_id)


def follow_the_guide() -> None:
    """From now on an item's words are made anew when it changes."""
    post_save.connect(_item_saved, sender=ReferenceItem, dispatch_uid="search_terms")
    for part in (CommonName, LegalStatus, HSLink, FieldMark):
        post_save.connect(_part_saved, sender=part, dispatch_uid=f"search_terms_{part.__name__}_saved")
        post_delete.connect(_part_deleted, sender=part, dispatch_uid=f"search_terms_{part.__name__}_deleted")
