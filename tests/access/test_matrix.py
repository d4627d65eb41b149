"""The access matrix: every role, in the own and in another administration, at every address there is.

Addresses are found in the URL configuration; what is expected stands in `expected.py`.
"""

import datetime
import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.test import Client
from django.urls import resolve

from accounts.models import ApiToken
from config.api import api
from config.audiences import audience_for
from tests.access import expected
from tests.access.addresses import Address, all_addresses
from tests.access.world import PUBLIC_ARGUMENTS, World, make_world

pytestmark = pytest.mark.django_db

ADDRESSES = all_addresses()
SITE = [address for address in ADDRESSES if not address.in_admin or address.name == "admin_login"]
ADMIN = [address for address in ADDRESSES if address.in_admin and address.name not in ("", "admin_login")]
# The operations of the API have a test of their own: they answer with problem documents.
PAGES = [address for address in SITE if not address.name.startswith("api:")]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> World:
    """Made once: the tests below only read, and what they write is undone."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        _let_editors_in()
        yield make_world()
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def sessions_of_this_test(world: World) -> None:
    """What a test before wrote is undone, its sessions too."""
    world.clients.clear()


def _let_editors_in() -> None:
    for role in ("trainer", "expert", "coordinator"):
        group = Group.objects.get_or_create(name=role)[0]
        group.permissions.add(Permission.objects.get(codename="access_admin"))


# They lead elsewhere by design (tests/accounts/test_signing_in.py), or say 401 of themselves.
LEAD_ELSEWHERE = (
    "admin_login",
    "account_logout",
    "login_by_wagtail",
    "wagtailcore_login",
    "socialaccount_login_error",
)


def verdict(response) -> str:
    """ "let in", or how somebody was turned away."""
    if response.status_code in (401, 403):
        return "refused"
    if response.status_code == 302 and re.match(r"^(/\w[\w-]*)?/accounts/login/\?next=", response.url):
        return "sent to sign in"
    assert response.status_code < 500, response.status_code
    return "let in"


def turned_away(role: str, address: Address, audience: str) -> str:
    if role != "stranger" or audience == "nobody":
        return "refused"
    return "sent to sign in"


def test_every_address_has_a_rule():
    assert [one for one in ADDRESSES if audience_for(one.name, one.route) is None] == []


def test_every_rule_is_the_one_expected():
    wrong = {}
    for address in ADDRESSES:
        wanted = expected.audience(address.name, address.in_admin)
        found = audience_for(address.name, address.route)
        if wanted is None or found is None or found.value != wanted:
            wrong[address.name or address.route] = (found, wanted)
    assert wrong == {}


@pytest.mark.parametrize("role", list(expected.AUDIENCES))
@pytest.mark.parametrize("administration", ["own", "other"])
def test_who_is_let_in_where(world: World, role: str, administration: str):
    if role == "stranger" and administration == "other":
        pytest.skip("a stranger has no administration")
    wrong = {}
    for address in PAGES:
        audience = expected.audience(address.name, address.in_admin)
        client = world.client(role, administration)
        let_in = expected.admitted(role, audience)
        wanted = "let in" if let_in else turned_away(role, address, audience)
        url = world.url(address)
        found = verdict(client.get(url, {"next": "/en/"} if address.name == "admin_login" else {}))
        if address.name in LEAD_ELSEWHERE or _is_shadowed(address, url):
            continue
        if found != wanted:
            wrong[f"GET {url}"] = (found, wanted)
        if not let_in and (found := verdict(client.post(url))) != wanted:
            wrong[f"POST {url}"] = (found, wanted)
    assert wrong == {}


@pytest.mark.parametrize("role", ["stranger", "waiting", "trainee", "officer"])
def test_nobody_but_those_who_write_and_manage_enters_the_admin(world: World, role: str):
    client = world.client(role)
    wanted = "sent to sign in" if role == "stranger" else "refused"
    wrong = {}
    for address in ADMIN:
        url = world.url(address)
        if resolve(url).view_name == "admin_login":
            continue
        if (found := verdict(client.get(url))) != wanted:
            wrong[url] = found
    assert wrong == {}


@pytest.mark.parametrize("role", ["expert", "trainer", "coordinator", "administrator"])
def test_those_who_write_and_manage_enter_the_admin(world: World, role: str):
    assert world.client(role).get("/admin/").status_code == 200


def test_what_another_administration_has_is_not_found(world: World):
    with_ids = [one for one in PAGES if set(one.arguments) - PUBLIC_ARGUMENTS]
    assert len(with_ids) >= 6
    wrong = {}
    for address in with_ids:
        audience = expected.audience(address.name, address.in_admin)
        for role in expected.AUDIENCES:
            if role == "stranger" or not expected.admitted(role, audience):
                continue
            url = world.url(address)
            for administration in ("own", "other"):
                if world.is_theirs(address, role, administration):
                    continue
                client = world.client(role, administration)
                response = client.get(url)
                if response.status_code == 405:
                    response = client.post(url)
                if response.status_code != 404 and not _asks_for_the_password(response):
                    wrong[role, administration, url] = response.status_code
    assert wrong == {}


def _is_shadowed(address: Address, url: str) -> bool:
    """Whether another address stands in front of it; that one is looked at by its own name."""
    return resolve(url).view_name != address.name


def _asks_for_the_password(response) -> bool:
    """Before anything about a second step is shown, one's own included."""
    return response.status_code == 302 and "/reauthenticate/" in response.url


def operations(*, opened: bool) -> list[tuple[str, str]]:
    """The operations of the API: those open to everybody, or those that want to know who calls."""
    paths = api.get_openapi_schema()["paths"]
    return [
        (method, path)
        for path, methods in paths.items()
        for method, operation in methods.items()
        if opened != bool(operation.get("security"))
    ]


@pytest.mark.parametrize(("method", "path"), operations(opened=True))
@pytest.mark.parametrize("role", list(expected.AUDIENCES))
def test_tools_of_the_api_are_open_to_everybody(world: World, method: str, path: str, role: str):
    response = getattr(world.client(role), method)(path.format(key="used-or-waste"))
    assert response.status_code in (200, 400, 422)  # nothing was asked


@pytest.mark.parametrize(("method", "path"), operations(opened=False))
@pytest.mark.parametrize("role", list(expected.AUDIENCES))
@pytest.mark.parametrize("by", ["session", "token"])
def test_every_operation_of_the_api_is_for_officers(world: World, method: str, path: str, role: str, by: str):
    url = path.format(identification_id=world.arguments["identification_id"])
    client, headers = world.client(role), {}
    if by == "token" and role != "stranger":
        secret = ApiToken.issue(world.people[role, "own"], "a program", datetime.timedelta(hours=1))
        client, headers = Client(), {"authorization": f"Bearer {secret}"}
    response = getattr(client, method)(url, headers=headers)
    if role == "stranger":
        assert response.status_code == 401
    elif role == "waiting" and by == "token":
        assert response.status_code == 401  # such a token opens nothing at all
    elif "officers" not in expected.AUDIENCES[role]:
        assert response.status_code == 403
    elif method == "get" and "{" in path:
        assert response.status_code == (200 if role == "officer" else 404)
    else:
        assert response.status_code in (400, 422)  # nothing was sent
    if response.status_code != 200:
        assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("role", ["officer", "expert", "coordinator", "administrator"])
def test_an_identification_of_another_administration_is_not_found_by_the_api(world: World, role: str):
    url = f"/api/v1/identifications/{world.arguments['identification_id']}"
    assert world.client(role, "other").get(url).status_code == 404


class TestANewAddress:
    """`brand/new/` is in the URL configuration, and nobody has decided whom it is for."""

    URLCONF = "tests.access.urls_with_a_new_address"

    def test_is_found_to_have_no_rule(self):
        found = [one.name for one in all_addresses(self.URLCONF) if audience_for(one.name, one.route) is None]
        assert found == ["brand_new"]

    @pytest.mark.parametrize("role", ["stranger", "officer", "administrator"])
    def test_answers_nobody(self, world: World, settings, role: str):
        settings.ROOT_URLCONF = self.URLCONF
        assert world.client(role).get("/brand/new/").status_code == 403
