"""Which things of the guide a few typed words may mean: a key, a name in any language, a scientific name."""

import re
import unicodedata

from django.db.models import F, Q, TextField, Value
from django.utils.text import slugify

from accounts.access import Reader
from content.models import CommonName, ReferenceItem

LONGEST = 200
# More than these need a longer name, not a longer list.
MOST = 12
SHORTEST_IN_A_SENTENCE = 4


def tidy(text: str) -> str:
    """Typed words with one space between them; without characters that no name has."""
    seen = "".join(
        sign for sign in unicodedata.normalize("NFKC", text) if sign.isprintable() or sign.isspace()
    )
    return " ".join(seen.split())[:LONGEST]


def items_named(reader: Reader, text: str) -> list[ReferenceItem]:
    """The items that the words name exactly; else those whose name contains them. At most MOST."""
    words = tidy(text)
    if not words:
        return []
    items = ReferenceItem.objects.visible_to(reader)
    by_key = items.filter(key=slugify(words))
    if by_key:
        return list(by_key)
    # A database folds the case of Latin letters only, so the other scripts are asked as they are written.
    spellings = {words, words.lower(), words.capitalize()}
    exact, within = Q(scientific_name__iexact=words), Q(scientific_name__icontains=words)
    for spelling in spellings:
        exact |= Q(common_names__name__iexact=spelling)
        within |= Q(common_names__name__icontains=spelling)
    return list(items.filter(exact).distinct()[:MOST]) or list(items.filter(within).distinct()[:MOST])


def items_named_within(reader: Reader, text: str) -> list[ReferenceItem]:
    """The items that a description names somewhere, the longest names first. At most MOST."""
    words = tidy(text)
    if not words:
        return []
    names = (
        CommonName.objects.filter(item__in=ReferenceItem.objects.visible_to(reader))
        .annotate(description=Value(words, output_field=TextField()))
        .filter(description__icontains=F("name"))
        .select_related("item")
    )
    found = sorted(
        (name for name in names if _stands_alone(name.name, words)), key=lambda name: -len(name.name)
    )
    return list(dict.fromkeys(name.item for name in found))[:MOST]


def _stands_alone(name: str, words: str) -> bool:
    """Whether a name stands in the words as a word. Chinese writes no spaces between words."""
    if any("\u4e00" <= sign <= "\u9fff" for sign in name):
        return len(name) > 1
    if len(name) < SHORTEST_IN_A_SENTENCE:
        return False
    return re.search(rf"(?<!\w){re.escape(name)}(?:s|es)?(?!\w)", words, re.IGNORECASE) is not None
