"""Signing up, asking for a role, and being answered."""

import pytest
from django.core.cache import cache

from accounts.actions.requests import DecisionRefused, approve_request, ask_for_access, refuse_request
from accounts.models import AccessRequest, Administration, SentMail, StandingChange, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "nineteen crates of tea"
EMAIL = "amal@customs.example"


@pytest.fixture(autouse=True)
def no_attempts_yet():
    """Sign-ups are counted in the cache."""
    cache.clear()
    yield
    cache.clear()


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
def root():
    return User.objects.create_superuser("root@example.org", "a long password")


@pytest.fixture
def newcomer(here):
    return make_user(EMAIL, (), administration=here, standing="waiting")


def form(administration, **changes):
    return {
        "first_name": "Amal",
        "last_name": "Haddad",
        "email": EMAIL,
        "administration": administration.pk,
        "role": "officer",
        "reason": "I inspect containers.",
        "password1": PASSWORD,
        "password2": PASSWORD,
    } | changes


def sign_up(client, administration, language="en", **changes):
    return client.post(f"/{language}/accounts/signup/", form(administration, **changes))


def test_one_who_signs_up_waits_without_roles_in_their_language(client, here):
    response = sign_up(client, here, "fr")
    assert response.url == "/fr/accounts/signed-up/"
    person = User.objects.get()
    assert (person.email, person.standing, person.administration) == (EMAIL, "waiting", here)
    assert (person.roles, person.may_identify, person.language) == (set(), False, "fr")
    assert person.access_requests.get().role == "officer"


def test_one_who_waits_signs_in_and_learns(client, here):
    sign_up(client, here)
    client.post("/en/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    assert client.get("/en/learn/").status_code == 200
    assert client.get("/en/identify/").status_code == 403


def test_one_who_waits_sees_that_and_on_whom(client, newcomer, here, coordinator):
    ask_for_access(newcomer, here, "officer", "Containers")
    client.force_login(newcomer)
    assert "waits for approval" in client.get("/en/learn/").content.decode()
    page = client.get("/en/accounts/access/").content.decode()
    assert "The national coordinator of Customs of Here decides" in page


def test_without_a_coordinator_an_administrator_decides(client, newcomer, here):
    root = User.objects.create_superuser("root@example.org", PASSWORD)
    request = ask_for_access(newcomer, here, "coordinator", "I am the first")
    client.force_login(newcomer)
    assert "administrator of this site decides" in client.get("/en/accounts/access/").content.decode()
    assert [mail.recipient for mail in SentMail.objects.all()] == [root]
    approve_request(request, root)
    assert User.objects.get(pk=newcomer.pk).roles == {"coordinator"}


def test_the_page_does_not_tell_whether_an_address_has_an_account(client, here):
    known = make_user("known@customs.example")
    before = known.password
    new = sign_up(client, here)
    old = sign_up(client, here, email=known.email)
    assert (new.status_code, new.url) == (old.status_code, old.url)
    known.refresh_from_db()
    assert known.password == before
    assert SentMail.objects.get(recipient=known).subject


def test_where_mail_works_the_link_opens_the_account(client, here, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    known = make_user("known@customs.example")
    new = sign_up(client, here)
    old = sign_up(client, here, email=known.email)
    assert new.url == old.url == "/en/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session
    person = User.objects.get(email=EMAIL)
    letter = SentMail.objects.get(recipient=person)
    link = next(word for word in letter.text.split() if "/confirm-email/" in word)
    path = "/" + link.split("/", 3)[3]
    assert client.get(path).status_code == 200
    client.post(path)
    assert person.emailaddress_set.get().verified


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("administration", "999999"),
        ("administration", ""),
        ("role", "superuser"),
        ("reason", ""),
        ("reason", "x" * 1001),
        ("first_name", '=HYPERLINK("http://e.example")'),
        ("last_name", "A\nBcc: x@y.example"),
        ("email", "a@b.example\nBcc: x@y.example"),
        ("email", "a\x00@b.example"),
        ("first_name", "x" * 151),
    ],
)
def test_bad_input_makes_no_account_and_loses_nothing_typed(client, here, field, value):
    response = client.post("/en/accounts/signup/", form(here) | {field: value})
    assert response.status_code == 200
    assert not User.objects.exists()
    if field != "first_name":
        assert 'value="Amal"' in response.content.decode()


def test_nobody_signs_up_where_there_is_no_administration(client):
    assert "No administration" in client.get("/en/accounts/signup/").content.decode()


def test_a_coordinator_is_told_and_approves(client, newcomer, here, coordinator):
    request = ask_for_access(newcomer, here, "officer", "Containers")
    letter = SentMail.objects.get(recipient=coordinator)
    assert f"/en/accounts/people/requests/{request.pk}/" in letter.text
    client.force_login(coordinator)
    assert "1 waits" in client.get("/en/learn/").content.decode()
    address = f"/en/accounts/people/requests/{request.pk}/"
    assert "Containers" in client.get(address).content.decode()
    client.post(address, {"decision": "approve", "role": "expert", "note": "Welcome"})
    newcomer = User.objects.get(pk=newcomer.pk)
    assert (newcomer.standing, newcomer.roles) == ("approved", {"expert"})
    assert "Welcome" in SentMail.objects.get(recipient=newcomer).text
    assert StandingChange.objects.get().act == "approval"


def test_one_refused_goes_on_waiting_and_may_ask_again(newcomer, here, coordinator):
    refuse_request(ask_for_access(newcomer, here, "officer", "Containers"), coordinator, "Not known here")
    newcomer = User.objects.get(pk=newcomer.pk)
    assert (newcomer.standing, newcomer.roles) == ("waiting", set())
    assert "Not known here" in SentMail.objects.get(recipient=newcomer).text
    assert ask_for_access(newcomer, here, "trainee", "To learn").state == "waiting"


def test_a_request_is_decided_once(newcomer, here, coordinator):
    request = ask_for_access(newcomer, here, "officer", "Containers")
    approve_request(request, coordinator)
    with pytest.raises(DecisionRefused):
        refuse_request(request, coordinator)
    assert User.objects.get(pk=newcomer.pk).roles == {"officer"}


def test_nobody_approves_themselves(client, coordinator, here):
    request = ask_for_access(coordinator, here, "expert", "I know it all")
    with pytest.raises(DecisionRefused):
        approve_request(request, coordinator)
    client.force_login(coordinator)
    client.post(f"/en/accounts/people/requests/{request.pk}/", {"decision": "approve", "role": "expert"})
    assert User.objects.get(pk=coordinator.pk).roles == {"coordinator"}


def test_a_coordinator_decides_nothing_of_another_administration(newcomer, here, there):
    stranger = make_user("coordinator@there.example", ("coordinator",), administration=there)
    request = ask_for_access(newcomer, here, "officer", "Containers")
    with pytest.raises(DecisionRefused):
        approve_request(request, stranger)


@pytest.mark.parametrize("role", ["trainee", "officer", "trainer", "expert"])
def test_no_other_role_decides(newcomer, here, role):
    colleague = make_user("colleague@here.example", (role,), administration=here)
    with pytest.raises(DecisionRefused):
        approve_request(ask_for_access(newcomer, here, "officer", "Containers"), colleague)


def test_one_who_waits_changes_and_withdraws_the_request(client, newcomer, here, there):
    ask_for_access(newcomer, here, "officer", "Containers")
    client.force_login(newcomer)
    change = {"administration": there.pk, "role": "trainee", "reason": "I moved"}
    client.post("/en/accounts/access/", change)
    waiting = AccessRequest.objects.waiting().get()
    assert (waiting.administration, waiting.role) == (there, "trainee")
    newcomer.refresh_from_db()
    assert newcomer.administration == there
    client.post("/en/accounts/access/withdraw/")
    assert not AccessRequest.objects.waiting().exists()


def test_approval_by_another_administration_moves_the_person(here, there):
    make_user("second@here.example", ("coordinator",), administration=here)
    officer = make_user("officer@here.example", ("officer", "coordinator"), administration=here)
    stranger = make_user("coordinator@there.example", ("coordinator",), administration=there)
    request = ask_for_access(officer, there, "officer", "I moved")
    assert User.objects.get(pk=officer.pk).administration == here
    approve_request(request, stranger)
    officer = User.objects.get(pk=officer.pk)
    assert (officer.administration, officer.roles) == (there, {"officer"})
    assert StandingChange.objects.get().act == "transfer"


def test_another_role_is_added_to_those_one_has(here, coordinator):
    officer = make_user("officer@here.example", ("officer",), administration=here)
    approve_request(ask_for_access(officer, here, "trainer", "I teach"), coordinator)
    assert User.objects.get(pk=officer.pk).roles == {"officer", "trainer"}


def test_a_role_that_groups_hold_counts_only_after_approval(newcomer):
    newcomer.give_role("coordinator")
    assert not newcomer.may_coordinate

    assert newcomer.roles == set()


def test_without_a_mail_server_who_is_approved_can_set_up_the_second_step(
    client, settings, here, coordinator
):
    settings.MAIL_SERVER_SET, settings.ACCOUNT_EMAIL_VERIFICATION, settings.MFA_REQUIRED = False, "none", True
    sign_up(client, here, role="coordinator")
    approve_request(AccessRequest.objects.get(), coordinator)
    client.post("/en/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get("/en/accounts/2fa/totp/activate/").status_code == 200


def test_with_a_mail_server_only_the_link_confirms_an_address(client, here, coordinator):
    sign_up(client, here)
    approve_request(AccessRequest.objects.get(), coordinator)
    assert not User.objects.get(email=EMAIL).emailaddress_set.get().verified


def test_with_several_administrations_a_coordinator_gives_another_role_than_trainer(
    client, here, there, coordinator, newcomer
):
    request = ask_for_access(newcomer, here, "trainer", "I teach")
    client.force_login(coordinator)
    page = client.get(f"/en/accounts/people/requests/{request.pk}/").text
    assert "only an administrator makes one" in page
    assert 'value="trainer"' not in page
    with pytest.raises(DecisionRefused, match="only an administrator"):
        approve_request(request, coordinator)
    approve_request(request, coordinator, "officer")
    assert User.objects.get(pk=newcomer.pk).roles == {"officer"}


def test_the_last_coordinator_elsewhere_is_not_taken_away_by_approval(here, there, coordinator, root):
    last = make_user("last@there.example", ("coordinator",), administration=there)
    request = ask_for_access(last, here, "officer", "I move")
    with pytest.raises(DecisionRefused, match="last coordinator"):
        approve_request(request, coordinator)
    assert User.objects.get(pk=last.pk).coordinates(there)
    approve_request(request, root)
    assert User.objects.get(pk=last.pk).administration == here


def test_nobody_signs_up_with_an_address_of_the_erased(client, here):
    assert "This is not an e-mail address." in sign_up(client, here, email="x@Erased.invalid").text
    assert not User.objects.exists()
