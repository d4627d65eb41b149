"""The guide as tables, a sheet each: their columns, what tells their rows apart, what hangs on what.

A key once given stays: rows are found again by it. The order is that in which they are written to the
guide: what others refer to comes first.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db import models
from wagtail.models import DraftStateMixin

from content.models import (
    Advice,
    CommonName,
    FieldMark,
    Hazard,
    HSLink,
    LegalStatus,
    LookAlike,
    LookAlikeMark,
    Protocol,
    ProtocolAnswer,
    ProtocolOutcome,
    ProtocolStep,
    ReferenceItem,
    ReferencePhoto,
)
from content.models.translated import TranslatedRecord

from .coded_columns import Codes, CustomsCode, Edition, Identity, LicenceCode, Reference, References
from .columns import Choice, Column, Day, Lines, Measure, Number, Words, YesNo, words_columns

# What a translated record knows about its translations. Read only for what is new to the guide.
STALE, REVIEWED = "out of date", "read by a native expert"
# By which a file says what the guide said when it was made (content/exchange/row_digests.py).
AS_EXPORTED = "as exported"


@dataclass(frozen=True, eq=False)
class Table:
    """One sheet. `related` is the owner's name for these rows."""

    name: str
    model: type[models.Model]
    own_identity: tuple[Column, ...]
    facts: tuple[Column, ...]
    owner: "Table | None" = None
    related: str = ""
    owner_heading: str = ""

    @cached_property
    def owner_columns(self) -> tuple[str, ...]:
        """The names of the columns that say whose row it is."""
        return (*self.owner.owner_columns, self.owner_heading) if self.owner else ()

    @cached_property
    def identity(self) -> tuple[str, ...]:
        """The names of the columns that tell its rows apart."""
        return (*self.owner_columns, *(column.name for column in self.own_identity))

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """All that say something about the record itself."""
        return (*self.own_identity, *self.facts)

    @cached_property
    def content(self) -> tuple[str, ...]:
        """The names of all columns that are compared, in the order of the sheet."""
        return (*self.owner_columns, *(column.name for column in self.columns))

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """The names of the columns that are about the row, not about the thing."""
        about_words = (STALE, REVIEWED) if self.is_translated else ()
        return (*about_words, AS_EXPORTED)

    @cached_property
    def headings(self) -> tuple[str, ...]:
        return (*self.content, *self.notes)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def is_translated(self) -> bool:
        return issubclass(self.model, TranslatedRecord)

    @property
    def root(self) -> "Table":
        """The table of the records that are saved as a whole."""
        return self.owner.root if self.owner else self

    @property
    def keeps_drafts(self) -> bool:
        """Whether a change waits as a draft. Where it doesn't, readers see it at once."""
        return issubclass(self.root.model, DraftStateMixin)

    @property
    def title(self) -> str:
        return self.name.capitalize().replace("Hs codes", "HS codes")

    def words(self) -> tuple[Words, ...]:
        return tuple(column for column in self.facts if isinstance(column, Words))

    def children(self) -> "tuple[Table, ...]":
        return tuple(table for table in TABLES if table.owner is self)

    def owner_of(self, identity: Identity) -> Identity:
        return identity[: len(self.owner_columns)]

    def root_of(self, identity: Identity) -> Identity:
        return identity[: len(self.root.identity)]


HAZARDS = Table(
    "hazards",
    Hazard,
    (Column("key", Hazard, "key"),),
    (*words_columns("title", Hazard, "title"), *words_columns("what to do first", Hazard, "text")),
)
ADVICE = Table(
    "advice",
    Advice,
    (Choice("kind", Advice, "kind"), Column("key", Advice, "key")),
    words_columns("points, one a line", Advice, "points"),
)
PROTOCOLS = Table(
    "protocols",
    Protocol,
    (Column("key", Protocol, "key"),),
    (
        Number("version", Protocol, "version"),
        *words_columns("title", Protocol, "title"),
        *words_columns("introduction", Protocol, "intro"),
        *words_columns("safety", Protocol, "safety"),
        Column("source", Protocol, "source"),
        YesNo("read by an expert", Protocol, "verified"),
    ),
)
STEPS = Table(
    "protocol steps",
    ProtocolStep,
    (Column("key", ProtocolStep, "key"),),
    (
        Number("position", ProtocolStep, "position"),
        Choice("kind", ProtocolStep, "kind"),
        *words_columns("title", ProtocolStep, "title"),
        *words_columns("what can hurt", ProtocolStep, "safety"),
        *words_columns("what to do", ProtocolStep, "text"),
        Column("leads to", ProtocolStep, "leads_to"),
        Choice("unit", ProtocolStep, "unit"),
        Number("fewest readings", ProtocolStep, "readings_least"),
        Number("most readings", ProtocolStep, "readings_most"),
        Measure("lowest reading", ProtocolStep, "lowest"),
        Measure("highest reading", ProtocolStep, "highest"),
        Column("drawn figure", ProtocolStep, "figure"),
        Column("source", ProtocolStep, "source"),
        YesNo("read by an expert", ProtocolStep, "verified"),
    ),
    PROTOCOLS,
    "steps",
    "protocol",
)
ANSWERS = Table(
    "protocol answers",
    ProtocolAnswer,
    (Column("key", ProtocolAnswer, "key"),),
    (
        Number("position", ProtocolAnswer, "position"),
        *words_columns("answer", ProtocolAnswer, "text"),
        Column("leads to", ProtocolAnswer, "leads_to"),
        Measure("average above", ProtocolAnswer, "above"),
        Measure("average below", ProtocolAnswer, "below"),
    ),
    STEPS,
    "answers",
    "step",
)
OUTCOMES = Table(
    "protocol outcomes",
    ProtocolOutcome,
    (Column("key", ProtocolOutcome, "key"),),
    (
        Number("position", ProtocolOutcome, "position"),
        Choice("tone", ProtocolOutcome, "tone"),
        *words_columns("title", ProtocolOutcome, "title"),
        *words_columns("what it means", ProtocolOutcome, "text"),
    ),
    PROTOCOLS,
    "outcomes",
    "protocol",
)
ITEMS = Table(
    "items",
    ReferenceItem,
    (Column("key", ReferenceItem, "key"),),
    (
        Choice("kind", ReferenceItem, "kind"),
        Choice("part or device", ReferenceItem, "form"),
        Reference("belongs to", ReferenceItem, "parent", table="items"),
        Number("position", ReferenceItem, "position"),
        Column("scientific name", ReferenceItem, "scientific_name"),
        Lines("names the recogniser knows", ReferenceItem, "backbone_classes"),
        YesNo("demonstration only", ReferenceItem, "demonstration"),
        *words_columns("summary", ReferenceItem, "summary"),
        *words_columns("how it is hidden", ReferenceItem, "concealment"),
        Column("source of how it is hidden", ReferenceItem, "concealment_source"),
        YesNo("how it is hidden: read by an expert", ReferenceItem, "concealment_verified"),
        References("hazards", ReferenceItem, "hazards", table="hazards"),
        Reference(
            "documents to ask for",
            ReferenceItem,
            "documents",
            table="advice",
            below=(str(Advice.Kind.DOCUMENTS),),
        ),
        Reference(
            "next steps", ReferenceItem, "next_steps", table="advice", below=(str(Advice.Kind.NEXT_STEPS),)
        ),
        Reference(
            "after detention",
            ReferenceItem,
            "after_detention",
            table="advice",
            below=(str(Advice.Kind.AFTER_DETENTION),),
        ),
        Column("drawn figure", ReferenceItem, "figure"),
        Reference("protocol", ReferenceItem, "protocol", table="protocols"),
    ),
)
NAMES = Table(
    "common names",
    CommonName,
    (
        Choice("language", CommonName, "language"),
        Column("region", CommonName, "region"),
        Column("name", CommonName, "name"),
    ),
    (YesNo("preferred", CommonName, "preferred"), Column("source", CommonName, "source")),
    ITEMS,
    "common_names",
    "item",
)
FIELD_MARKS = Table(
    "field marks",
    FieldMark,
    (Column("key", FieldMark, "key"),),
    (
        Number("position", FieldMark, "position"),
        *words_columns("what to look at", FieldMark, "text"),
        Column("source", FieldMark, "source"),
        YesNo("read by an expert", FieldMark, "verified"),
    ),
    ITEMS,
    "field_marks",
    "item",
)
STATUSES = Table(
    "legal statuses",
    LegalStatus,
    (Column("key", LegalStatus, "key"),),
    (
        Choice("instrument", LegalStatus, "instrument"),
        Column("listing", LegalStatus, "listing"),
        Lines("scientific names", LegalStatus, "taxa"),
        Codes("populations", LegalStatus, "populations"),
        YesNo("all populations except these", LegalStatus, "populations_excluded"),
        Column("annotation", LegalStatus, "annotation"),
        *words_columns("what it depends on", LegalStatus, "condition"),
        Column("jurisdiction", LegalStatus, "jurisdiction"),
        Day("in force from", LegalStatus, "in_force_from"),
        Day("in force until", LegalStatus, "in_force_until"),
        Day("as of", LegalStatus, "as_of"),
        Column("source", LegalStatus, "source"),
        Column("verified by", LegalStatus, "verified_by"),
        Day("verified on", LegalStatus, "verified_on"),
    ),
    ITEMS,
    "statuses",
    "item",
)
CUSTOMS_CODES = Table(
    "HS codes",
    HSLink,
    (
        CustomsCode("code", HSLink, "code"),
        Choice("role", HSLink, "role"),
        Edition("edition", HSLink, "edition"),
    ),
    (),
    ITEMS,
    "hs_links",
    "item",
)
LOOK_ALIKES = Table(
    "look-alikes",
    LookAlike,
    (Column("key", LookAlike, "key"),),
    (
        Reference("one thing", LookAlike, "first", table="items"),
        Reference("the other thing", LookAlike, "second", table="items"),
        *words_columns("what decides between them", LookAlike, "deciding"),
    ),
)
LOOK_ALIKE_MARKS = Table(
    "look-alike marks",
    LookAlikeMark,
    (Column("key", LookAlikeMark, "key"),),
    (
        Number("position", LookAlikeMark, "position"),
        *words_columns("what to look at", LookAlikeMark, "mark"),
        *words_columns("on the one thing", LookAlikeMark, "first_side"),
        *words_columns("on the other thing", LookAlikeMark, "second_side"),
        Column("source", LookAlikeMark, "source"),
        YesNo("read by an expert", LookAlikeMark, "verified"),
    ),
    LOOK_ALIKES,
    "marks",
    "look-alike",
)
PHOTOS = Table(
    "reference photos",
    ReferencePhoto,
    (Column("photo (SHA-256)", ReferencePhoto, "sha256"),),
    (
        Reference("item", ReferencePhoto, "item", table="items"),
        Choice("view", ReferencePhoto, "view"),
        Column("specimen", ReferencePhoto, "specimen"),
        Column("author", ReferencePhoto, "author"),
        LicenceCode("licence", ReferencePhoto, "licence"),
        Choice("version of the licence", ReferencePhoto, "licence_version"),
        Column("link to the source", ReferencePhoto, "source"),
    ),
)

TABLES: tuple[Table, ...] = (
    HAZARDS,
    ADVICE,
    PROTOCOLS,
    STEPS,
    ANSWERS,
    OUTCOMES,
    ITEMS,
    NAMES,
    FIELD_MARKS,
    STATUSES,
    CUSTOMS_CODES,
    LOOK_ALIKES,
    LOOK_ALIKE_MARKS,
    PHOTOS,
)
_BY_NAME = {table.name.casefold(): table for table in TABLES}


def table_named(name: str) -> Table | None:
    """The table of a sheet, however its name is written."""
    return _BY_NAME.get(" ".join(name.casefold().replace("_", " ").split()))
