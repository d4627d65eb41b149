import datetime

import pytest
from django.utils import timezone

from accounts.models import ApiToken, Scope, User
from accounts.roles import Role
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
ANSWER = "/api/v1/identifications/00000000-0000-4000-8000-000000000000"


@pytest.fixture
def officer():
    return make_user("officer@customs.example", (Role.OFFICER,))


def read_with(client, secret):
    """What the API answers to a reading with this token: 404 where the token is good."""
    return client.get(ANSWER, headers={"authorization": f"Bearer {secret}"})


def test_a_token_is_recognised_by_its_secret(officer):
    secret = ApiToken.issue(officer, "tablet", DAY)
    assert ApiToken.objects.presented(secret).get().user == officer


def test_the_secret_itself_is_not_kept(officer):
    secret = ApiToken.issue(officer, "tablet", DAY)
    assert secret not in str(list(ApiToken.objects.values()))


def test_a_token_ends(officer):
    secret = ApiToken.issue(officer, "tablet", -DAY)
    assert not ApiToken.objects.presented(secret).exists()


def test_a_token_lives_a_year_at_most(officer):
    with pytest.raises(ValueError, match="a year"):
        ApiToken.issue(officer, "tablet", 367 * DAY)


def test_a_scope_that_is_none_is_refused(officer):
    with pytest.raises(ValueError, match="scopes"):
        ApiToken.issue(officer, "tablet", DAY, ["everything"])


@pytest.mark.parametrize("standing", [User.Standing.SUSPENDED, User.Standing.DEPARTED, User.Standing.WAITING])
def test_a_token_ends_with_its_owners_standing(client, officer, standing):
    secret = ApiToken.issue(officer, "tablet", DAY)
    assert read_with(client, secret).status_code == 404
    officer.is_active = standing == User.Standing.WAITING
    officer.standing = standing
    officer.save()
    assert read_with(client, secret).status_code == 401


def test_a_token_ends_with_its_owners_role(client, officer):
    secret = ApiToken.issue(officer, "tablet", DAY)
    officer.groups.clear()
    assert read_with(client, secret).json()["code"] == "not_allowed"


def test_a_token_does_only_what_its_scopes_say(client, officer):
    secret = ApiToken.issue(officer, "tablet", DAY, [Scope.IDENTIFY_WRITE])
    answer = read_with(client, secret)
    assert answer.status_code == 403
    assert (answer.json()["code"], answer.json()["scope"]) == ("missing_scope", "identify:read")
    reader = ApiToken.issue(officer, "reader", DAY, [Scope.IDENTIFY_READ])
    sent = client.post("/api/v1/identifications", headers={"authorization": f"Bearer {reader}"})
    assert sent.json()["scope"] == "identify:write"


def test_every_operation_of_the_api_says_which_scope_it_needs(client):
    document = client.get("/api/v1/openapi.json").json()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    closed = [operation for operation in operations if operation.get("security")]
    assert closed
    assert {operation.get("x-token-scope") for operation in closed} <= set(Scope.values)
    assert not any("x-token-scope" in operation for operation in operations if operation not in closed)


def test_when_a_token_was_last_used_is_noted_once_an_hour(client, officer, django_assert_max_num_queries):
    secret = ApiToken.issue(officer, "tablet", DAY)
    read_with(client, secret)
    token = ApiToken.objects.get()
    assert token.last_used_at > timezone.now() - datetime.timedelta(minutes=1)
    first = timezone.now() - datetime.timedelta(minutes=59)
    ApiToken.objects.update(last_used_at=first)
    read_with(client, secret)
    assert ApiToken.objects.get().last_used_at == first
    ApiToken.objects.update(last_used_at=first - datetime.timedelta(minutes=2))
    read_with(client, secret)
    assert ApiToken.objects.get().last_used_at > first


# --- The pages -----------------------------------------------------------------------------------


def sign_in_twice(client, person):
    """By session, and with the password typed again."""
    client.force_login(person)
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})


WANTED = {"name": "scanner", "scopes": ["identify:read"], "days": "30"}


def test_making_a_token_asks_for_the_password_again(client, officer):
    client.force_login(officer)
    assert "/reauthenticate/" in client.get("/en/accounts/you/tokens/new/").url
    client.post("/en/accounts/you/tokens/new/", WANTED)
    assert not ApiToken.objects.exists()


def test_a_token_is_made_and_its_secret_shown_once(client, officer):
    sign_in_twice(client, officer)
    page = client.post("/en/accounts/you/tokens/new/", WANTED)
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    token = ApiToken.objects.presented(secret).get()
    assert (token.name, token.scopes) == ("scanner", ["identify:read"])
    assert token.expires_at < timezone.now() + 31 * DAY
    assert secret not in client.get("/en/accounts/you/tokens/").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"days": "4000"}, {"scopes": ["everything"]}, {"scopes": []}, {"name": ""}, {"days": "x"}]
)
def test_a_token_that_would_do_too_much_or_live_too_long_is_not_made(client, officer, wrong):
    sign_in_twice(client, officer)
    page = client.post("/en/accounts/you/tokens/new/", {**WANTED, **wrong})
    assert page.context["form"].errors
    assert not ApiToken.objects.exists()


def test_a_revoked_token_works_no_more(client, officer):
    secret = ApiToken.issue(officer, "tablet", DAY)
    client.force_login(officer)
    client.post(f"/en/accounts/you/tokens/{ApiToken.objects.get().pk}/revoke/")
    client.logout()
    assert read_with(client, secret).status_code == 401


def test_a_token_is_not_revoked_by_following_a_link(client, officer):
    ApiToken.issue(officer, "tablet", DAY)
    client.force_login(officer)
    assert client.get(f"/en/accounts/you/tokens/{ApiToken.objects.get().pk}/revoke/").status_code == 405


def test_nobody_sees_or_revokes_the_token_of_another(client, officer):
    ApiToken.issue(officer, "tablet of the officer", DAY)
    client.force_login(make_user(roles=(Role.OFFICER,)))
    assert "tablet of the officer" not in client.get("/en/accounts/you/tokens/").content.decode()
    token = ApiToken.objects.get()
    assert client.post(f"/en/accounts/you/tokens/{token.pk}/revoke/").status_code == 404
    assert ApiToken.objects.get().revoked_at is None


def test_a_trainee_makes_no_token(client):
    sign_in_twice(client, make_user())
    client.post("/en/accounts/you/tokens/new/", WANTED)
    assert not ApiToken.objects.exists()
