"""The coordinator's pages: who enters, and whom they find."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions.invitations import invite
from accounts.actions.requests import ask_for_access
from accounts.actions.staff_lists import plan_staff_list
from accounts.models import AccessRequest, Administration, StandingChange, User
from accounts.staff_list_file import read_staff_list
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PEOPLE = "/en/accounts/people/"


@pytest.fixture
def here():
    return Administration.objects.create(name="Customs of Here")


@pytest.fixture
def there():
    return Administration.objects.create(name="Customs of There")


@pytest.fixture
def coordinator(here):
    return make_user("coordinator@here.example", ("coordinator",), administration=here)


@pytest.fixture
def officer(here):
    return make_user(
        "amal@here.example", ("officer",), administration=here, first_name="Amal", last_name="Haddad"
    )


@pytest.fixture
def as_coordinator(client, coordinator):
    client.force_login(coordinator)
    return client


def elsewhere(there) -> list[str]:
    """Addresses of everything that another administration has."""
    chief = make_user("coordinator@there.example", ("coordinator",), administration=there)
    newcomer = make_user("new@there.example", (), administration=there, standing="waiting")
    request = ask_for_access(newcomer, there, "officer", "x")
    invitation, _secret = invite(chief, there, "guest@there.example", ["officer"], "en")
    rows = read_staff_list(b"email,role\na@there.example,officer\n")
    staff_list = plan_staff_list(chief, there, "staff.csv", rows)
    return [
        f"{PEOPLE}{newcomer.pk}/",
        *(f"{PEOPLE}{chief.pk}/{name}/" for name in ("roles", "transfer", "suspend", "reinstate", "depart")),
        f"{PEOPLE}requests/{request.pk}/",
        f"{PEOPLE}invitations/{invitation.pk}/again/",
        f"{PEOPLE}invitations/{invitation.pk}/withdraw/",
        f"{PEOPLE}lists/{staff_list.pk}/",
        f"{PEOPLE}lists/{staff_list.pk}/apply/",
    ]


def test_an_id_of_another_administration_is_not_found_anywhere(as_coordinator, there):
    for address in elsewhere(there):
        answer = {"decision": "approve", "role": "officer", "reason": "x", "roles": "expert"}
        assert as_coordinator.post(address, answer).status_code == 404, address
        assert as_coordinator.get(address).status_code in {404, 405}, address
    assert not StandingChange.objects.exists()


@pytest.mark.parametrize("role", ["trainee", "officer", "trainer", "expert"])
def test_other_roles_are_kept_out(client, here, role):
    client.force_login(make_user("someone@here.example", (role,), administration=here))
    for name in ("", "requests/", "invitations/", "invitations/new/", "lists/", "export/"):
        assert client.get(f"{PEOPLE}{name}").status_code == 403


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(PEOPLE).url == f"/en/accounts/login/?next={PEOPLE}"


def test_a_coordinator_without_an_administration_finds_nobody(client):
    client.force_login(make_user("lost@example.org", ("coordinator",)))
    assert client.get(PEOPLE).status_code == 403


def test_an_administrator_sees_all_administrations(client, officer, there):
    make_user("other@there.example", administration=there)
    client.force_login(User.objects.create_superuser("root@example.org", "a long password"))
    page = client.get(PEOPLE).content.decode()
    assert "amal@here.example" in page
    assert "other@there.example" in page


@pytest.mark.parametrize(
    "query", ["q=hadd", "q=AMAL+haddad", "q=amal@here", "role=officer", "standing=approved&role=officer"]
)
def test_people_are_found_by_name_role_and_standing(as_coordinator, officer, here, query):
    make_user("zed@here.example", ("expert",), administration=here, standing="waiting")
    page = as_coordinator.get(f"{PEOPLE}?{query}").content.decode()
    assert "Haddad" in page
    assert "zed@here.example" not in page


def test_an_id_too_large_for_the_database_is_not_found(as_coordinator):
    assert as_coordinator.get(f"{PEOPLE}{10**30}/").status_code == 404


@pytest.mark.parametrize("query", ["q=%00", "role=king", "standing=x", "page=99999", "page=x", "q=%25_"])
def test_a_strange_question_is_answered(as_coordinator, query):
    assert as_coordinator.get(f"{PEOPLE}?{query}").status_code == 200


def test_the_pages_of_the_list_keep_what_was_asked(as_coordinator, here):
    for number in range(60):
        make_user(f"p{number}@here.example", ("officer",), administration=here)
    page = as_coordinator.get(f"{PEOPLE}?role=officer").content.decode()
    assert "?role=officer&amp;page=2" in page


def test_the_list_takes_as_many_queries_for_many_as_for_few(as_coordinator, here):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            as_coordinator.get(PEOPLE)
        return len(counted)

    make_user(administration=here)
    few = queries()
    for _ in range(30):
        make_user(administration=here)
    assert queries() == few


def test_a_person_is_suspended_and_reinstated_on_their_page(as_coordinator, officer):
    as_coordinator.post(f"{PEOPLE}{officer.pk}/suspend/", {"reason": "Inquiry"})
    page = as_coordinator.get(f"{PEOPLE}{officer.pk}/").content.decode()
    assert "Suspended" in page
    assert "Inquiry" in page
    as_coordinator.post(f"{PEOPLE}{officer.pk}/reinstate/", {"reason": "Cleared"})
    assert User.objects.get(pk=officer.pk).roles == {"officer"}


def test_an_act_needs_a_reason(as_coordinator, officer):
    page = as_coordinator.post(f"{PEOPLE}{officer.pk}/suspend/", {"reason": " "}).content.decode()
    assert "something to correct" in page
    assert User.objects.get(pk=officer.pk).approved


def test_looking_at_the_page_of_an_act_does_nothing(as_coordinator, officer):
    for name in ("roles", "transfer", "suspend", "depart"):
        assert as_coordinator.get(f"{PEOPLE}{officer.pk}/{name}/").status_code == 200
    assert not StandingChange.objects.exists()


def test_roles_are_given_on_the_persons_page(as_coordinator, officer):
    as_coordinator.post(
        f"{PEOPLE}{officer.pk}/roles/", {"roles": ["officer", "expert"], "reason": "Examined"}
    )
    assert User.objects.get(pk=officer.pk).roles == {"officer", "expert"}


def test_a_transferred_person_is_no_longer_found(as_coordinator, officer, there):
    response = as_coordinator.post(
        f"{PEOPLE}{officer.pk}/transfer/", {"to": there.pk, "reason": "Moves"}, follow=True
    )
    assert response.redirect_chain[-1][0] == PEOPLE
    assert as_coordinator.get(f"{PEOPLE}{officer.pk}/").status_code == 404
    assert AccessRequest.objects.waiting().get().administration == there


def test_the_last_coordinator_who_leaves_is_asked_twice(as_coordinator, coordinator):
    address = f"{PEOPLE}{coordinator.pk}/depart/"
    page = as_coordinator.post(address, {"reason": "Retired"}).content.decode()
    assert "This is the last coordinator" in page
    assert User.objects.get(pk=coordinator.pk).approved
    assert as_coordinator.post(address, {"reason": "Retired", "although_last": "on"}).status_code == 302
    assert "_auth_user_id" not in as_coordinator.session


def test_the_menu_leads_coordinators_only(as_coordinator, officer):
    assert 'href="/en/accounts/people/"' in as_coordinator.get("/en/learn/").content.decode()
    as_coordinator.force_login(officer)
    assert "/en/accounts/people/" not in as_coordinator.get("/en/learn/").content.decode()


def test_without_the_forms_token_nothing_is_done(coordinator, officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator)
    assert client.post(f"{PEOPLE}{officer.pk}/suspend/", {"reason": "x"}).status_code == 403
    assert User.objects.get(pk=officer.pk).approved


def test_a_name_is_shown_as_text(as_coordinator, officer):
    User.objects.filter(pk=officer.pk).update(first_name="<script>alert(1)</script>")
    for address in (PEOPLE, f"{PEOPLE}{officer.pk}/"):
        assert "<script>alert" not in as_coordinator.get(address).content.decode()
