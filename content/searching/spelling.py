"""Which word somebody means who has not finished it, or has slipped.

Each word of the guide is kept under keys: its beginnings, and itself with one letter left out. A misspelt
word is looked up by its own such keys, so that the cost does not grow with the guide, and works the same on
every database.
"""

from itertools import combinations

from rapidfuzz.distance import OSA

SHORTEST_BEGINNING, LONGEST_BEGINNING = 2, 8
# A shorter word with a letter changed is another word.
SHORTEST_MISSPELT = 4
# In a word as long as this two slips are forgiven.
LONG_WORD = 7
UNTOUCHED_BEGINNING = 3
MOST_SLIPS = 2
# A beginning says more than a slip, and both less than the word itself: parts of 100.
WHOLE, BEGINNING, ONE_SLIP, TWO_SLIPS = 100, 80, 60, 40


def keys_of(word: str) -> set[str]:
    """The keys under which a word of the guide is found."""
    if not word.isalpha():
        return _beginnings(word)
    return _beginnings(word) | (_shortened(word, 1) if len(word) >= SHORTEST_MISSPELT else set())


def keys_to_try(word: str, unfinished: bool) -> set[str]:
    """The keys to look under for what somebody typed."""
    keys = {word}
    if unfinished and len(word) >= SHORTEST_BEGINNING:
        keys.add(word[:LONGEST_BEGINNING])
    if word.isalpha() and len(word) >= SHORTEST_MISSPELT:
        keys |= _shortened(word, 2 if len(word) >= LONG_WORD else 1)
        if len(word) >= LONG_WORD:
            # Two missing or wrong letters share no shortened form, but seldom stand at the beginning.
            keys.add(word[:UNTOUCHED_BEGINNING])
    return keys


def nearness(typed: str, word: str, unfinished: bool) -> int:
    """How surely `word` is meant by what was typed, from 0 (not at all) to WHOLE."""
    if typed == word:
        return WHOLE
    if unfinished and len(typed) >= SHORTEST_BEGINNING and word.startswith(typed):
        return BEGINNING
    if not typed.isalpha() or min(len(typed), len(word)) < SHORTEST_MISSPELT:
        return 0
    slips = distance(typed, word)
    if slips == 1:
        return ONE_SLIP
    return TWO_SLIPS if slips == 2 and min(len(typed), len(word)) >= LONG_WORD else 0


def distance(one: str, other: str) -> int:
    """Letters to change, add, leave out or swap with a neighbour. More than MOST_SLIPS count as one more."""
    return OSA.distance(one, other, score_cutoff=MOST_SLIPS)


def _beginnings(word: str) -> set[str]:
    return {word[:end] for end in range(SHORTEST_BEGINNING, min(len(word), LONGEST_BEGINNING) + 1)}


def _shortened(word: str, letters: int) -> set[str]:
    found = {word}
    for count in range(1, letters + 1):
        for left_out in combinations(range(len(word)), count):
            found.add("".join(letter for at, letter in enumerate(word) if at not in left_out))
    return found
