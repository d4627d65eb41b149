"""The protocols that the product ships: every way through each ends in an outcome, safely and sourced."""

import re
from collections.abc import Iterator

import pytest

from content.loading import library
from content.models import Protocol, ProtocolStep
from content.protocol_graph import faults
from content.protocol_walk import DONE, Walk, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_guide")]

KEYS = ["used-or-waste", "schreger-angles", "end-grain", "cylinder-check", "dna-sample", "live-animal"]
each = pytest.mark.parametrize("key", KEYS)


def protocol(key: str) -> Protocol:
    return Protocol.objects.whole().get(key=key)


def answers_to(step: ProtocolStep) -> list[list[str]]:
    """Every answer that makes a difference at a step."""
    if step.kind == ProtocolStep.Kind.QUESTION:
        return [[answer.key] for answer in step.answers.all()]
    if step.kind == ProtocolStep.Kind.MEASUREMENT:
        return [[str(angle)] * step.readings_least for angle in (80, 100, 130)]
    return [[DONE]]


def every_walk(found: Protocol, given: dict[str, list[str]]) -> Iterator[Walk]:
    walked = walk(found, given)
    if walked.at is None:
        yield walked
        return
    for answer in answers_to(walked.at):
        yield from every_walk(found, {**given, walked.at.key: answer})


def test_the_library_has_the_protocols_that_the_guide_refers_to():
    assert set(Protocol.objects.values_list("key", flat=True)) == set(KEYS)


@each
def test_every_way_through_a_protocol_ends_in_an_outcome(key):
    found = protocol(key)

    ends = {walked.outcome.key for walked in every_walk(found, {}) if walked.outcome}

    assert faults(found) == []
    assert ends == {outcome.key for outcome in found.outcomes.all()}


@each
def test_a_protocol_can_end_in_something_else_than_go_on(key):
    assert {outcome.tone for outcome in protocol(key).outcomes.all()} & {"check", "stop"}


@each
def test_every_step_has_a_source_and_says_that_no_expert_has_read_it(key):
    for step in protocol(key).steps.all():
        assert step.source, step.key
        assert not step.verified


@each
def test_safety_comes_before_the_first_step(key):
    found = protocol(key)

    assert len(found.safety_en.split("\n\n")) >= 2
    assert re.search(r"\b(gloves|metres|second person|Never|Don't)\b", found.safety_en)


# What nobody is told to do, whatever the step.
FORBIDDEN = [
    r"(?<!never )(?<!Never )(?<!Don't )\bopen (a|the) valve",
    r"\bburn (it|a|the)\b",
    r"\bsmell (it|the)\b",
    r"^(Switch|Turn|Plug) (it |them |the device )?on\b",
    r"^Touch the animal",
    r"^Cut a",
]


@each
def test_no_step_tells_anybody_to_do_what_can_hurt(key):
    found = protocol(key)
    texts = [sentence for step in found.steps.all() for sentence in re.split(r"(?<=[.?!])\s+", step.text_en)]

    for pattern in FORBIDDEN:
        assert [text for text in texts if re.search(pattern, text) and "don't" not in text.lower()] == []


@pytest.mark.parametrize(
    ("key", "step"),
    [
        ("used-or-waste", "batteries"),
        ("used-or-waste", "sample-test"),
        ("end-grain", "stack"),
        ("end-grain", "prepare"),
        ("cylinder-check", "danger"),
        ("cylinder-check", "weight"),
        ("cylinder-check", "identifier"),
        ("dna-sample", "take-tissue"),
        ("dna-sample", "take-hard"),
        ("live-animal", "condition"),
        ("live-animal", "animal-kept"),
    ],
)
def test_a_step_that_can_hurt_says_so_itself(key, step):
    assert protocol(key).steps.get(key=step).safety_en


def test_who_may_not_take_a_sample_is_not_told_how():
    walked = walk(protocol("dna-sample"), {"authority": ["other"]})

    assert walked.outcome.key == "not-authorised"


def test_an_animal_that_may_be_dangerous_is_left_to_a_handler_before_anybody_looks_at_it():
    walked = walk(protocol("live-animal"), {"danger": ["dangerous"]})

    assert walked.outcome.key == "dangerous" and walked.outcome.tone == "stop"


@pytest.mark.parametrize(
    ("angle", "outcome"),
    [("89", "mammoth"), ("90", "undetermined"), ("115", "undetermined"), ("116", "elephant")],
)
def test_outer_angles_are_read_as_the_literature_reads_them(angle, outcome):
    given = {"surface": ["found"], "lines": ["crossing"], "outer": ["visible"], "picture": [DONE]}

    assert walk(protocol("schreger-angles"), {**given, "angles": [angle] * 5}).outcome.key == outcome


def test_answers_have_words_for_every_key():
    words = library.words("en", "guide/protocols")
    for entry in library.structure("guide/protocols"):
        for step in entry["steps"]:
            keys = [answer["key"] for answer in step.get("answers", [])]
            assert list(words[entry["key"]]["steps"][step["key"]].get("answers", {})) == keys
