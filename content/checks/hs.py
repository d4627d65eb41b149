"""Is a declared code where a thing belongs, or where it hides? And what does the code itself call for?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from accounts.access import Reader
from content.guide_index import strictest
from content.models import CountrySheet, HSLink, LegalStatus, ReferenceItem, TariffLine

from .guide_names import items_named, items_named_within
from .hs_codes import EDITION, HS_DIGITS, Code, description_of, digits_of

SHORTEST_WORD = 4
# Words of descriptions that say nothing of the goods.
EMPTY_WORDS = frozenset(
    [
        "other",
        "than",
        "from",
        "with",
        "without",
        "whether",
        "having",
        "their",
        "thereof",
        "used",
        "goods",
        "articles",
        "products",
        "parts",
        "items",
        "item",
        "piece",
        "pieces",
        "including",
        "included",
        "excluding",
        "excluded",
        "specified",
        "elsewhere",
        "heading",
        "chapter",
        "code",
    ]
)


class Relation(StrEnum):
    """How the guide links a thing and a code. What goods hide under is for officers."""

    BELONGS = "belongs"
    WASTE = "waste"
    HIDDEN = "hidden"
    SAME_HEADING = "same-heading"
    NOT_LINKED = "not-linked"


_OF_ROLE = {
    HSLink.Role.PROPER: Relation.BELONGS,
    HSLink.Role.WASTE: Relation.WASTE,
    HSLink.Role.MISUSED: Relation.HIDDEN,
}
# A code may be linked twice, as waste and as a place to hide: what needs a closer look is said first.
_ORDER = [Relation.HIDDEN, Relation.BELONGS, Relation.WASTE, Relation.SAME_HEADING, Relation.NOT_LINKED]


@dataclass(frozen=True, slots=True)
class Heading:
    """A code to consider, with its English description."""

    code: str
    role: str
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A thing against the code; `through` is the finer or wider thing that the link belongs to."""

    item: ReferenceItem
    relation: Relation
    through: ReferenceItem | None
    to_consider: list[Heading]


@dataclass(frozen=True, slots=True)
class Triggered:
    """A thing that the guide links to the code, and how; the strictest listing of its own."""

    item: ReferenceItem
    relation: Relation
    code: str
    strictest: LegalStatus | None


class Wording(StrEnum):
    """The declared description against the code's own words, which are English."""

    SHARES = "shares"
    NOTHING_SHARED = "nothing-shared"


@dataclass(frozen=True, slots=True)
class DescriptionRead:
    """What the description says beside the code."""

    wording: Wording
    shared: list[str]
    named: list[Verdict]


@dataclass(frozen=True, slots=True)
class HSChecked:
    """The whole answer about one code."""

    code: Code
    edition: int
    description: str
    heading_description: str
    chapter_description: str
    verdict: Verdict | None = None
    candidates: list[ReferenceItem] = field(default_factory=list)
    nothing_named: bool = False
    said: DescriptionRead | None = None
    exactly: list[Triggered] = field(default_factory=list)
    by_heading: list[Triggered] = field(default_factory=list)
    national: list[TariffLine] = field(default_factory=list)

    @property
    def known(self) -> bool:
        """Whether this edition of the Harmonized System has the code."""
        return bool(self.description)

    @property
    def instruments(self) -> list[str]:
        """The instruments under which something of this code is listed, in the order of the law."""
        found = {one.strictest.instrument for one in self.exactly if one.strictest}
        return [instrument for instrument in LegalStatus.Instrument.values if instrument in found]


def check_code(
    reader: Reader, code: Code, thing: str = "", description: str = "", sheet: CountrySheet | None = None
) -> HSChecked:
    """Compare a declared code with a thing, a description and the reader's country sheet, as far as given."""
    items = items_named(reader, thing) if thing.strip() else []
    exactly, by_heading = _triggered(reader, code)
    return HSChecked(
        code=code,
        edition=EDITION,
        description=description_of(code.six),
        heading_description=description_of(code.heading),
        chapter_description=description_of(code.chapter),
        verdict=_verdicts(reader, code, items)[0] if len(items) == 1 else None,
        candidates=items if len(items) > 1 else [],
        nothing_named=bool(thing.strip()) and not items,
        said=_read(reader, code, description, exactly) if description.strip() else None,
        exactly=exactly,
        by_heading=by_heading,
        national=_national(sheet, code),
    )


def _verdicts(reader: Reader, code: Code, items: list[ReferenceItem]) -> list[Verdict]:
    if not items:
        return []
    lines = ReferenceItem.objects.visible_to(reader).lineages()
    families = {
        item.pk: lines.get(item.pk, {item.pk}) | {pk for pk, line in lines.items() if item.pk in line}
        for item in items
    }
    links = list(
        HSLink.objects.visible_to(reader)
        .filter(item__in=set().union(*families.values()) & set(lines))
        .select_related("item")
        .prefetch_related("item__common_names")
    )
    return [
        _verdict(code, item, [link for link in links if link.item_id in families[item.pk]]) for item in items
    ]


def _verdict(code: Code, item: ReferenceItem, links: list[HSLink]) -> Verdict:
    """The item's own links count before those of its family."""
    own = [link for link in links if link.item_id == item.pk]
    for group in (own, links):
        relation, link = _relation(code, group)
        if relation is not Relation.NOT_LINKED:
            break
    through = link.item if link is not None and link.item_id != item.pk else None
    return Verdict(item, relation, through, _to_consider(own or links))


def _relation(code: Code, links: Iterable[HSLink]) -> tuple[Relation, HSLink | None]:
    found: dict[Relation, HSLink] = {}
    for link in links:
        linked = digits_of(link.code)
        if code.whole.startswith(linked):
            found.setdefault(_OF_ROLE[HSLink.Role(link.role)], link)
        elif linked[:4] == code.heading and link.role != HSLink.Role.MISUSED:
            found.setdefault(Relation.SAME_HEADING, link)
    for relation in _ORDER:
        if relation in found:
            return relation, found[relation]
    return Relation.NOT_LINKED, None


def _to_consider(links: Iterable[HSLink]) -> list[Heading]:
    """Where the thing belongs, as goods and as waste."""
    lawful = {
        (link.role, link.code): link for link in links if link.role in (HSLink.Role.PROPER, HSLink.Role.WASTE)
    }
    return [
        Heading(link.code, link.role, str(HSLink.Role(link.role).label), description_of(digits_of(link.code)))
        for _key, link in sorted(lawful.items(), key=lambda pair: pair[0])
    ]


def _triggered(reader: Reader, code: Code) -> tuple[list[Triggered], list[Triggered]]:
    """What the guide links to the six digits, and what else to their heading."""
    links = (
        HSLink.objects.visible_to(reader)
        .filter(code__startswith=code.heading, item__in=ReferenceItem.objects.visible_to(reader))
        .select_related("item")
        .prefetch_related("item__common_names", "item__statuses")
        .order_by("item__position", "item__key", "code")
    )
    exactly: dict[tuple[int, str], Triggered] = {}
    by_heading: dict[int, Triggered] = {}
    for link in links:
        one = Triggered(
            link.item,
            _OF_ROLE[HSLink.Role(link.role)],
            link.code,
            strictest(link.item.statuses.all()),
        )
        linked = digits_of(link.code)
        if code.six.startswith(linked[:HS_DIGITS]):
            exactly.setdefault((link.item_id, link.role), one)
        else:
            by_heading.setdefault(link.item_id, one)
    named = {item for item, _role in exactly}
    return list(exactly.values()), [one for pk, one in by_heading.items() if pk not in named]


def _read(reader: Reader, code: Code, description: str, exactly: list[Triggered]) -> DescriptionRead:
    """The description against the words of code and heading, and against the guide's own names."""
    texts = [description_of(code.six), description_of(code.heading), description_of(code.chapter)]
    texts += [name.name for one in exactly for name in one.item.common_names.all()]
    shared = sorted(_words(description) & _words(" ".join(texts)))
    named = _verdicts(reader, code, items_named_within(reader, description))
    return DescriptionRead(Wording.SHARES if shared else Wording.NOTHING_SHARED, shared, named)


def _words(text: str) -> set[str]:
    """The words that name goods, singular and plural as one."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return {
        word.removesuffix("s") for word in words if len(word) >= SHORTEST_WORD and word not in EMPTY_WORDS
    }


def _national(sheet: CountrySheet | None, code: Code) -> list[TariffLine]:
    """The reader's own national codes below the six digits."""
    if sheet is None:
        return []
    return [line for line in sheet.tariff_lines.all() if digits_of(line.hs_code) == code.six]
