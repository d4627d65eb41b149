"""A change of law and the cases it touches: officers are told of theirs, trainers see numbers only."""

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.urls import reverse

from accounts.models import Administration
from content.law_changing import announce
from content.law_touching import touched_by
from identify.law_and_cases import cases_about
from tests.content.changes_of_law import make_change
from tests.factories import make_editor, make_user
from tests.identify.answered import make_answer
from tests.identify.guide import make_small_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    return make_small_guide()


@pytest.fixture
def customs():
    return Administration.objects.create(name="Customs of Examplia")


@pytest.fixture
def officer(customs):
    return make_user("officer@customs.example", ("officer",), administration=customs)


@pytest.fixture
def expert():
    """One who may announce also where several administrations share the site."""
    expert = make_user("expert@example.org", ("expert", "trainer"))
    expert.user_permissions.add(Permission.objects.get(codename="announce_lawchange"))
    return expert


def basel(item, **fields):
    return make_change(
        item,
        instrument="basel",
        provision={"listing": "Y49", "condition_en": "All e-waste that is not hazardous."},
        **fields,
    )


def numbers(change) -> dict[str, int]:
    (held,) = touched_by(change).elsewhere
    return held.by_administration


def test_a_case_is_touched_by_its_answer_and_its_candidates(guide, officer):
    make_answer(officer, ("laptop", 0.7), ("keyboard", 0.2))
    assert len(cases_about({"laptop"})) == len(cases_about({"keyboard"})) == 1
    assert cases_about({"ivory-tusk"}) == []


def test_the_last_answer_counts(guide, officer):
    first = make_answer(officer, ("laptop", 0.7))
    second = make_answer(officer, ("ivory-tusk", 0.9))
    second.case = first.case
    second.save()
    assert cases_about({"laptop"}) == []
    assert cases_about({"ivory-tusk"}) == [first.case]


def test_an_improbable_candidate_does_not_count(guide, officer):
    make_answer(officer, ("laptop", 0.9), ("keyboard", 0.04), ("remote-control", 0.03), ("ivory-tusk", 0.001))
    assert cases_about({"ivory-tusk"}) == []


def test_a_change_of_a_group_touches_what_belongs_to_it(guide, officer, customs):
    make_answer(officer, ("laptop", 0.9))
    assert numbers(basel(guide["electrical-equipment"])) == {customs.name: 1}


def test_trainers_see_numbers_by_administration_and_no_case(guide, officer, customs, client):
    answer = make_answer(officer, ("laptop", 0.9))
    make_answer(officer, ("laptop", 0.8))
    trainer = make_editor()
    trainer.user_permissions.add(Permission.objects.get(codename="view_lawchange"))
    client.force_login(trainer)
    page = client.get(reverse("law_change", args=[basel(guide["laptop"]).pk])).content.decode()
    assert f"<td><bdi>{customs.name}</bdi></td><td>2</td>" in page
    assert str(answer.case.public_id) not in page
    assert officer.email not in page


class TestLetters:
    @pytest.fixture
    def announced(self, guide, expert, django_capture_on_commit_callbacks):
        def announced() -> None:
            with django_capture_on_commit_callbacks(execute=True):
                announce(basel(guide["laptop"]), expert)

        return announced

    def letters(self, person) -> list[str]:
        return [letter.body for letter in mail.outbox if letter.to == [person.email]]

    def test_an_officer_is_told_of_the_case_and_of_nothing_in_it(self, officer, announced):
        answer = make_answer(officer, ("laptop", 0.9))
        announced()
        (letter,) = self.letters(officer)
        assert answer.get_absolute_url() in letter
        assert "90" not in letter.replace(str(answer.case.public_id), "")

    def test_an_officer_without_such_a_case_is_not_told(self, officer, announced):
        make_answer(officer, ("ivory-tusk", 0.9))
        announced()
        assert self.letters(officer) == []

    def test_an_officer_who_has_gone_elsewhere_is_not_told_of_what_stayed(self, officer, announced):
        make_answer(officer, ("laptop", 0.9))
        officer.administration = Administration.objects.create(name="Customs of Elsewhere")
        officer.save()
        announced()
        assert self.letters(officer) == []

    def test_a_coordinator_reads_the_number_of_the_own_administration(self, officer, customs, announced):
        coordinator = make_user(roles=("coordinator",), administration=customs)
        elsewhere = make_user(
            roles=("coordinator",), administration=Administration.objects.create(name="Customs of Elsewhere")
        )
        make_answer(officer, ("laptop", 0.9))
        announced()
        assert "Open cases: 1" in self.letters(coordinator)[0]
        assert "Open cases" not in self.letters(elsewhere)[0]
