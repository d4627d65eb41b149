"""The way through a protocol: where its steps lead, and what is wrong with it before anybody walks it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from .models import Protocol, ProtocolStep

# Parameters of a walk's address that are no answers (content.protocol_views).
RESERVED_KEYS = frozenset({"on", "version", "at", "back"})


def faults(protocol: Protocol) -> list[str]:
    """Say, for a trainer, why a protocol can't be walked to an outcome. Empty where it can."""
    steps, outcomes = list(protocol.steps.all()), list(protocol.outcomes.all())
    if not steps or not outcomes:
        return [_("A protocol needs at least one step and one outcome.")]
    found = [fault for step in steps for fault in _faults_of(step)]
    step_keys = {step.key for step in steps}
    outcome_keys = {outcome.key for outcome in outcomes}
    found += [
        _("%(key)s: a step and an outcome have the same key.") % {"key": key}
        for key in sorted(step_keys & outcome_keys)
    ]
    ways = {step.key: _ways_from(step, steps) for step in steps}
    found += [
        _("%(key)s: leads to “%(there)s”, which is neither a step nor an outcome.")
        % {"key": key, "there": there}
        for key, theirs in ways.items()
        for there in theirs
        if there not in step_keys | outcome_keys
    ]
    if found:
        return found
    reached, circle = _walk_all(steps[0].key, ways)
    if circle:
        return [_("%(key)s: the steps go round in a circle.") % {"key": circle}]
    return [
        _("%(key)s: nothing leads here.") % {"key": key}
        for key in sorted((step_keys | outcome_keys) - reached)
    ]


def _faults_of(step: ProtocolStep) -> list[str]:
    answers, step_key = list(step.answers.all()), {"key": step.key}
    if step.key in RESERVED_KEYS:
        return [_("%(key)s: call this step otherwise; the word is used in addresses.") % step_key]
    match step.kind:
        case ProtocolStep.Kind.QUESTION if not answers:
            return [_("%(key)s: a question needs answers.") % step_key]
        case ProtocolStep.Kind.MEASUREMENT if not answers or answers[-1].has_limits:
            return [
                _("%(key)s: a measurement needs a last answer without limits, for all the rest.") % step_key
            ]
        case ProtocolStep.Kind.MEASUREMENT if not step.unit:
            return [_("%(key)s: a measurement needs its unit.") % step_key]
        case ProtocolStep.Kind.INSTRUCTION if answers:
            return [_("%(key)s: something to do has no answers; make it a question.") % step_key]
    return []


def next_of(step: ProtocolStep, steps: Sequence[ProtocolStep]) -> str:
    """Where something to do leads: by its own word, else to the step below; empty after the last one."""
    if step.leads_to:
        return step.leads_to
    keys = [one.key for one in steps]
    below = keys[keys.index(step.key) + 1 :]
    return below[0] if below else ""


def _ways_from(step: ProtocolStep, steps: Sequence[ProtocolStep]) -> list[str]:
    if step.kind == ProtocolStep.Kind.INSTRUCTION:
        return [next_of(step, steps)]
    return [answer.leads_to for answer in step.answers.all()]


def _walk_all(first: str, ways: dict[str, list[str]]) -> tuple[set[str], str]:
    """Everything that is reached from the first step, and a step on a circle if there is one."""
    reached: set[str] = set()

    def visit(key: str, line: tuple[str, ...]) -> str:
        if key in line:
            return key
        if key in reached:
            return ""
        reached.add(key)
        return next(filter(None, (visit(there, (*line, key)) for there in ways.get(key, []))), "")

    return reached, visit(first, ())
