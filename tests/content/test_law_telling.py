"""A change of law touches lessons, questions and items, and their owners are told once a moment."""

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.management import call_command
from wagtail.log_actions import log

from accounts.models import Administration, User
from content.law_changing import announce, withdraw
from content.law_telling import MOST_NAMED, tell
from content.law_touching import touched_by
from content.models import LawChange, LawTold, ReferenceItem
from tests.content.changes_of_law import days, make_change
from tests.factories import make_module, make_question, make_user
from tests.identify.guide import make_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def expert():
    expert = make_user("expert@example.org", ("expert",))
    expert.user_permissions.add(Permission.objects.get(codename="announce_lawchange"))
    return expert


@pytest.fixture
def rosewood():
    return make_item("rosewood", kind="timber")


@pytest.fixture
def owner():
    return make_user("owner@example.org", ("trainer",))


@pytest.fixture
def happen(django_capture_on_commit_callbacks):
    """Do it, and what the worker does afterwards."""

    def happen(act, *args):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*args)

    return happen


def told(address: str) -> list[str]:
    return [letter.subject for letter in mail.outbox if letter.to == [address]]


def its_day_comes(change: LawChange) -> None:
    LawChange.objects.filter(pk=change.pk).update(effective_on=days(0))


class TestWhatItTouches:
    def test_items_and_the_finer_ones_below_them(self, rosewood):
        finer = make_item("brazilian-rosewood", parent=rosewood, kind="timber")
        finest = make_item("veneer", parent=finer, kind="timber")
        make_item("ebony", kind="timber")
        touched = touched_by(make_change(rosewood))
        assert touched.items == [rosewood]
        assert touched.below == [finer, finest]

    def test_questions_about_the_items(self, rosewood):
        question, other = make_question(), make_question()
        question.items.set([rosewood])
        question.save()
        assert touched_by(make_change(rosewood)).questions == [question]
        assert other not in touched_by(make_change(rosewood)).questions

    def test_lessons_that_ask_such_a_question_in_every_language(self, rosewood):
        module = make_module()
        module.practice.items.set([rosewood])
        module.practice.save()
        touched = touched_by(make_change(rosewood))
        assert {lesson.pk for lesson in touched.lessons} == {
            module.lessons["en"][0].pk,
            module.lessons["fr"][0].pk,
        }

    def test_the_number_of_queries_does_not_grow(self, rosewood, django_assert_max_num_queries):
        items = [rosewood, *(make_item(f"wood-{number}", kind="timber") for number in range(10))]
        for item in items:
            question = make_question()
            question.items.set([item])
            question.save()
        change = make_change(*items)
        with django_assert_max_num_queries(20):
            touched_by(change)


class TestTellingOwners:
    def test_who_edited_the_item_last_is_told_with_a_link(self, rosewood, owner, expert, happen):
        ReferenceItem.objects.get(pk=rosewood.pk).save_revision(user=owner)
        happen(announce, make_change(rosewood), expert)
        (letter,) = [letter for letter in mail.outbox if letter.to == [owner.email]]
        assert "Rosewood goes into Appendix II" in letter.subject
        assert "/en/guide/rosewood/" in letter.body
        assert "Ask for a permit from that day on." in letter.body

    def test_who_wrote_the_question_is_told(self, rosewood, owner, expert, happen):
        question = make_question("Which list is rosewood in?")
        question.items.set([rosewood])
        question.save()
        log(question, "wagtail.edit", user=owner)
        happen(announce, make_change(rosewood), expert)
        (letter,) = [letter for letter in mail.outbox if letter.to == [owner.email]]
        assert "Which list is rosewood in?" in letter.body

    def test_who_wrote_the_lesson_is_told(self, rosewood, owner, expert, happen):
        module = make_module()
        module.practice.items.set([rosewood])
        module.practice.save()
        module.lessons["en"][0].save_revision(user=owner)
        happen(announce, make_change(rosewood), expert)
        (letter,) = [letter for letter in mail.outbox if letter.to == [owner.email]]
        assert "Lesson 1 (en)" in letter.body

    def test_one_letter_a_person_however_much_is_theirs(self, owner, expert, happen):
        items = [make_item(f"wood-{number}", kind="timber") for number in range(MOST_NAMED + 2)]
        for item in items:
            ReferenceItem.objects.get(pk=item.pk).save_revision(user=owner)
        happen(announce, make_change(*items), expert)
        (letter,) = [letter for letter in mail.outbox if letter.to == [owner.email]]
        assert letter.body.count("/en/guide/wood-") == MOST_NAMED
        assert "and 2 more" in letter.body

    def test_coordinators_are_told_in_their_language(self, rosewood, expert, happen):
        administration = Administration.objects.create(name="Customs of Examplia")
        coordinator = make_user(roles=("coordinator",), administration=administration, language="fr")
        happen(announce, make_change(rosewood), expert)
        (letter,) = [letter for letter in mail.outbox if letter.to == [coordinator.email]]
        assert "Le palissandre passe à l’annexe II" in letter.subject
        assert "/fr/guide/law/" in letter.body

    def test_a_worker_that_does_it_again_tells_nobody_twice(self, rosewood, expert, happen):
        change = happen(announce, make_change(rosewood), expert)
        assert happen(tell, change, LawTold.Moment.ANNOUNCED) == 0
        assert len(told(expert.email)) == 1

    def test_suspended_people_are_not_told(self, rosewood, owner, expert, happen):
        ReferenceItem.objects.get(pk=rosewood.pk).save_revision(user=owner)
        owner.standing, owner.is_active = User.Standing.SUSPENDED, False
        owner.save()
        happen(announce, make_change(rosewood), expert)
        assert told(owner.email) == []


class TestItsDay:
    def test_the_owners_are_told_again_on_the_day_and_only_once(self, rosewood, expert, happen):
        change = make_change(rosewood)
        happen(announce, change, expert)
        its_day_comes(change)
        happen(call_command, "begin_law_changes")
        happen(call_command, "begin_law_changes")
        assert [subject.split(":")[0] for subject in told(expert.email)] == [
            f"The law changes on {days(100):%B} {days(100).day}, {days(100).year}",
            "In effect today",
        ]
        change.refresh_from_db()
        assert change.state == LawChange.State.IN_EFFECT

    def test_nothing_happens_before_it(self, rosewood, expert, happen):
        change = happen(announce, make_change(rosewood, day=1), expert)
        happen(call_command, "begin_law_changes")
        change.refresh_from_db()
        assert change.state == LawChange.State.ANNOUNCED
        assert not LawTold.objects.filter(moment=LawTold.Moment.IN_EFFECT).exists()

    def test_a_change_that_was_planned_only_does_not_begin(self, rosewood, happen):
        change = make_change(rosewood)
        its_day_comes(change)
        happen(call_command, "begin_law_changes")
        assert LawChange.objects.get().is_planned

    def test_one_entered_after_its_day_is_told_of_once(self, rosewood, expert, happen):
        happen(announce, make_change(rosewood, day=-3, already_in_force=True), expert)
        happen(call_command, "begin_law_changes")
        assert told(expert.email) == ["The law has changed: Rosewood goes into Appendix II"]


def test_who_was_told_is_told_that_it_is_taken_back(rosewood, owner, expert, happen):
    ReferenceItem.objects.get(pk=rosewood.pk).save_revision(user=owner)
    change = happen(announce, make_change(rosewood), expert)
    later = make_user("later@example.org", ("coordinator",))
    happen(withdraw, change, expert)
    assert told(owner.email)[-1] == "Not coming after all: Rosewood goes into Appendix II"
    assert told(later.email) == []
