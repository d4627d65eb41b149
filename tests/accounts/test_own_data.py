"""One's own data: a copy to keep, and erasure that says what stays."""

import datetime
import io
import json
import zipfile

import pytest
from django.test import Client

from accounts.actions.erasure import LastAdministrator, erase_person
from accounts.actions.invitations import accept_invitation, invite
from accounts.actions.requests import ask_for_access
from accounts.actions.standing import ReinstatementRefused, change_roles, reinstate, suspend
from accounts.models import AccessLogEntry, Administration, ApiToken, SentMail, StandingChange, User
from accounts.personal_data import holdings
from identify.models import Case
from learning.actions import start_attempt
from learning.models import Enrolment
from tests.factories import PASSWORD, make_module, make_user
from tests.identify.answered import make_answer
from tests.identify.guide import make_small_guide

pytestmark = pytest.mark.django_db

DATA = "/en/accounts/you/data/"


@pytest.fixture
def person():
    return make_user(
        "amal@customs.example",
        ("officer",),
        first_name="Amal",
        last_name="Haddad",
        administration=Administration.objects.create(name="Customs of Examplia"),
    )


@pytest.fixture
def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def case(person):
    make_small_guide()
    case = make_answer(person, ("laptop", 0.9)).case
    case.administration = person.administration
    case.save()
    return case


@pytest.fixture
def attempt(person):
    module = make_module()
    return start_attempt(person, module.key, module.quiz)


def archive(browser: Client) -> zipfile.ZipFile:
    response = browser.post(f"{DATA}export/")
    assert response["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(response)))


class TestExport:
    def test_it_holds_every_part_that_an_app_declared(self, browser):
        told = json.loads(archive(browser).read("data.json"))
        assert set(told) == {"made_at", *(holding.name for holding in holdings())}
        assert {"account", "accesses", "acceptances", "learning", "cases"} <= set(told)
        assert told["account"]["email"] == "amal@customs.example"

    def test_it_holds_the_copies_of_ones_photos(self, browser, case):
        zipped = archive(browser)
        name = f"photos/{case.public_id}/1.jpg"
        assert zipped.read(name).startswith(b"\xff\xd8")
        assert json.loads(zipped.read("data.json"))["cases"][0]["photos"][0]["file"] == name

    def test_a_photo_whose_file_is_gone_is_left_out(self, browser, case):
        photo = case.photos.get()
        photo.derivative.storage.delete(photo.derivative.name)
        assert archive(browser).namelist() == ["data.json"]

    def test_it_tells_the_reasons_written_about_one(self, browser, person):
        coordinator = make_user(roles=("coordinator",), administration=person.administration)
        change_roles(person, ["officer", "expert"], coordinator, "Knows timber")
        assert json.loads(archive(browser).read("data.json"))["standing"][0]["reason"] == "Knows timber"

    def test_it_never_says_what_is_right_in_an_open_quiz(self, browser, attempt):
        text = archive(browser).read("data.json").decode()
        told = json.loads(text)["learning"][0]["attempts"][0]
        assert told["score"] is None
        assert "right" not in text

    def test_it_holds_nothing_of_others(self, browser, case):
        other = make_user("boris@customs.example", ("officer",))
        make_answer(other, ("keyboard", 0.9))
        zipped = archive(browser)
        assert "boris" not in zipped.read("data.json").decode()
        assert len(zipped.namelist()) == 2

    def test_it_is_noted_in_the_access_log(self, browser, person):
        archive(browser)
        entry = AccessLogEntry.objects.get()
        assert (entry.reader, entry.kind, entry.how) == (person, "export", "file")

    def test_a_link_alone_makes_none(self, browser):
        assert browser.get(f"{DATA}export/").status_code == 405


class TestErasure:
    def erase(self, browser, **wrong):
        browser.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
        return browser.post(f"{DATA}erase/", {"email": "Amal@customs.example", **wrong})

    def test_the_page_says_what_goes_and_what_stays(self, browser):
        page = browser.get(f"{DATA}erase/").text
        for holding in holdings():
            assert str(holding.stays or holding.goes)[:30] in page.replace("&#x27;", "'")

    def test_cases_stay_as_evidence_without_a_name(self, browser, person, case):
        self.erase(browser)
        kept = Case.objects.get(pk=case.pk).officer
        assert kept.pk == person.pk
        assert kept.email.endswith("@erased.invalid")
        assert "amal" not in f"{kept} {kept.email}".lower()
        assert kept.get_full_name() == ""
        assert case.photos.get().original.open().read() == b"sealed"

    def test_learning_and_tokens_go(self, browser, person, attempt):
        ApiToken.issue(person, "tablet", datetime.timedelta(days=1))
        self.erase(browser)
        assert not Enrolment.objects.exists()
        assert not ApiToken.objects.exists()

    def test_every_session_ends(self, browser, person):
        elsewhere = Client()
        elsewhere.force_login(person)
        assert self.erase(browser).url == "/en/accounts/login/"
        for client in (browser, elsewhere):
            assert "/accounts/login/" in client.get("/en/learn/").url
        assert not Client().login(email="amal@customs.example", password=PASSWORD)

    def test_it_is_confirmed_by_the_address(self, browser, person):
        assert self.erase(browser, email="b@customs.example").status_code == 422
        assert User.objects.get(pk=person.pk).email == "amal@customs.example"

    def test_who_it_is_is_asked_once_more_and_then_it_is_done(self, browser, person):
        asked = browser.post(f"{DATA}erase/", {"email": "amal@customs.example"})
        assert asked.url.startswith("/en/accounts/reauthenticate/")
        assert User.objects.get(pk=person.pk).email == "amal@customs.example"
        done = browser.post(asked.url, {"password": PASSWORD, "next": f"{DATA}erase/"})
        assert done.url == "/en/accounts/login/"
        assert User.objects.get(pk=person.pk).is_erased

    def test_guessing_the_password_is_stopped_as_anywhere(self, browser, person):
        for number in range(5):
            browser.post("/en/accounts/reauthenticate/", {"password": f"guess {number}"})
        self.erase(browser)
        assert not User.objects.get(pk=person.pk).is_erased

    def test_no_mail_and_no_reason_keeps_the_name(self, person):
        here = person.administration
        coordinator = make_user(roles=("coordinator",), administration=here)
        invite(coordinator, here, "boris@customs.example", ["officer"], "en")
        invitation, _secret = invite(coordinator, here, "amal.haddad@customs.example", ["officer"], "en")
        invited = accept_invitation(invitation, PASSWORD, first_name="Amal", last_name="Haddad")
        ask_for_access(invited, here, "expert", "I, Amal Haddad, know timber")
        suspend(invited, coordinator, "Amal Haddad is under inquiry")
        erase_person(invited)
        kept = [*SentMail.objects.values(), *StandingChange.objects.values()]
        assert "haddad" not in str(kept).lower()
        assert SentMail.objects.get().to == "boris@customs.example"
        assert invited.standing_changes.count() == 2

    def test_nobody_opens_an_erased_account_again(self, person):
        coordinator = make_user(roles=("coordinator",), administration=person.administration)
        erase_person(person)
        person = User.objects.get(pk=person.pk)
        with pytest.raises(ReinstatementRefused):
            reinstate(person, coordinator, "Back")
        person.is_active = True
        person.save()
        assert (person.is_active, person.standing) == (False, "departed")

    def test_the_only_administrator_stays(self, person):
        chief = make_user(is_superuser=True, roles=())
        with pytest.raises(LastAdministrator):
            erase_person(chief)
        make_user(is_superuser=True, roles=())
        erase_person(chief)
        assert not User.objects.get(pk=chief.pk).is_superuser

    def test_nothing_is_erased_where_one_part_fails(self, person, attempt, monkeypatch):
        def fails(*_args):
            raise RuntimeError

        monkeypatch.setattr("accounts.actions.erasure._leave_a_pseudonym", fails)
        with pytest.raises(RuntimeError):
            erase_person(person)
        assert Enrolment.objects.exists()

    def test_one_who_signs_in_elsewhere_needs_no_password(self, browser, person):
        person.set_unusable_password()
        person.save()
        browser.force_login(person)
        browser.post(f"{DATA}erase/", {"email": "amal@customs.example"})
        assert User.objects.get(pk=person.pk).email.endswith("@erased.invalid")
