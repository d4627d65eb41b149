"""What a record of the guide must have before readers see it.

Pure rules over a record and what hangs on it, as they stand in memory: a draft is judged by what it would
publish. Each answers with sentences in the reader's language that name what is wrong, where, and what to do.
Called by the editors' forms, by imports, and by every way to publish (content/models/published.py).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from django.urls import Resolver404, resolve, reverse
from django.urls.exceptions import NoReverseMatch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .checks.hs_codes import EDITION, description_of, digits_of
from .contradictions import contradict
from .figures import LIBRARY
from .languages import LANGUAGES, SOURCE_LANGUAGE
from .places import is_country

if TYPE_CHECKING:
    from .models import (
        CommonName,
        FieldMark,
        HSLink,
        LegalStatus,
        LookAlike,
        LookAlikeMark,
        ReferenceItem,
    )
    from .models.translated import TranslatedRecord

# The longest text of the guide has 800 characters; a phone shows some 600 at a time.
LONGEST_TEXT = 6_000
LONGEST_LIST = 400  # scientific names or populations of one status
HS_LENGTHS = (4, 6)
MARKUP = re.compile(r"[<>]|&#?\w+;")


def problems_of_item(item: "ReferenceItem") -> list[str]:
    """Why an item can't be published, one sentence each. Empty where it can."""
    names, statuses = list(item.common_names.all()), list(item.statuses.all())
    return [
        *key_problems(item.key),
        *_item_words(item),
        *_figure_problems(item.figure),
        *parent_problems(item),
        *name_problems(names),
        *(problem for mark in item.field_marks.all() for problem in field_mark_problems(mark)),
        *(problem for status in statuses for problem in status_problems(status)),
        *contradictions(statuses),
        *(problem for link in item.hs_links.all() for problem in hs_problems(link)),
    ]


def problems_of_pair(pair: "LookAlike") -> list[str]:
    """Why a pair of look-alikes can't be published."""
    marks = list(pair.marks.all())
    found = list(side_problems(pair))
    if not marks:
        found.append(_("Add a mark that tells the two apart: without one, the pair helps nobody."))
    found += _without_english(pair, _("This pair"), {"deciding": _("what decides between them")})
    found += _too_long(pair, _("This pair"))
    for number, mark in enumerate(marks, 1):
        found += pair_mark_problems(mark, number)
    return found


# --- Items ----------------------------------------------------------------------------------------


def key_problems(key: str) -> Iterator[str]:
    """The key is the item's address, which must not be one that the guide's own pages have."""
    try:
        match = resolve(reverse("guide:item", args=[key]))
    except (NoReverseMatch, Resolver404):
        yield _("The key “%(key)s” can't stand in an address. Use letters a to z, digits and hyphens.") % {
            "key": key
        }
        return
    if match.view_name != "guide:item" or match.kwargs.get("key") != key:
        yield _("The key “%(key)s” is the address of another page of the guide. Choose another key.") % {
            "key": key
        }


def _item_words(item: "ReferenceItem") -> Iterator[str]:
    here = _("This item")
    yield from _without_english(item, here, {"summary": _("summary")})
    yield from _too_long(item, here)
    yield from _with_markup(_("Scientific name"), item.scientific_name)
    if any(item.words("concealment", language) for language in LANGUAGES) and not item.concealment_source:
        yield _("How it is hidden has no source. Say where this is known from.")


def _figure_problems(figure: str) -> Iterator[str]:
    if figure and figure not in LIBRARY.drawings():
        yield _("There is no drawing “%(figure)s”. Choose one of: %(known)s.") % {
            "figure": figure,
            "known": ", ".join(LIBRARY.drawings()),
        }


def parent_problems(item: "ReferenceItem") -> Iterator[str]:
    """An item is not its own parent, and none of its parents belongs to it."""
    line = [item]
    above = item.parent
    while above is not None:
        if _same(above, item):
            if len(line) == 1:
                yield _("“Belongs to” names the item itself. Choose another one, or none.")
            else:
                yield _(
                    "“Belongs to” goes round in a circle: %(line)s. Choose another one for one of them."
                ) % {"line": " < ".join(one.key for one in (*line, above))}
            return
        if any(_same(above, known) for known in line):
            return  # a circle further up, of which this item is no part
        line.append(above)
        above = above.parent


def _same(one: "ReferenceItem", other: "ReferenceItem") -> bool:
    return one is other or (one.pk is not None and one.pk == other.pk)


def name_problems(names: Sequence["CommonName"]) -> Iterator[str]:
    """Names are plain text, and one a language is preferred; English is what others fall back to."""
    if not any(name.language == SOURCE_LANGUAGE and name.name.strip() for name in names):
        yield _("Add a common name in English: it is shown where a language has none.")
    yield from preferred_twice(names)
    for name in names:
        where = _("Common name “%(name)s”") % {"name": name.name[:60]}
        if not name.name.strip():
            yield _("A common name is empty. Write it, or delete the row.")
        yield from _with_markup(where, name.name, name.source)


def preferred_twice(names: Iterable["CommonName"]) -> Iterator[str]:
    preferred = [name for name in names if name.preferred]
    for language in LANGUAGES:
        of_language = [name.name for name in preferred if name.language == language]
        if len(of_language) > 1:
            yield _("Two names are preferred in one language (%(names)s). Keep the tick at one.") % {
                "names": f"{language}: {', '.join(of_language)}"
            }


def field_mark_problems(mark: "FieldMark") -> Iterator[str]:
    where = _("Field mark “%(key)s”") % {"key": mark.key}
    yield from _without_english(mark, where, {"text": _("what to look at")})
    yield from _too_long(mark, where)
    yield from _without_source(where, mark.source)
    yield from _with_markup(where, mark.source)


def hs_problems(link: "HSLink") -> Iterator[str]:
    """The code is one of the Harmonized System; of its editions, one can be looked up here."""
    digits = digits_of(link.code)
    if not (digits.isascii() and digits.isdecimal() and len(digits) in HS_LENGTHS):
        yield _("HS code “%(code)s”: write four or six digits, such as 4403 or 4403.49.") % {
            "code": link.code
        }
    elif link.edition == EDITION and not description_of(digits):
        yield _(
            "HS code “%(code)s” does not exist in the edition of %(edition)d. Look the code up again, or "
            "correct the edition."
        ) % {"code": link.code, "edition": link.edition}


# --- The law --------------------------------------------------------------------------------------


def status_problems(status: "LegalStatus") -> Iterator[str]:
    where = _("Legal status %(status)s") % {"status": _status_name(status)}
    yield from _without_source(where, status.source)
    if status.as_of is None:
        yield _("%(where)s has no date. Say as of which day you read the source.") % {"where": where}
    yield from _without_english(status, where, {"condition": _("what it depends on")})
    yield from _too_long(status, where)
    yield from _with_markup(where, status.source, status.verified_by, *map(str, status.taxa))
    unknown = [code for code in status.populations if not is_country(str(code))]
    if unknown:
        yield _("%(where)s: %(codes)s is no country. Write two letters as in ISO 3166.") % {
            "where": where,
            "codes": ", ".join(map(str, unknown)),
        }
    if max(len(status.taxa), len(status.populations)) > LONGEST_LIST:
        yield _("%(where)s names more than %(most)d names. Split it into two.") % {
            "where": where,
            "most": LONGEST_LIST,
        }
    begins, ends = status.in_force_from, status.in_force_until
    if begins and ends and ends < begins:
        yield _("%(where)s ends before it begins. Correct one of the two days.") % {"where": where}


def contradictions(statuses: Sequence["LegalStatus"]) -> Iterator[str]:
    """Two listings of the same thing, under one instrument, on one day."""
    for one, other in combinations(statuses, 2):
        if contradict(one, other):
            yield _(
                "%(one)s and %(other)s contradict each other: the same goods on the same day. Say by "
                "population, scientific name or condition how they differ, or end the older one."
            ) % {"one": _status_name(one), "other": _status_name(other)}


def _status_name(status: "LegalStatus") -> str:
    name = status.label or status.key
    if status.in_force_from:
        name = _("%(status)s from %(day)s") % {"status": name, "day": status.in_force_from.isoformat()}
    return f"“{name}”"


# --- Look-alikes ----------------------------------------------------------------------------------


def side_problems(pair: "LookAlike") -> Iterator[str]:
    """Two different things, and not a pair that stands already the other way round."""
    if pair.first_id is None or pair.second_id is None:
        yield _("Choose both things of the pair.")
        return
    if pair.first_id == pair.second_id:
        yield _("A thing is no look-alike of itself. Choose another one.")
        return
    reverse_pair = type(pair)._default_manager.filter(first=pair.second_id, second=pair.first_id)
    if reverse_pair.exclude(pk=pair.pk).exists():
        yield _("This pair is there already, the other way round. Add your marks to that one.")


def pair_mark_problems(mark: "LookAlikeMark", number: int) -> Iterator[str]:
    where = _("Mark %(number)d") % {"number": number}
    needed = {
        "mark": _("what to look at"),
        "first_side": _("on the one thing"),
        "second_side": _("on the other thing"),
    }
    yield from _without_english(mark, where, needed)
    yield from _too_long(mark, where)
    yield from _without_source(where, mark.source)
    yield from _with_markup(where, mark.source, *(mark.words("mark", language) for language in LANGUAGES))


# --- What all of them share -----------------------------------------------------------------------


def _without_english(record: "TranslatedRecord", where: str, needed: dict[str, str]) -> Iterator[str]:
    for field, label in needed.items():
        if not record.words(field, SOURCE_LANGUAGE).strip():
            yield _("%(where)s lacks its English words: %(field)s. Write them.") % {
                "where": where,
                "field": label,
            }


def _without_source(where: str, source: str) -> Iterator[str]:
    if not source.strip():
        yield _("%(where)s has no source. Say which book, list or person this comes from.") % {"where": where}


def _with_markup(where: str, *texts: str) -> Iterator[str]:
    if any(MARKUP.search(text) for text in texts):
        yield _("%(where)s holds HTML or the signs < and >. Write plain text.") % {"where": where}


def _too_long(record: "TranslatedRecord", where: str) -> Iterator[str]:
    for field in record.translated_fields():
        for language in LANGUAGES:
            length = len(record.words(field, language))
            if length > LONGEST_TEXT:
                yield ngettext(
                    "%(where)s is too long (%(language)s): %(length)d character, and %(most)d are the most.",
                    "%(where)s is too long (%(language)s): %(length)d characters, and %(most)d are the most.",
                    length,
                ) % {"where": where, "language": language, "length": length, "most": LONGEST_TEXT}
