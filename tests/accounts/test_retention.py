"""`manage.py apply_retention`: what has been kept long enough goes; a dry run only counts."""

import datetime
import io

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from accounts.models import (
    AccessLogEntry,
    AccessRequest,
    Administration,
    RetentionRule,
    SentMail,
    StaffList,
    User,
)
from accounts.retention import KeptFor, keep_for, kinds
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def days_ago(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def apply_retention(*options: str) -> str:
    out = io.StringIO()
    call_command("apply_retention", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def entries():
    reader = make_user()
    for days in (1, 800):
        AccessLogEntry.objects.create(
            reader=reader, kind="case", record=str(days), how="page", at=days_ago(days)
        )


@pytest.mark.usefixtures("entries")
class TestAccessLog:
    def test_old_entries_go(self):
        assert "access_log: 1 gone" in apply_retention()
        assert AccessLogEntry.objects.get().record == "1"

    def test_a_dry_run_takes_nothing(self):
        assert "access_log: 1 would go" in apply_retention("--dry-run")
        assert AccessLogEntry.objects.count() == 2

    def test_a_rule_of_the_installation_goes_first(self):
        RetentionRule.objects.create(kind="access_log", days=1000)
        apply_retention()
        assert AccessLogEntry.objects.count() == 2

    def test_a_rule_without_days_keeps_for_ever(self):
        RetentionRule.objects.create(kind="access_log", days=None)
        assert "kept for ever" in apply_retention()
        assert AccessLogEntry.objects.count() == 2


class TestDepartedPeople:
    def test_are_erased_when_their_time_is_over(self):
        gone, just_gone = make_user("gone@customs.example"), make_user("just-gone@customs.example")
        for person, days in ((gone, 400), (just_gone, 10)):
            person.standing, person.is_active = User.Standing.DEPARTED, False
            person.save()
            User.objects.filter(pk=person.pk).update(departed_at=days_ago(days))

        assert "departed_people: 1 gone" in apply_retention()
        assert "departed_people: 0 gone" in apply_retention()

        assert User.objects.get(pk=gone.pk).email.endswith("@erased.invalid")
        assert User.objects.get(pk=just_gone.pk).email == "just-gone@customs.example"

    def test_their_time_runs_from_the_departure(self):
        person = make_user()
        assert person.departed_at is None
        person.standing, person.is_active = User.Standing.DEPARTED, False
        person.save(update_fields=["standing", "is_active"])
        person.refresh_from_db()
        assert person.departed_at > days_ago(1)

        person.standing, person.is_active = User.Standing.APPROVED, True
        person.save()
        assert person.departed_at is None


def test_old_mails_go():
    for days in (1, 100):
        SentMail.objects.create(to="a@b.example", subject=str(days), language="en", at=days_ago(days))
    assert "mails: 1 gone" in apply_retention()
    assert SentMail.objects.get().subject == "1"


def test_answered_requests_go_and_waiting_ones_stay():
    administration = Administration.objects.create(name="Customs of Examplia")
    for state, decided in (("waiting", None), ("refused", days_ago(800))):
        AccessRequest.objects.create(
            person=make_user(), administration=administration, role="officer", state=state, decided_at=decided
        )
    assert "requests: 1 gone" in apply_retention()
    assert AccessRequest.objects.get().state == "waiting"


def test_staff_lists_go_with_their_rows():
    administration = Administration.objects.create(name="Customs of Examplia")
    old = StaffList.objects.create(administration=administration, uploaded_by=make_user(), file_name="a.csv")
    old.rows.create(number=2, email="a@b.example", fate="invite")
    StaffList.objects.update(uploaded_at=days_ago(31))
    assert "staff_lists: 1 gone" in apply_retention()
    assert not StaffList.objects.exists()


def test_ended_sessions_go():
    Session.objects.create(session_key="a" * 32, session_data="", expire_date=days_ago(1))
    Session.objects.create(session_key="b" * 32, session_data="", expire_date=days_ago(-1))
    assert "sessions: 1 gone" in apply_retention()
    assert Session.objects.get().session_key == "b" * 32


def test_a_rule_names_a_kind_that_exists():
    with pytest.raises(ValidationError, match="access_log"):
        RetentionRule(kind="acess_log", days=1).full_clean()


def test_two_kinds_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two kinds"):
        keep_for(KeptFor(kinds()[0].kind, "Again", 1, lambda before: User.objects.none()))
