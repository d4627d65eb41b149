"""What coordinators do to people: who may, what it ends, and what is kept of it."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.actions.standing import (
    DepartureRefused,
    LastCoordinator,
    ReinstatementRefused,
    RoleChangeRefused,
    SuspensionRefused,
    TransferRefused,
    change_roles,
    depart,
    reinstate,
    suspend,
    transfer,
)
from accounts.models import AccessRequest, Administration, ApiToken, SentMail, StandingChange, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


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
    return make_user("officer@here.example", ("officer", "trainer"), administration=here)


@pytest.fixture
def root():
    return User.objects.create_superuser("root@example.org", "a long password")


def test_a_suspended_person_is_signed_out_and_back_after_reinstatement(client, coordinator, officer):
    client.force_login(officer)
    suspend(officer, coordinator, "Inquiry")
    assert client.get("/en/learn/").status_code == 302
    reinstate(officer, coordinator, "Cleared")
    assert client.get("/en/learn/").status_code == 302, "the old session came back to life"
    officer = User.objects.get(pk=officer.pk)
    assert officer.approved
    assert officer.roles == {"officer", "trainer"}


@pytest.mark.parametrize("act", ["suspend", "depart", "transfer"])
def test_tokens_end_with_suspension_departure_and_transfer(act, coordinator, officer, there):
    secret = ApiToken.issue(officer, "tablet", DAY)
    if act == "transfer":
        transfer(officer, there, coordinator, "Moves")
    else:
        {"suspend": suspend, "depart": depart}[act](officer, coordinator, "Why")
    assert not ApiToken.objects.presented(secret).exists()
    assert not officer.api_tokens.exists()


def test_a_transferred_person_is_signed_out(client, coordinator, officer, there):
    client.force_login(officer)
    transfer(officer, there, coordinator, "Moves")
    assert client.get("/en/learn/").status_code == 302


def test_somebody_elses_session_goes_on(client, coordinator, officer):
    client.force_login(coordinator)
    suspend(officer, coordinator, "Inquiry")
    assert client.get("/en/learn/").status_code == 200


def test_one_who_leaves_has_no_roles_and_no_request(coordinator, officer, here):
    AccessRequest.objects.create(person=officer, administration=here, role="expert", reason="x")
    depart(officer, coordinator, "Retired")
    officer = User.objects.get(pk=officer.pk)
    assert (officer.standing, officer.is_active, officer.held_roles) == ("departed", False, [])
    assert officer.access_requests.get().state == "withdrawn"


def test_one_transferred_waits_for_the_other_coordinator_without_roles(coordinator, officer, there):
    other = make_user("coordinator@there.example", ("coordinator",), administration=there)
    request = transfer(officer, there, coordinator, "Moves to the port of There")
    officer = User.objects.get(pk=officer.pk)
    assert (officer.administration, officer.standing, officer.roles) == (there, "waiting", set())
    assert (request.administration, request.state, request.role) == (there, "waiting", "trainer")
    assert SentMail.objects.get().recipient == other


def test_each_act_is_recorded_with_who_what_and_why(coordinator, officer, here, there):
    transfer(officer, there, coordinator, "Moves")
    change = StandingChange.objects.get()
    assert (change.person, change.by, change.act, change.reason) == (
        officer,
        coordinator,
        "transfer",
        "Moves",
    )
    assert (change.administration_before, change.administration) == (here, there)
    assert (change.standing_before, change.standing) == ("approved", "waiting")
    assert (change.roles_before, change.roles) == (["officer", "trainer"], [])


def test_the_record_is_only_added_to(coordinator, officer):
    suspend(officer, coordinator, "Inquiry")
    change = StandingChange.objects.get()
    change.reason = "Another"
    with pytest.raises(TypeError):
        change.save()
    with pytest.raises(TypeError):
        change.delete()
    with pytest.raises(TypeError):
        StandingChange.objects.update(reason="Another")
    with pytest.raises(TypeError):
        StandingChange.objects.all().delete()


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda who, by, there: suspend(who, by, ""), SuspensionRefused),
        (lambda who, by, there: depart(who, by, ""), DepartureRefused),
        (lambda who, by, there: transfer(who, there, by, ""), TransferRefused),
        (lambda who, by, there: change_roles(who, ["expert"], by), RoleChangeRefused),
    ],
)
def test_a_coordinator_of_another_administration_can_do_nothing(act, refusal, officer, there):
    stranger = make_user("coordinator@there.example", ("coordinator",), administration=there)
    with pytest.raises(refusal):
        act(officer, stranger, there)
    officer.refresh_from_db()
    assert (officer.standing, officer.held_roles) == ("approved", ["officer", "trainer"])
    assert not StandingChange.objects.exists()


def test_an_officer_can_do_nothing_to_a_colleague(officer, here):
    colleague = make_user("colleague@here.example", ("officer",), administration=here)
    with pytest.raises(SuspensionRefused):
        suspend(colleague, officer, "")


def test_a_suspended_coordinator_can_do_nothing(coordinator, officer, here, root):
    make_user("second@here.example", ("coordinator",), administration=here)
    coordinator = suspend(coordinator, root, "Inquiry")
    with pytest.raises(SuspensionRefused):
        suspend(officer, coordinator, "")


def test_a_coordinator_cannot_act_on_an_administrator(coordinator, here):
    chief = User.objects.create_superuser("chief@here.example", "a long password", administration=here)
    with pytest.raises(SuspensionRefused):
        suspend(chief, coordinator, "")


def test_nobody_suspends_or_promotes_themselves(coordinator):
    with pytest.raises(SuspensionRefused):
        suspend(coordinator, coordinator, "")
    with pytest.raises(RoleChangeRefused):
        change_roles(coordinator, ["coordinator", "expert"], coordinator)


def test_the_last_coordinator_leaves_only_when_it_is_meant(coordinator):
    with pytest.raises(LastCoordinator):
        depart(coordinator, coordinator, "Retired")
    assert User.objects.get(pk=coordinator.pk).approved
    depart(coordinator, coordinator, "Retired", although_last=True)
    assert User.objects.get(pk=coordinator.pk).standing == "departed"


def test_one_of_two_coordinators_leaves_without_a_warning(coordinator, here):
    make_user("second@here.example", ("coordinator",), administration=here)
    assert depart(coordinator, coordinator, "Retired").standing == "departed"


def test_roles_are_changed_to_exactly_those_given(coordinator, officer):
    change_roles(officer, ["expert"], coordinator, "Passed the examination")
    assert User.objects.get(pk=officer.pk).roles == {"expert"}
    change = StandingChange.objects.get()
    assert (change.roles_before, change.roles) == (["officer", "trainer"], ["expert"])


def test_one_who_waits_gets_no_roles_by_the_side_door(coordinator, here):
    newcomer = make_user(roles=(), administration=here, standing="waiting")
    with pytest.raises(RoleChangeRefused):
        change_roles(newcomer, ["officer"], coordinator)


def test_an_open_account_is_not_reinstated(coordinator, officer):
    with pytest.raises(ReinstatementRefused):
        reinstate(officer, coordinator, "")


def test_one_who_has_left_comes_back_without_roles(coordinator, officer):
    depart(officer, coordinator, "Leaves")
    assert reinstate(officer, coordinator, "Returns").held_roles == []


def test_the_admins_own_switch_ends_sessions_too(client, officer):
    client.force_login(officer)
    officer.is_active = False
    officer.save()
    officer.is_active = True
    officer.save()
    assert client.get("/en/learn/").status_code == 302


def test_a_suspended_person_is_told_in_their_language(coordinator, here):
    person = make_user(administration=here, language="fr")
    suspend(person, coordinator, "Enquête\r\nBcc: other@example.org")
    mail = SentMail.objects.get(recipient=person)
    assert mail.language == "fr"
    assert "\n" not in mail.subject


@pytest.mark.database
def test_the_database_holds_one_waiting_request_a_person(officer, here):
    AccessRequest.objects.create(person=officer, administration=here, role="expert", reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessRequest.objects.create(person=officer, administration=here, role="trainer", reason="x")


@pytest.mark.database
@pytest.mark.parametrize("fields", [{"state": "approved"}, {"decided_at": "2026-01-01T00:00Z"}])
def test_the_database_holds_decision_and_date_together(officer, here, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessRequest.objects.create(person=officer, administration=here, role="expert", reason="x", **fields)


# --- Who makes trainers: they write for everybody -------------------------------------------------


def test_with_one_administration_its_coordinator_makes_trainers(coordinator, here):
    person = make_user(roles=("officer",), administration=here)
    assert change_roles(person, ["officer", "trainer"], coordinator).held_roles == ["officer", "trainer"]


def test_with_several_administrations_only_an_administrator_makes_trainers(coordinator, here, there, root):
    person = make_user(roles=("officer",), administration=here)
    with pytest.raises(RoleChangeRefused, match="only an administrator"):
        change_roles(person, ["trainer"], coordinator)
    assert change_roles(person, ["trainer"], root).held_roles == ["trainer"]


def test_a_coordinator_keeps_and_takes_away_what_only_an_administrator_gives(coordinator, officer, there):
    assert change_roles(officer, ["trainer", "expert"], coordinator).held_roles == ["trainer", "expert"]
    assert change_roles(officer, ["expert"], coordinator).held_roles == ["expert"]


def test_the_pages_offer_only_the_roles_that_one_may_give(client, coordinator, officer, here, there):
    person = make_user(roles=("officer",), administration=here)
    client.force_login(coordinator)
    for address in (f"/en/accounts/people/{person.pk}/roles/", "/en/accounts/people/invitations/new/"):
        page = client.get(address).text
        assert 'value="expert"' in page
        assert 'value="trainer"' not in page
    assert 'value="trainer"' in client.get(f"/en/accounts/people/{officer.pk}/roles/").text


def test_who_transfers_is_told_that_the_other_side_reads_the_reason(client, coordinator, officer):
    client.force_login(coordinator)
    page = client.get(f"/en/accounts/people/{officer.pk}/transfer/").text
    assert "The other administration's coordinator reads it too." in page
