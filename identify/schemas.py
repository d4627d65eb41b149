"""What the API answers."""

import datetime
import uuid

from ninja import Schema

from content.legal import LawShown
from content.national import RuleShown

from .actions import KEPT_WITH_LAW
from .answers import AnswerShown
from .models import Identification


class StatusOut(Schema):
    """A legal status as it stood when the answer was given."""

    instrument: str
    listing: str
    label: str
    condition: str
    jurisdiction: str
    in_force_from: datetime.date | None
    in_force_until: datetime.date | None
    in_force: bool
    as_of: datetime.date
    source: str
    verified: bool


class NationalRuleOut(Schema):
    """A rule of the officer's own administration as it stood when the answer was given.

    Not a status: a status without a listing says that something is in no list.
    """

    jurisdiction: str
    instrument: str
    text: str
    language: str
    in_force_from: datetime.date | None
    in_force: bool
    as_of: datetime.date
    source: str
    example: bool


class AnswerOut(Schema):
    """What the photos are consistent with: an item of the guide, at the deepest rank that is sure enough."""

    item: str
    name: str
    rank: int
    probability: float


class CandidateOut(Schema):
    """One thing that the photos may show; the likeliest first."""

    item: str
    name: str
    probability: float
    status: list[StatusOut]
    national_rules: list[NationalRuleOut]
    concealment: str
    hidden_under: list[str]


class RefusedOut(Schema):
    """A photo that was not used."""

    name: str
    code: str
    detail: str


class IdentificationOut(Schema):
    """An answer. A photo is a reason to look closer, not proof."""

    id: uuid.UUID
    url: str
    created_at: datetime.datetime
    unknown: bool
    answer: AnswerOut | None
    candidates: list[CandidateOut]
    things_known: int
    calibrated: bool
    versions: dict[str, str]
    refused: list[RefusedOut]


def status_out(law: LawShown) -> StatusOut:
    """A status for a program, its condition in the language in force."""
    return StatusOut(
        instrument=law.instrument,
        listing=law.listing,
        label=law.label,
        condition=law.condition,
        jurisdiction=law.jurisdiction,
        in_force_from=law.in_force_from,
        in_force_until=law.in_force_until,
        in_force=not (law.not_yet_in_force or law.ended),
        as_of=law.as_of,
        source=law.source,
        verified=law.verified,
    )


def _rule_out(rule: RuleShown) -> NationalRuleOut:
    return NationalRuleOut(
        jurisdiction=rule.jurisdiction,
        instrument=rule.instrument,
        text=rule.text,
        language=rule.language,
        in_force_from=rule.in_force_from,
        in_force=not rule.not_yet_in_force,
        as_of=rule.as_of,
        source=rule.source,
        example=rule.example,
    )


def identification_out(found: Identification, url: str) -> IdentificationOut:
    """The answer for a program, its names in the language in force."""
    shown = AnswerShown(found, candidates=KEPT_WITH_LAW)
    answer = None
    if found.item:
        answer = AnswerOut(item=found.item, name=shown.name, rank=found.rank, probability=found.probability)
    return IdentificationOut(
        id=found.case.public_id,
        url=url,
        created_at=found.created_at,
        unknown=found.unknown,
        answer=answer,
        candidates=[
            CandidateOut(
                item=candidate.key,
                name=candidate.name,
                probability=candidate.probability,
                status=[status_out(law) for law in candidate.law],
                national_rules=[_rule_out(rule) for rule in candidate.rules],
                concealment=candidate.concealment,
                hidden_under=candidate.hidden_under,
            )
            for candidate in shown.candidates
        ],
        things_known=found.things_known,
        calibrated=found.calibrated,
        versions=found.versions,
        refused=[
            RefusedOut(name=refusal.name, code=refusal.code, detail=refusal.message)
            for refusal in shown.refused
        ],
    )
