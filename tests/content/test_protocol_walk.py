"""Walking through a protocol: one answer after the other, to an outcome."""

import pytest
from django.utils import translation

from content.models import Protocol, ProtocolAnswer, ProtocolOutcome, ProtocolStep
from content.protocol_graph import faults
from content.protocol_walk import walk

pytestmark = pytest.mark.django_db

FIVE = ["90", "91", "92", "93", "94"]


@pytest.fixture
def lines() -> Protocol:
    """Look (a question), photograph (something to do), measure (an average)."""
    protocol = Protocol.objects.create(
        key="lines", version=3, title_en="Lines", intro_en="I", safety_en="S", source="A lab"
    )
    for position, key in enumerate(("mammoth", "elephant", "undetermined", "nothing")):
        ProtocolOutcome.objects.create(
            protocol=protocol, key=key, position=position, title_en=key.capitalize(), text_en="Hold it."
        )
    look = make_step(protocol, "look", kind="question")
    make_answer(look, "lines", "photograph")
    make_answer(look, "none", "nothing")
    make_step(protocol, "photograph", kind="instruction")
    angles = make_step(
        protocol,
        "angles",
        kind="measurement",
        unit="degree",
        readings_least=2,
        readings_most=5,
        lowest=20,
        highest=170,
    )
    make_answer(angles, "below", "mammoth", below=90)
    make_answer(angles, "above", "elephant", above=115)
    make_answer(angles, "between", "undetermined")
    return Protocol.objects.whole().get()


def make_step(protocol: Protocol, key: str, **fields: object) -> ProtocolStep:
    return ProtocolStep.objects.create(
        protocol=protocol,
        key=key,
        position=protocol.steps.count(),
        title_en=key.capitalize(),
        text_en="Do it.",
        source="A lab",
        **fields,
    )


def make_answer(step: ProtocolStep, key: str, leads_to: str, **limits: int) -> ProtocolAnswer:
    return ProtocolAnswer.objects.create(
        step=step, key=key, position=step.answers.count(), text_en=key, leads_to=leads_to, **limits
    )


def outcome(protocol: Protocol, angles: list[str]) -> str | None:
    walked = walk(protocol, {"look": ["lines"], "photograph": ["done"], "angles": angles})
    return walked.outcome.key if walked.outcome else None


def test_a_walk_begins_at_the_first_step(lines):
    walked = walk(lines, {})

    assert (walked.at.key, walked.outcome, walked.number) == ("look", None, 1)


def test_an_answer_leads_to_its_step_or_its_outcome(lines):
    assert walk(lines, {"look": ["lines"]}).at.key == "photograph"
    assert walk(lines, {"look": ["none"]}).outcome.key == "nothing"


def test_something_to_do_leads_to_the_step_below(lines):
    assert walk(lines, {"look": ["lines"], "photograph": ["done"]}).at.key == "angles"


def test_something_to_do_is_not_done_before_somebody_says_so(lines):
    assert walk(lines, {"look": ["lines"], "photograph": ["no"]}).at.key == "photograph"


@pytest.mark.parametrize(
    ("angles", "expected"),
    [
        (["80", "99.9"], "mammoth"),
        (["90", "90"], "undetermined"),
        (["89.99", "90"], "mammoth"),
        (["115", "115"], "undetermined"),
        (["115", "115.01"], "elephant"),
        (["100", "101"], "undetermined"),
        (["60", "170"], "undetermined"),
    ],
)
def test_the_average_decides_and_never_one_reading(lines, angles, expected):
    assert outcome(lines, angles) == expected


@pytest.mark.parametrize("angles", [["98,5", "99"], ["٩٨٫٥", "99"], [" 98.5 ", "99", "", " "]])
def test_readings_are_taken_as_people_write_them(lines, angles):
    walked = walk(lines, {"look": ["lines"], "photograph": ["done"], "angles": angles})

    assert str(walked.taken[-1].average) == "98.75"


@pytest.mark.parametrize(
    ("angles", "words"),
    [
        (["98"], "at least 2 readings"),
        ([], "at least 2 readings"),
        ([*FIVE, "95"], "at most 5 readings"),
        # Counted before any is read: a program may send a million.
        (["steep"] * 6, "at most 5 readings"),
        (["98", "steep"], "“steep” is no number"),
        (["98", "NaN"], "is no number"),
        (["98", "9" * 40], "is no number"),
        (["98", "1,000"], "is no number"),
        (["98", "1e99999"], "is no number"),
        (["98", "1e-99999"], "is no number"),
        (["98", "5"], "no reading is below 20"),
        (["98", "171"], "no reading is above 170"),
    ],
)
def test_readings_that_cant_be_right_are_refused_in_words(lines, angles, words):
    walked = walk(lines, {"look": ["lines"], "photograph": ["done"], "angles": angles})

    assert walked.at.key == "angles"
    assert words in walked.refused


def test_an_answer_that_is_none_of_the_answers_is_refused(lines):
    walked = walk(lines, {"look": ["perhaps"]})

    assert (walked.at.key, walked.refused) == ("look", "Choose one of the answers.")


def test_answers_beside_the_way_are_passed_over(lines):
    assert walk(lines, {"look": ["none"], "angles": ["80", "80"]}).taken[-1].step.key == "look"


def test_what_is_kept_holds_keys_and_numbers_and_no_words(lines):
    kept = walk(lines, {"look": ["lines"], "photograph": ["done"], "angles": ["80", "81"]}).as_kept()

    assert kept == {
        "protocol": "lines",
        "version": 3,
        "steps": [
            {"step": "look", "answer": "lines", "readings": [], "average": None},
            {"step": "photograph", "answer": "done", "readings": [], "average": None},
            {"step": "angles", "answer": "below", "readings": ["80", "81"], "average": "80.500"},
        ],
        "at": None,
        "outcome": "mammoth",
    }


def test_a_number_is_written_as_the_readers_language_writes_it(lines):
    with translation.override("fr"):
        walked = walk(lines, {"look": ["lines"], "photograph": ["done"], "angles": ["98", "12.5"]})

    assert "12,5" in walked.refused


def test_a_protocol_that_can_be_walked_has_no_faults(lines):
    assert faults(lines) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"leads_to": "nowhere"}, "look: leads to “nowhere”"),
        ({"leads_to": "look"}, "look: the steps go round in a circle."),
        ({"leads_to": "elephant"}, "nothing: nothing leads here."),
    ],
)
def test_a_way_that_ends_nowhere_is_a_fault(lines, change, fault):
    ProtocolAnswer.objects.filter(key="none").update(**change)

    assert any(found.startswith(fault) for found in faults(Protocol.objects.whole().get()))


@pytest.mark.parametrize(
    ("key", "change", "fault"),
    [
        ("angles", {"unit": ""}, "angles: a measurement needs its unit."),
        ("photograph", {"kind": "question"}, "photograph: a question needs answers."),
        ("look", {"kind": "instruction"}, "look: something to do has no answers; make it a question."),
        ("look", {"key": "on"}, "on: call this step otherwise; the word is used in addresses."),
        ("photograph", {"key": "elephant"}, "elephant: a step and an outcome have the same key."),
    ],
)
def test_a_step_that_cant_be_taken_is_a_fault(lines, key, change, fault):
    ProtocolStep.objects.filter(key=key).update(**change)

    assert fault in faults(Protocol.objects.whole().get())


def test_a_measurement_without_a_last_answer_for_all_the_rest_is_a_fault(lines):
    ProtocolAnswer.objects.filter(key="between").delete()

    assert "a last answer without limits" in faults(Protocol.objects.whole().get())[0]
