"""Who opened which sensitive record: written as it happens, never changed, read by the coordinator."""

import csv
import datetime
import io

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.access import OfAdministration, Own, ReachQuerySet
from accounts.actions.requests import ask_for_access
from accounts.mail import send_mail_to
from accounts.models import AccessLogEntry, Administration, ApiToken
from accounts.models.access_log import AppendOnly
from accounts.spreadsheets import as_text
from tests.factories import make_user
from tests.identify.answered import make_answer
from tests.identify.guide import make_small_guide

pytestmark = pytest.mark.django_db

LOG = "/en/accounts/access-log/"


@pytest.fixture
def administration():
    return Administration.objects.create(name="Customs of Examplia")


@pytest.fixture
def officer(administration):
    return make_user("amal@customs.example", ("officer",), administration=administration, first_name="Amal")


@pytest.fixture
def case(officer):
    make_small_guide()
    case = make_answer(officer, ("laptop", 0.9)).case
    case.administration = officer.administration
    case.save()
    return case


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def coordinator(administration):
    return signed_in(make_user(roles=("coordinator",), administration=administration))


def note(officer, record: str = "1", administration=None, **fields):
    AccessLogEntry.objects.note(
        officer, "case", record, how="page", administration=administration or officer.administration
    )
    return AccessLogEntry.objects.first()


class TestWriting:
    def test_an_answer_that_is_opened_is_noted_each_time(self, officer, case):
        for _ in range(2):
            signed_in(officer).get(f"/en/identify/{case.public_id}/")

        entries = AccessLogEntry.objects.filter(how="page")
        assert [(one.reader, one.record, one.administration) for one in entries] == [
            (officer, str(case.public_id), officer.administration)
        ] * 2

    def test_photos_are_noted_once_an_hour(self, officer, case):
        for _ in range(3):
            signed_in(officer).get(f"/en/identify/{case.public_id}/photos/1/")
        assert AccessLogEntry.objects.filter(how="photo").count() == 1

        AccessLogEntry.objects.filter(how="photo").expire()
        an_hour_ago = timezone.now().replace(minute=0, second=0, microsecond=0) - datetime.timedelta(hours=1)
        AccessLogEntry.objects.create(
            reader=officer,
            kind="case",
            record=str(case.public_id),
            how="photo",
            at=an_hour_ago,
            hour=an_hour_ago,
        )
        signed_in(officer).get(f"/en/identify/{case.public_id}/photos/1/")
        assert AccessLogEntry.objects.filter(how="photo").count() == 2

    def test_a_program_that_reads_an_answer_is_noted(self, officer, case):
        secret = ApiToken.issue(officer, "tablet", datetime.timedelta(hours=1))
        Client().get(
            f"/api/v1/identifications/{case.public_id}", headers={"authorization": f"Bearer {secret}"}
        )
        assert AccessLogEntry.objects.get().how == "api"

    def test_what_was_not_shown_is_not_noted(self, case):
        signed_in(make_user(roles=("officer",))).get(f"/en/identify/{case.public_id}/")
        assert not AccessLogEntry.objects.exists()

    @pytest.mark.database
    def test_no_entry_is_changed_or_deleted(self, officer):
        entry = note(officer)
        entry.record = "2"
        for change in (
            entry.save,
            entry.delete,
            AccessLogEntry.objects.all().delete,
            lambda: AccessLogEntry.objects.update(record="2"),
            lambda: AccessLogEntry.objects.bulk_update([entry], ["record"]),
        ):
            with pytest.raises(AppendOnly):
                change()
        assert AccessLogEntry.objects.get().record == "1"


class TestReading:
    def test_a_coordinator_reads_what_concerns_the_own_administration(self, coordinator, officer):
        note(officer)
        elsewhere = make_user(
            "boris@elsewhere.example",
            ("officer",),
            administration=Administration.objects.create(name="Customs of Elsewhere"),
        )
        note(elsewhere)

        page = coordinator.get(LOG).text

        assert "amal@customs.example" in page
        assert "boris@elsewhere.example" not in page

    def test_somebody_from_elsewhere_who_opened_the_own_record_is_seen(self, coordinator, administration):
        expert = make_user("expert@elsewhere.example", ("expert",))
        note(expert, administration=administration)
        assert "expert@elsewhere.example" in coordinator.get(LOG).text

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"person": "amal customs"}, True),
            ({"person": "somebody else"}, False),
            ({"kind": "case"}, True),
            ({"kind": "export"}, False),
            ({"since": "2099-01-01"}, False),
            ({"until": "2099-01-01"}, True),
            ({"since": "not a day"}, False),
            ({"person": "\0"}, False),
        ],
    )
    def test_it_can_be_searched(self, coordinator, officer, query, found):
        note(officer)
        assert ("amal@customs.example" in coordinator.get(LOG, query).text) is found

    def test_it_takes_the_same_queries_however_long_it_is(self, coordinator, officer):
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                coordinator.get(LOG)
            return len(captured)

        coordinator.get(LOG)
        note(officer)
        with_one = queries()
        for record in range(59):
            note(officer, str(record))

        assert queries() == with_one
        page = coordinator.get(LOG).text
        assert "60 entries" in page and "Page 1 of 2" in page

    def test_the_next_page_keeps_what_was_asked_for(self, coordinator, officer):
        for record in range(60):
            note(officer, str(record))
        assert "?person=amal&amp;page=2" in coordinator.get(LOG, {"person": "amal"}).text


class TestTable:
    def test_all_that_was_found_is_a_table_that_opens_in_a_spreadsheet(self, coordinator, officer):
        officer.first_name = "=HYPERLINK(0)"
        officer.save()
        note(officer)

        response = coordinator.get(LOG, {"format": "csv", "person": "amal"})
        text = b"".join(response).decode()
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))

        assert text.startswith("\ufeff")
        assert [len(row) for row in rows] == [6, 6]
        assert rows[1][1] == "'=HYPERLINK(0)"

    def test_taking_the_table_is_itself_noted(self, coordinator):
        coordinator.get(LOG, {"format": "csv"})
        assert AccessLogEntry.objects.get().kind == "export"

    @pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", "\t1", "\r1"])
    def test_no_cell_is_taken_for_a_formula(self, cell):
        assert as_text(cell) == f"'{cell}"

    @pytest.mark.parametrize("before", ["x;", "x; ", "x,", "x\t", "x\n", 'x";', "x;;", ";"])
    @pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1"])
    def test_no_part_of_a_cell_is_where_another_separator_is_used(self, before, formula):
        assert as_text(f"{before}{formula}") == f"{before}'{formula}"

    @pytest.mark.parametrize("cell", ["Al-Amin; Customs", "a+b", "x = 1", "Ana, María"])
    def test_other_words_stay_as_they_are(self, cell):
        assert as_text(cell) == cell


def test_a_model_that_says_nothing_about_its_reaches_shows_nothing(officer):
    assert not ReachQuerySet(Administration).visible_to(make_user(roles=(), is_superuser=True)).exists()


def test_a_transferred_officer_no_longer_sees_what_was_met_for_the_old_administration(officer, case):
    officer.administration = Administration.objects.create(name="Customs of Elsewhere")
    officer.save()
    assert signed_in(officer).get(f"/en/identify/{case.public_id}/").status_code == 404


def test_a_coordinator_sees_the_people_of_the_own_administration_and_no_others(officer):
    from accounts.models import User

    coordinator = make_user(roles=("coordinator",), administration=officer.administration)
    make_user(administration=Administration.objects.create(name="Customs of Elsewhere"))
    make_user()
    assert set(User.objects.visible_to(coordinator)) == {officer, coordinator}
    assert set(User.objects.visible_to(officer)) == {officer}


def test_reaches_of_strangers_are_empty():
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    stranger = AnonymousUser()
    for reach in User.reaches:
        assert not User.objects.filter(reach.condition(stranger, User)).exists()
    assert isinstance(User.reaches[0], Own) and isinstance(User.reaches[1], OfAdministration)


class TestPagesAboutPeople:
    @pytest.fixture
    def reader(self, administration):
        person = make_user(roles=("coordinator",), administration=administration)
        person.user_permissions.add(Permission.objects.get(codename="access_admin"))
        return person

    def noted(self, reader, officer, address):
        assert signed_in(reader).get(address).status_code == 200
        entry = AccessLogEntry.objects.get()
        assert (entry.reader, entry.kind, entry.how) == (reader, "person", "page")
        assert (entry.record, entry.administration) == (str(officer.pk), officer.administration)

    @pytest.mark.parametrize("page", ["", "roles/", "suspend/"])
    def test_a_person_and_what_one_can_do_about_them(self, reader, officer, page):
        self.noted(reader, officer, f"/en/accounts/people/{officer.pk}/{page}")

    def test_a_request(self, reader, officer):
        asked = ask_for_access(officer, officer.administration, "expert", "I know timber")
        self.noted(reader, officer, f"/en/accounts/people/requests/{asked.pk}/")

    def test_a_mail_in_the_outbox(self, reader, officer):
        mail = send_mail_to(officer, "suspended", {"reason": "Inquiry"})
        self.noted(reader, officer, f"/admin/mails/{mail.pk}/")

    def test_a_person_in_the_admin(self, officer):
        self.noted(make_user(is_superuser=True), officer, f"/admin/users/edit/{officer.pk}/")

    def test_ones_own_page_is_no_entry(self, reader):
        signed_in(reader).get(f"/en/accounts/people/{reader.pk}/")
        assert not AccessLogEntry.objects.exists()
