"""Answering a search: five queries to the database, however large the guide is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.access import Reader
from content.guide_index import strictest
from content.languages import reader_language
from content.models import CommonName, LegalStatus, ReferenceItem, SearchTerm, SpellingKey

from .spelling import BEGINNING, ONE_SLIP, WHOLE, keys_to_try, nearness
from .words import LONGEST_QUERY, stems_of, words_of, words_of_query

MOST_FOUND = 40
# Of one query; a beginning of two letters is the beginning of half the guide.
MOST_SPELLINGS, MOST_TERMS = 2000, 4000
OF_A_STEM = 90
# A word of the reader's own language is likelier to be meant, in parts of 100.
OWN_LANGUAGE = 120


@dataclass(frozen=True, slots=True)
class Found:
    """One item, and the name by which it was found if that is not the one shown."""

    item: ReferenceItem
    strictest: LegalStatus | None
    found_as: CommonName | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search has found, best first."""

    query: str
    found: list[Found] = field(default_factory=list)
    total: int = 0
    # Every word of the query was found in each item, as it was typed.
    complete: bool = True
    cut: bool = False

    @property
    def more(self) -> int:
        return self.total - len(self.found)


@dataclass(slots=True)
class _Hit:
    """What speaks for an item: for each word of the query its best score, and the words that gave it."""

    scores: dict[int, int] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)

    @property
    def rank(self) -> tuple[int, int]:
        return len(self.scores), sum(self.scores.values())


def search(query: str, reader: Reader) -> Answer:
    """The items that the reader may see and the query means, at most MOST_FOUND."""
    query = query.replace("\0", " ").strip()
    wanted = words_of_query(query)
    cut = len(query) > LONGEST_QUERY
    if not wanted:
        return Answer(query[:LONGEST_QUERY], cut=cut)
    hits, as_typed = _hits(wanted, reader)
    best = max((len(hit.scores) for hit in hits.values()), default=0)
    ranked = sorted(
        (pk for pk, hit in hits.items() if len(hit.scores) == best),
        key=lambda pk: (-hits[pk].rank[1], pk),
    )
    return Answer(
        query[:LONGEST_QUERY],
        _shown(ranked[:MOST_FOUND], hits, reader),
        len(ranked),
        complete=best == len(wanted) and as_typed,
        cut=cut,
    )


def _hits(wanted: list[str], reader: Reader) -> tuple[dict[int, _Hit], bool]:
    """What speaks for which item, and whether every word of the query stands in the guide as it was typed."""
    meant = _meant(wanted)
    by_word: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, words in enumerate(meant):
        for word, sureness in words.items():
            by_word[word].append((at, sureness))
    terms = list(
        SearchTerm.objects.visible_to(reader)
        .filter(word__in=by_word)
        .order_by("-weight")
        .values_list("item_id", "word", "language", "weight")[:MOST_TERMS]
    )
    standing = {word for _item, word, _language, _weight in terms}
    found_whole = {
        at for word in standing for at, sureness in by_word[word] if sureness >= min(BEGINNING, OF_A_STEM)
    }
    hits: dict[int, _Hit] = defaultdict(_Hit)
    for pk, word, language, weight in terms:
        for at, sureness in by_word[word]:
            # Nobody who typed a word of the guide meant another one.
            if at in found_whole and sureness <= ONE_SLIP:
                continue
            score = weight * sureness * (OWN_LANGUAGE if language == reader_language() else 100)
            hits[pk].scores[at] = max(score, hits[pk].scores.get(at, 0))
            hits[pk].words.add(word)
    return hits, len(found_whole) == len(wanted)


def _meant(wanted: list[str]) -> list[dict[str, int]]:
    """For each word of the query, the words of the guide that it may stand for, and how surely."""
    meant: list[dict[str, int]] = []
    asking: dict[str, set[int]] = defaultdict(set)
    last = len(wanted) - 1
    for at, word in enumerate(wanted):
        meant.append(dict.fromkeys(stems_of(word), OF_A_STEM) | {word: WHOLE})
        if word.startswith("hs") and word[2:].isdigit():
            # "22" may be a chapter, and the number of a refrigerant.
            meant[at][word[2:]] = WHOLE
        for key in keys_to_try(word, unfinished=at == last):
            asking[key].add(at)
    spellings = SpellingKey.objects.filter(key__in=asking).order_by("key", "word").values_list("key", "word")
    for key, word in spellings[:MOST_SPELLINGS]:
        for at in asking[key]:
            sureness = nearness(wanted[at], word, unfinished=at == last)
            if sureness > meant[at].get(word, 0):
                meant[at][word] = sureness
    return meant


def _shown(ranked: list[int], hits: dict[int, _Hit], reader: Reader) -> list[Found]:
    items = (
        ReferenceItem.objects.visible_to(reader)
        .filter(pk__in=ranked)
        .prefetch_related("common_names", "statuses")
        .in_bulk()
    )
    return [
        Found(item, strictest(item.statuses.all()), _found_as(item, hits[pk].words))
        for pk in ranked
        if (item := items.get(pk)) is not None
    ]


def _found_as(item: ReferenceItem, words: Iterable[str]) -> CommonName | None:
    """The name that holds most of the words, where it says more than the name that is shown."""
    shown, language = item.name_in(reader_language())
    names = sorted(item.common_names.all(), key=lambda name: (name.name != shown, name.language != language))
    counts = [len(set(words) & set(words_of(name.name))) for name in names]
    if not names or max(counts) == 0 or counts[0] == max(counts):
        return None
    return names[counts.index(max(counts))]
