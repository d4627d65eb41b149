"""Terms and privacy: read by everybody, accepted once by each person; an administration may have its own."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation

from accounts.models import Administration, ApiToken
from content.actions import accept_notices, write_notice
from content.loading.ledger import Ledger
from content.loading.notices import load_notices
from content.models import Acceptance, Notice
from content.translation_status import records
from tests.factories import make_user

pytestmark = pytest.mark.django_db

ACCEPT = "/en/privacy/accept/"


def make_notice(kind: str = "terms", text: str = "Keep your account to yourself.", **fields) -> Notice:
    language = fields.pop("language", "en")
    notice = Notice(kind=kind, **fields)
    notice.set_words("title", language, "The rules", english="")
    notice.set_words("text", language, text, english="")
    notice.save()
    return notice


@pytest.fixture
def administration():
    return Administration.objects.create(name="Customs of Examplia")


@pytest.fixture
def person(administration):
    return make_user(roles=("officer",), administration=administration)


@pytest.fixture
def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


class TestWhatHolds:
    def test_everybody_reads_the_installations_own(self, client):
        make_notice()
        assert "Keep your account to yourself." in client.get("/en/privacy/").text

    def test_an_administrations_own_takes_its_place_for_its_people(self, client, browser, administration):
        make_notice()
        make_notice(text="Our own rules.", administration=administration)
        assert "Our own rules." in browser.get("/en/privacy/").text
        assert "Keep your account" not in browser.get("/en/privacy/").text
        assert "Our own rules." not in client.get("/en/privacy/").text

    def test_a_later_version_holds_from_its_day(self, client):
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        make_notice()
        make_notice(text="From tomorrow.", version=2, valid_from=tomorrow)
        assert "Keep your account" in client.get("/en/privacy/").text

    def test_it_is_read_in_the_language_it_has_and_says_which(self, browser, administration):
        make_notice(text="قواعدنا", administration=administration, language="ar")
        page = browser.get("/fr/privacy/").text
        assert 'lang="ar" dir="rtl"' in page and "قواعدنا" in page

    def test_the_products_own_exist_in_six_languages(self, client):
        ledger = Ledger()
        load_notices(ledger)
        ledger.save()
        for language in ("en", "fr", "es", "ru", "ar", "zh-hans"):
            with translation.override(language):
                page = client.get(f"/{language}/privacy/").text
                for notice in Notice.objects.all():
                    assert notice.words("title", language) in page

    def test_an_administrations_own_need_no_translation(self, administration):
        make_notice(administration=administration)
        assert records("fr")["missing"] == 0


class TestAccepting:
    def test_a_person_is_asked_once_and_then_led_on(self, browser, person):
        notice = make_notice()

        asked = browser.get("/en/identify/mine/?page=1")
        assert asked.url == f"{ACCEPT}?next=%2Fen%2Fidentify%2Fmine%2F%3Fpage%3D1"
        page = browser.get(asked.url)
        assert "Keep your account to yourself." in page.text
        led_on = browser.post(ACCEPT, {"notice": [notice.pk], "next": "/en/identify/mine/?page=1"})

        assert led_on.url == "/en/identify/mine/?page=1"
        assert browser.get(led_on.url).status_code == 200
        acceptance = Acceptance.objects.get()
        assert (acceptance.person, acceptance.notice, acceptance.language) == (person, notice, "en")

    def test_a_new_version_is_asked_for_on_the_next_day(self, browser, person):
        accept_notices(person, [make_notice()])
        assert browser.get("/en/learn/").status_code == 200
        make_notice(version=2)
        session = browser.session
        session["notices_settled"] = "2000-01-01"
        session.save()
        assert browser.get("/en/learn/").url.startswith(ACCEPT)

    def test_nothing_typed_is_lost_to_a_new_version(self, browser, person):
        accept_notices(person, [make_notice()])
        browser.get("/en/learn/")
        make_notice(version=2)
        session = browser.session
        session["notices_settled"] = "2000-01-01"
        session.save()
        assert browser.post("/en/identify/", {}).status_code == 422  # looked at, not led away

    @pytest.mark.parametrize(
        "address",
        ["", "guide/", "privacy/", "privacy/accept/", "accounts/logout/", "accounts/you/data/"],
    )
    def test_what_stays_open_meanwhile(self, browser, address):
        make_notice()
        response = browser.get(f"/en/{address}")
        assert not (response.status_code == 302 and ACCEPT in response.url)

    def test_what_was_not_shown_is_not_accepted(self, browser):
        shown, since = make_notice(), make_notice("privacy", "Written meanwhile.")
        page = browser.post(ACCEPT, {"notice": [shown.pk]})
        assert Acceptance.objects.get().notice == shown
        assert "Written meanwhile." in page.text
        assert str(since.pk) in page.text

    def test_it_leads_to_no_other_host(self, browser, person):
        accept_notices(person, [make_notice()])
        assert browser.get(ACCEPT, {"next": "https://elsewhere.example/"}).url == "/en/accounts/next/"

    def test_a_session_at_the_api_is_told(self, browser):
        make_notice()
        response = browser.post("/api/v1/identifications")
        assert response.status_code == 403
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["code"] == "notices_not_accepted"

    def test_a_program_with_a_token_goes_on(self, person):
        make_notice()
        secret = ApiToken.issue(person, "tablet", datetime.timedelta(hours=1))
        response = Client().post("/api/v1/identifications", headers={"authorization": f"Bearer {secret}"})
        assert response.status_code == 422

    def test_a_header_that_looks_like_a_token_opens_no_page(self, browser):
        make_notice()
        assert ACCEPT in browser.get("/en/learn/", headers={"authorization": "Bearer x"}).url

    @pytest.mark.database
    def test_the_database_keeps_one_acceptance_a_person_and_version(self, person):
        notice = make_notice()
        accept_notices(person, [notice])
        accept_notices(person, [notice])
        with pytest.raises(IntegrityError), transaction.atomic():
            Acceptance.objects.create(person=person, notice=notice, language="en")


class TestWriting:
    @pytest.fixture
    def coordinator(self, administration) -> Client:
        client = Client()
        client.force_login(make_user(roles=("coordinator",), administration=administration))
        return client

    def form(self, **fields):
        day = timezone.localdate().isoformat()
        return {
            "kind": "terms",
            "language": "fr",
            "title": "Règles",
            "text": "Nos règles.",
            "valid_from": day,
            **fields,
        }

    def test_a_coordinator_writes_the_next_version(self, coordinator, administration):
        for _ in range(2):
            assert coordinator.post("/en/privacy/write/", self.form()).status_code == 302
        assert list(Notice.objects.values_list("administration", "kind", "version").order_by("version")) == [
            (administration.pk, "terms", 1),
            (administration.pk, "terms", 2),
        ]
        assert Notice.objects.first().words("text", "fr") == "Nos règles."

    @pytest.mark.parametrize("wrong", [{"text": ""}, {"valid_from": "2000-01-01"}, {"language": "xx"}])
    def test_what_cannot_be_saved_keeps_what_was_typed(self, coordinator, wrong):
        response = coordinator.post("/en/privacy/write/", self.form(**wrong))
        assert response.status_code == 422
        assert "Règles" in response.text
        assert not Notice.objects.exists()

    @pytest.mark.database
    def test_two_versions_of_one_number_are_refused(self, administration):
        make_notice(administration=administration)
        make_notice()
        for fields in ({"administration": administration}, {}):
            with pytest.raises(IntegrityError), transaction.atomic():
                make_notice(**fields)

    def test_what_somebody_accepted_keeps_its_words(self, person):
        notice = make_notice()
        accept_notices(person, [notice])
        notice.set_words("text", "en", "Other rules.")
        with pytest.raises(ValidationError):
            notice.full_clean()

    def test_a_translation_may_come_later(self, person):
        notice = make_notice()
        accept_notices(person, [notice])
        notice.set_words("text", "fr", "Gardez votre compte pour vous.")
        notice.full_clean()

    def test_loading_again_leaves_alone_what_somebody_accepted(self, person):
        ledger = Ledger()
        load_notices(ledger)
        ledger.save()
        terms = Notice.objects.get(kind="terms")
        accept_notices(person, [terms])
        Notice.objects.filter(pk=terms.pk).update(title_en="")
        load_notices(Ledger())
        terms.refresh_from_db()
        assert terms.words("title", "en") == ""

    def test_a_version_follows_the_one_before(self, administration):
        first = write_notice(
            Notice(administration=administration, kind="terms", valid_from=timezone.localdate()),
            "en",
            "Rules",
            "One.",
        )
        assert first.version == 1
