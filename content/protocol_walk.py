"""Walking through a protocol: what was answered, what comes next, and what it ends in.

Nothing here knows of pages or of the database: a walk is reckoned anew from the answers each time, so it can
be carried in an address, sent to the API, or kept with a case.
"""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Protocol, ProtocolAnswer, ProtocolOutcome, ProtocolStep
from .numerals import LONGEST, read_number, write_number
from .protocol_graph import next_of

# What the answer to a step is called on which there is only something to do.
DONE = "done"


class CantBeWalked(Exception):  # noqa: N818
    """A protocol with a way that ends nowhere; `protocol_graph.faults` says where, for a trainer."""


class AnswerRefused(Exception):  # noqa: N818
    """An answer that its step can't take; the message says why and what to do, in the reader's language."""


@dataclass(frozen=True)
class StepTaken:
    """A step and what was answered. `answer` is None where there was only something to do."""

    step: ProtocolStep
    answer: ProtocolAnswer | None = None
    readings: tuple[Decimal, ...] = ()

    @cached_property
    def average(self) -> Decimal | None:
        """The mean of the readings, in the step's unit; not rounded, because a limit may decide."""
        return statistics.mean(self.readings) if self.readings else None

    @property
    def given(self) -> list[str]:
        """The answer as it was given: what the address of the next step carries on."""
        if self.readings:
            return [str(reading) for reading in self.readings]
        return [self.answer.key if self.answer else DONE]

    def as_kept(self) -> dict[str, Any]:
        """Plain data: keys and numbers, no words of any language."""
        return {
            "step": self.step.key,
            "answer": self.answer.key if self.answer else DONE,
            "readings": [str(reading) for reading in self.readings],
            "average": None if self.average is None else str(round(self.average, 3)),
        }


@dataclass(frozen=True)
class Walk:
    """How far one has come. It stands at a step or has come to an outcome, never both."""

    protocol: Protocol
    taken: tuple[StepTaken, ...]
    at: ProtocolStep | None
    outcome: ProtocolOutcome | None
    # Why the last answer was not taken; empty where none was refused.
    refused: str = ""

    @property
    def number(self) -> int:
        """The number of the step it stands at, from 1."""
        return len(self.taken) + 1

    @property
    def given(self) -> dict[str, list[str]]:
        """The answers that were taken, by step, in order."""
        return {taken.step.key: taken.given for taken in self.taken}

    def as_kept(self) -> dict[str, Any]:
        """A plain copy to keep with a case: it can be read when the protocol has changed."""
        return {
            "protocol": self.protocol.key,
            "version": self.protocol.version,
            "steps": [taken.as_kept() for taken in self.taken],
            "at": self.at.key if self.at else None,
            "outcome": self.outcome.key if self.outcome else None,
        }


def walk(protocol: Protocol, given: Mapping[str, Sequence[str]]) -> Walk:
    """Follow the answers, by key of their step, from the first step to where they end.

    Answers to steps that the way does not come to are passed over. Raise CantBeWalked where it ends nowhere.
    """
    steps = list(protocol.steps.all())
    by_key = {step.key: step for step in steps}
    outcomes = {outcome.key: outcome for outcome in protocol.outcomes.all()}
    taken: list[StepTaken] = []
    place = steps[0].key if steps else ""
    while place in by_key:
        step = by_key[place]
        if len(taken) >= len(steps):
            raise CantBeWalked(f"{protocol.key}: the steps go round in a circle at {place}.")
        if step.key not in given:
            return Walk(protocol, tuple(taken), step, None)
        try:
            taken.append(take(step, given[step.key]))
        except AnswerRefused as error:
            return Walk(protocol, tuple(taken), step, None, refused=str(error))
        answer = taken[-1].answer
        place = answer.leads_to if answer else next_of(step, steps)
    if place not in outcomes:
        raise CantBeWalked(f"{protocol.key}: {place!r} is neither a step nor an outcome.")
    return Walk(protocol, tuple(taken), None, outcomes[place])


def take(step: ProtocolStep, given: Sequence[str]) -> StepTaken:
    """What was answered to a step. Raise AnswerRefused where it is no answer to it."""
    match step.kind:
        case ProtocolStep.Kind.QUESTION:
            chosen = [answer for answer in step.answers.all() if answer.key in given]
            if len(chosen) != 1:
                raise AnswerRefused(_("Choose one of the answers."))
            return StepTaken(step, chosen[0])
        case ProtocolStep.Kind.MEASUREMENT:
            readings = _readings(step, given)
            return StepTaken(step, _range_of(step, statistics.mean(readings)), readings)
        case _:
            if DONE not in given:
                raise AnswerRefused(_("Say that you have done this step, then go on."))
            return StepTaken(step)


def _range_of(step: ProtocolStep, average: Decimal) -> ProtocolAnswer:
    for answer in step.answers.all():
        if answer.holds(average):
            return answer
    raise CantBeWalked(f"{step.key}: no answer holds {average}.")


def _readings(step: ProtocolStep, given: Sequence[str]) -> tuple[Decimal, ...]:
    """The readings of a measurement; fields that were left empty are none."""
    written = [text.strip() for text in given if text.strip()]
    if len(written) > step.readings_most:
        raise AnswerRefused(
            _("Write down at most %(most)d readings. There are %(found)d.")
            % {"most": step.readings_most, "found": len(written)}
        )
    readings = tuple(_reading(step, text) for text in written)
    if len(readings) < step.readings_least:
        least = step.readings_least
        raise AnswerRefused(
            ngettext(
                "Write down at least %(least)d reading. There are %(found)d.",
                "Write down at least %(least)d readings. There are %(found)d.",
                least,
            )
            % {"least": least, "found": len(readings)}
        )
    return readings


def _reading(step: ProtocolStep, text: str) -> Decimal:
    try:
        number = read_number(text)
    except ValueError:
        raise AnswerRefused(
            _("“%(text)s” is no number. Write digits only, such as 98 or 98.5.") % {"text": text[:LONGEST]}
        ) from None
    lowest, highest = step.lowest, step.highest
    if lowest is not None and number < lowest:
        raise AnswerRefused(
            _("%(number)s can't be right here: no reading is below %(lowest)s. Measure again.")
            % {"number": write_number(number), "lowest": write_number(lowest)}
        )
    if highest is not None and number > highest:
        raise AnswerRefused(
            _("%(number)s can't be right here: no reading is above %(highest)s. Measure again.")
            % {"number": write_number(number), "highest": write_number(highest)}
        )
    return number
