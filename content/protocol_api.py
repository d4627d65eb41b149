"""The protocols for programs: read one, learn what answers lead to. Open to everybody; nothing is stored."""

from http import HTTPStatus

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema

from .languages import SOURCE_LANGUAGE, reader_language
from .models import Protocol, ProtocolOutcome, ProtocolStep
from .models.translated import TranslatedRecord
from .problems import Problem, ProblemDocument
from .protocol_walk import CantBeWalked, Walk, walk

router = Router(tags=["protocols"])


class ProtocolAnswerOut(Schema):
    """An answer, or for a measurement a range of its average (the limits themselves lie outside)."""

    key: str
    text: str
    leads_to: str
    above: float | None
    below: float | None


class ProtocolStepOut(Schema):
    """A step: `instruction`, `question` or `measurement`. `safety` is what to say before it."""

    key: str
    kind: str
    title: str
    safety: str
    text: str
    leads_to: str
    unit: str
    readings_least: int
    readings_most: int
    answers: list[ProtocolAnswerOut]
    source: str
    verified: bool


class ProtocolOutcomeOut(Schema):
    """What a protocol may end in; `tone` is go, check or stop."""

    key: str
    tone: str
    title: str
    text: str


class ProtocolListed(Schema):
    """One protocol of the list."""

    key: str
    version: int
    title: str


class ProtocolOut(ProtocolListed):
    """A protocol with everything on it, its words in the language in force or in English."""

    intro: str
    safety: str
    source: str
    verified: bool
    steps: list[ProtocolStepOut]
    outcomes: list[ProtocolOutcomeOut]


class WalkIn(Schema):
    """Answers by key of their step: an answer's key, `done` for an instruction, or readings."""

    answers: dict[str, str | list[str]]


class StepTakenOut(Schema):
    step: str
    answer: str
    readings: list[str]
    average: str | None


class WalkOut(Schema):
    """How far the answers lead: to an outcome, or to the step `at` that is to be answered next."""

    protocol: str
    version: int
    steps: list[StepTakenOut]
    at: str | None
    outcome: ProtocolOutcomeOut | None
    proof: bool = False


@router.get(
    "",
    auth=None,
    response=list[ProtocolListed],
    url_name="protocols",
    operation_id="list_protocols",
    summary="The protocols",
)
def read_list(request: HttpRequest) -> list[ProtocolListed]:
    """All protocols, by key and title."""
    return [
        ProtocolListed(key=one.key, version=one.version, title=_words(one, "title"))
        for one in Protocol.objects.all()
    ]


@router.get(
    "/{slug:key}",
    auth=None,
    response={200: ProtocolOut, 404: ProblemDocument},
    url_name="protocol",
    operation_id="read_protocol",
    summary="Read a protocol",
)
def read(request: HttpRequest, key: str) -> ProtocolOut:
    """A protocol: safety first, then its steps with what each leads to, then its outcomes."""
    found = _protocol(key)
    return ProtocolOut(
        key=found.key,
        version=found.version,
        title=_words(found, "title"),
        intro=_words(found, "intro"),
        safety=_words(found, "safety"),
        source=found.source,
        verified=found.verified,
        steps=[_step_out(step) for step in found.steps.all()],
        outcomes=[_outcome_out(outcome) for outcome in found.outcomes.all()],
    )


@router.post(
    "/{slug:key}/walk",
    auth=None,
    response={200: WalkOut, **dict.fromkeys((404, 422), ProblemDocument)},
    url_name="protocol_walk",
    operation_id="walk_protocol",
    summary="Learn what answers lead to",
)
def evaluate(request: HttpRequest, key: str, given: WalkIn) -> WalkOut:
    """Follow the answers from the first step. What an outcome says is no proof."""
    found = _protocol(key)
    answers = {step: [said] if isinstance(said, str) else said for step, said in given.answers.items()}
    unknown = sorted(answers.keys() - {step.key for step in found.steps.all()})
    if unknown:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "unknown_step",
            _("This protocol has no step “%(step)s”.") % {"step": unknown[0][:50]},
            step=unknown[0][:50],
        )
    try:
        walked = walk(found, answers)
    except CantBeWalked as error:
        detail = _("This protocol is not finished: it can't be followed to an outcome.")
        raise Problem(HTTPStatus.NOT_FOUND, "unfinished", detail) from error
    if walked.refused and walked.at:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "no_answer", walked.refused, step=walked.at.key)
    return _walk_out(walked)


def _protocol(key: str) -> Protocol:
    found = Protocol.objects.whole().filter(key=key).first()
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", _("There is no such protocol."))
    return found


def _words(record: TranslatedRecord, field: str) -> str:
    return record.words(field, reader_language()) or record.words(field, SOURCE_LANGUAGE)


def _step_out(step: ProtocolStep) -> ProtocolStepOut:
    return ProtocolStepOut(
        key=step.key,
        kind=step.kind,
        title=_words(step, "title"),
        safety=_words(step, "safety"),
        text=_words(step, "text"),
        leads_to=step.leads_to,
        unit=step.unit,
        readings_least=step.readings_least,
        readings_most=step.readings_most,
        answers=[
            ProtocolAnswerOut(
                key=answer.key,
                text=_words(answer, "text"),
                leads_to=answer.leads_to,
                above=answer.above,
                below=answer.below,
            )
            for answer in step.answers.all()
        ],
        source=step.source,
        verified=step.verified,
    )


def _outcome_out(outcome: ProtocolOutcome) -> ProtocolOutcomeOut:
    return ProtocolOutcomeOut(
        key=outcome.key, tone=outcome.tone, title=_words(outcome, "title"), text=_words(outcome, "text")
    )


def _walk_out(walked: Walk) -> WalkOut:
    kept = walked.as_kept()
    return WalkOut(
        protocol=kept["protocol"],
        version=kept["version"],
        steps=[StepTakenOut(**step) for step in kept["steps"]],
        at=kept["at"],
        outcome=_outcome_out(walked.outcome) if walked.outcome else None,
    )
