"""What a rule says about a paper: what fits, what contradicts, what the rule could not see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from .sources import Source

Paper = TypeVar("Paper")


class Outcome(StrEnum):
    """Never more than this: a paper is genuine or not is for the authority that issued it."""

    CONTRADICTS = "contradicts"
    ASK = "ask"
    FITS = "fits"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule applied to one paper; `text` is in the reader's language."""

    rule: str
    outcome: Outcome
    text: str
    source: Source


def fits(rule: str, text: str, source: Source) -> Finding:
    return Finding(rule, Outcome.FITS, text, source)


def contradicts(rule: str, text: str, source: Source) -> Finding:
    return Finding(rule, Outcome.CONTRADICTS, text, source)


def ask(rule: str, text: str, source: Source) -> Finding:
    """The rule can't decide; `text` says what to ask, and why."""
    return Finding(rule, Outcome.ASK, text, source)


@dataclass(frozen=True, slots=True)
class Findings:
    """What all rules together say about one paper."""

    all: list[Finding]
    unseen: list[str]

    @property
    def contradicting(self) -> list[Finding]:
        return self._with(Outcome.CONTRADICTS)

    @property
    def to_ask(self) -> list[Finding]:
        return self._with(Outcome.ASK)

    @property
    def fitting(self) -> list[Finding]:
        return self._with(Outcome.FITS)

    def _with(self, outcome: Outcome) -> list[Finding]:
        return [finding for finding in self.all if finding.outcome is outcome]


def apply(rules: Iterable[Callable[[Paper], Finding | None]], paper: Paper) -> list[Finding]:
    """The findings of the rules that have something to say about this paper."""
    found = (rule(paper) for rule in rules)
    return [finding for finding in found if finding is not None]
