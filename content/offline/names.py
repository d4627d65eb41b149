"""The index by which a kept guide is searched: for each thing its row of the results, and its words."""

from collections import defaultdict
from typing import Any

from django.template.loader import render_to_string

from content.guide_index import strictest
from content.languages import SOURCE_LANGUAGE, reader_language
from content.models import ReferenceItem, SearchTerm
from content.refrigerants.records import refrigerants
from content.searching.finding import Found
from content.searching.terms import SUMMARY
from content.searching.words import spelling_rules, words_of

from .addresses import STRANGER, gas_address


def names_index() -> dict[str, Any]:
    """Things by name and scientific name in the reader's language, gases by number, and spelling rules.

    Of the words of summaries nothing: they would double the index.
    """
    words: dict[int, dict[str, int]] = defaultdict(dict)
    terms = SearchTerm.objects.visible_to(STRANGER).filter(
        language__in=("", SOURCE_LANGUAGE, reader_language()), weight__gt=SUMMARY
    )
    for pk, word, weight in terms.values_list("item_id", "word", "weight"):
        words[pk][word] = max(weight, words[pk].get(word, 0))
    items = ReferenceItem.objects.visible_to(STRANGER).prefetch_related("common_names", "statuses")
    things = [
        {
            "row": _row("guide/_found_row.html", one=Found(item, strictest(item.statuses.all()), None)),
            "words": words[item.pk],
        }
        for item in items
    ]
    gases = [
        {
            "row": _row("offline/_gas_row.html", gas=gas, address=gas_address(gas.key)),
            "words": dict.fromkeys(words_of(" ".join((gas.key, gas.number, gas.name, *gas.also))), 60),
        }
        for gas in refrigerants().by_key.values()
    ]
    return {"spelling": spelling_rules(), "things": things + gases}


def _row(template: str, **context: object) -> str:
    return " ".join(render_to_string(template, {**context, "LANGUAGE_CODE": reader_language()}).split())
