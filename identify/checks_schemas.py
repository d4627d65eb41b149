"""What the API's checks take and answer. Days and codes come as text, to be refused in words."""

import datetime
from decimal import Decimal

from ninja import Schema

from content.checks.findings import Finding, Findings
from content.checks.hs import HSChecked, Triggered, Verdict
from content.legal import LawShown

from .schemas import StatusOut, status_out


class HSCheckIn(Schema):
    """A declared code; what the goods may be; how they are described."""

    code: str
    thing: str = ""
    description: str = ""


class HeadingOut(Schema):
    """A code to consider. The description is English and shortened."""

    code: str
    role: str
    description: str


class VerdictOut(Schema):
    """How the guide links a thing and the code: belongs, waste, hidden, same-heading or not-linked."""

    item: str
    name: str
    relation: str
    through: str | None
    to_consider: list[HeadingOut]


class TriggeredOut(Schema):
    """A thing that the guide links to the code or its heading."""

    item: str
    name: str
    code: str
    relation: str
    label: str
    in_force: bool


class NationalCodeOut(Schema):
    national_code: str
    note: str


class HSCheckOut(Schema):
    """A code beside a thing, a description, the guide and the reader's country sheet."""

    code: str
    national_digits: str
    edition: int
    known: bool
    description: str
    heading_description: str
    verdict: VerdictOut | None
    candidates: list[str]
    shared_words: list[str] | None
    named_in_description: list[VerdictOut]
    triggered: list[TriggeredOut]
    same_heading: list[TriggeredOut]
    instruments: list[str]
    national_codes: list[NationalCodeOut]


class PermitIn(Schema):
    """The boxes of a CITES paper, one line of it; empty where the paper says nothing."""

    document: str
    presented_on: str
    carrier: str = ""
    stamp: str = ""
    issued_on: str = ""
    valid_until: str = ""
    exported_on: str = ""
    exporter: str = ""
    importer: str = ""
    country_of_origin: str = ""
    origin_permit: str = ""
    species: str = ""
    kingdom: str = ""
    appendix: str = ""
    source: str = ""
    second_source: str = ""
    purpose: str = ""
    term: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    found_quantity: Decimal | None = None
    found_unit: str = ""


class WasteIn(Schema):
    """The boxes of a Basel document; quantities in tonnes."""

    document: str
    shipped_on: str
    notification_number: str = ""
    code: str = ""
    hazard: str = ""
    operation: str = ""
    thing: str = ""
    consent: str = ""
    consented_on: str = ""
    transit_consent: str = ""
    first_departure: str = ""
    last_departure: str = ""
    exporter: str = ""
    importer: str = ""
    notified_tonnes: Decimal | None = None
    shipped_tonnes: Decimal | None = None


class LicenceIn(Schema):
    """The boxes of an ODS or HFC licence and what stands on the goods; masses in kilograms."""

    direction: str
    crossed_on: str
    issued_on: str = ""
    valid_until: str = ""
    substance: str = ""
    label: str = ""
    condition: str = ""
    use: str = ""
    licensed_kg: Decimal | None = None
    containers: int | None = None
    kg_each: Decimal | None = None
    exporter: str = ""
    importer: str = ""


class FindingOut(Schema):
    """One rule: what it says, where it stands, and whether that was read in the text itself."""

    rule: str
    outcome: str
    text: str
    source: str
    as_of: datetime.date
    verified: bool


class FindingsOut(Schema):
    """What the rules say of a paper. Never that it is genuine, and never that it is not."""

    contradicts: list[FindingOut]
    ask: list[FindingOut]
    fits: list[FindingOut]
    unseen: list[str]
    law: list[StatusOut]


def _verdict_out(verdict: Verdict) -> VerdictOut:
    return VerdictOut(
        item=verdict.item.key,
        name=verdict.item.name,
        relation=verdict.relation,
        through=verdict.through.key if verdict.through else None,
        to_consider=[
            HeadingOut(code=heading.code, role=heading.role, description=heading.description)
            for heading in verdict.to_consider
        ],
    )


def _triggered_out(one: Triggered) -> TriggeredOut:
    return TriggeredOut(
        item=one.item.key,
        name=one.item.name,
        code=one.code,
        relation=one.relation,
        label=one.strictest.label if one.strictest else "",
        in_force=one.strictest is not None and not one.strictest.not_yet_in_force,
    )


def hs_check_out(checked: HSChecked) -> HSCheckOut:
    """The answer about a code, its names in the language in force."""
    return HSCheckOut(
        code=checked.code.written,
        national_digits=checked.code.national,
        edition=checked.edition,
        known=checked.known,
        description=checked.description,
        heading_description=checked.heading_description,
        verdict=_verdict_out(checked.verdict) if checked.verdict else None,
        candidates=[item.key for item in checked.candidates],
        shared_words=checked.said.shared if checked.said else None,
        named_in_description=[_verdict_out(one) for one in checked.said.named] if checked.said else [],
        triggered=[_triggered_out(one) for one in checked.exactly],
        same_heading=[_triggered_out(one) for one in checked.by_heading],
        instruments=checked.instruments,
        national_codes=[
            NationalCodeOut(national_code=line.national_code, note=line.note) for line in checked.national
        ],
    )


def _finding_out(finding: Finding) -> FindingOut:
    return FindingOut(
        rule=finding.rule,
        outcome=finding.outcome,
        text=finding.text,
        source=finding.source.title,
        as_of=finding.source.as_of,
        verified=finding.source.verified,
    )


def findings_out(findings: Findings, law: list[LawShown]) -> FindingsOut:
    """The findings about a paper, its words in the language in force."""
    return FindingsOut(
        contradicts=[_finding_out(one) for one in findings.contradicting],
        ask=[_finding_out(one) for one in findings.to_ask],
        fits=[_finding_out(one) for one in findings.fitting],
        unseen=findings.unseen,
        law=[status_out(status) for status in law],
    )
