"""Who enters the admin sees no people of other administrations there."""

import io

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.log_actions import log
from wagtail.models import GroupPagePermission

from accounts.models import Administration, User
from tests.factories import make_module, make_root, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    return Administration.objects.create(name="Customs of Examplia")


@pytest.fixture
def stranger(own):
    return make_user(
        "boris@elsewhere.example",
        ("trainer",),
        first_name="Boris",
        last_name="Elsewhere",
        administration=Administration.objects.create(name="Customs of Elsewhere"),
    )


@pytest.fixture
def colleague(own):
    return make_user("amal@customs.example", ("trainer",), first_name="Amal", administration=own)


@pytest.fixture
def editor(own) -> Client:
    """A coordinator whom an administrator has given everything that a group can be given in the admin."""
    group = Group.objects.get(name="coordinator")
    group.permissions.set(Permission.objects.all())
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=make_root(), permission=change)
    client = Client()
    client.force_login(make_user(roles=("coordinator", "trainer"), administration=own))
    return client


def test_the_list_of_people_has_those_of_the_own_administration(editor, colleague, stranger):
    page = editor.get("/admin/users/").text
    assert "amal@customs.example" in page
    assert "boris@elsewhere.example" not in page


def test_searching_finds_nobody_else(editor, stranger):
    assert "boris@elsewhere.example" not in editor.get("/admin/users/", {"q": "boris"}).text


@pytest.mark.parametrize("view", ["edit", "delete", "history", "usage"])
def test_somebody_of_another_administration_is_not_found(editor, stranger, view):
    assert editor.get(f"/admin/users/{view}/{stranger.pk}/").status_code == 404


@pytest.mark.parametrize("action", ["delete", "set_active_state", "assign_role"])
def test_no_bulk_action_reaches_them(editor, stranger, action):
    address = f"/admin/bulk/accounts/user/{action}/?id={stranger.pk}"
    response = editor.post(address, {"mark_as_active": "False", "role": Group.objects.first().pk})
    assert response.status_code in (302, 403)
    stranger.refresh_from_db()  # still there
    assert stranger.is_active and stranger.roles == {"trainer"}


@pytest.mark.parametrize("address", ["/admin/pages/{page}/history/", "/admin/reports/site-history/"])
def test_histories_name_colleagues_only(editor, stranger, colleague, address):
    page = make_module().pages["en"]
    for person in (stranger, colleague):
        page.save_revision(user=person)
        log(instance=page, action="wagtail.edit", user=person)

    text = editor.get(address.format(page=page.pk)).text

    assert "Amal" in text and "Somebody elsewhere" in text
    assert "Boris" not in text and "boris@elsewhere.example" not in text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_tables_to_take_away_name_colleagues_only(editor, stranger, colleague, kind):
    page = make_module().pages["en"]
    for person in (stranger, colleague):
        log(instance=page, action="wagtail.edit", user=person)

    response = editor.get("/admin/reports/site-history/", {"export": kind})

    table = response.getvalue()
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(table)).active
        table = "\n".join(str(cell) for row in sheet.values for cell in row).encode()
    assert response["Content-Disposition"].endswith(f'.{kind}"')
    assert b"Amal" in table and b"Somebody elsewhere" in table
    assert b"Boris" not in table and b"boris@elsewhere.example" not in table


class TestPeopleInTheAdmin:
    """Nobody is deleted, or changed with others at once: what people have done stays, and has a reason."""

    @pytest.fixture
    def administrator(self) -> Client:
        client = Client()
        client.force_login(make_user(roles=(), is_superuser=True))
        return client

    def test_deleting_is_refused_in_words(self, administrator, colleague):
        for send in (administrator.get, administrator.post):
            response = send(f"/admin/users/delete/{colleague.pk}/", follow=True)
            assert "Accounts are changed one at a time and never deleted." in response.text
        assert User.objects.filter(pk=colleague.pk).exists()

    @pytest.mark.parametrize("action", ["delete", "set_active_state", "assign_role"])
    @pytest.mark.parametrize("chosen", ["{pk}", "all"])
    def test_changing_many_at_once_is_refused_in_words(self, administrator, colleague, action, chosen):
        address = f"/admin/bulk/accounts/user/{action}/?id={chosen.format(pk=colleague.pk)}"
        role = Group.objects.get(name="expert").pk
        response = administrator.post(address, {"mark_as_active": "False", "role": role}, follow=True)
        assert "Accounts are changed one at a time and never deleted." in response.text
        colleague.refresh_from_db()
        assert colleague.is_active and colleague.roles == {"trainer"}

    def test_neither_is_offered(self, administrator, colleague):
        page = administrator.get("/admin/users/").text
        assert "amal@customs.example" in page
        assert f"/admin/users/delete/{colleague.pk}/" not in page
        assert "/admin/bulk/accounts/user/" not in page
        assert "/delete/" not in administrator.get(f"/admin/users/edit/{colleague.pk}/").text


def test_an_administrator_reads_every_name(stranger):
    page = make_module().pages["en"]
    log(instance=page, action="wagtail.edit", user=stranger)
    client = Client()
    client.force_login(make_user(roles=(), is_superuser=True))
    assert "Boris Elsewhere" in client.get("/admin/reports/site-history/").text


def test_outside_the_admin_nothing_changes(stranger):
    assert stranger.get_full_name() == "Boris Elsewhere"
