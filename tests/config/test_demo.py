"""`manage.py load_demo`: one account for each role, and never by accident in production."""

import io
from unittest import mock

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import User
from config.demo import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def content():
    """Loading the content has tests of its own."""
    with mock.patch("config.management.commands.load_demo.call_command") as loaded:
        yield loaded


def load_demo(**options) -> str:
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("role", ["trainee", "officer", "trainer", "coordinator", "expert"])
def test_there_is_an_account_for_each_role(role, content):
    printed = load_demo()
    user = User.objects.get(email=f"{role}@demo.example")
    assert user.roles == {role}
    assert user.check_password(PASSWORD)
    assert user.email in printed
    content.assert_called_once_with("load_content", verbosity=1)


def test_it_may_run_again():
    assert load_demo() == load_demo()
    assert User.objects.filter(email="officer@demo.example").count() == 1


def test_a_changed_password_is_not_printed_and_not_set_back():
    load_demo()
    officer = User.objects.get(email="officer@demo.example")
    officer.set_password("the officer's own")
    officer.save()
    assert "officer@demo.example         (password changed)" in load_demo()
    officer.refresh_from_db()
    assert officer.check_password("the officer's own")


def test_it_is_refused_in_production(settings):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="not demo settings"):
        load_demo()
    assert not User.objects.exists()


def test_forced_in_production_it_makes_passwords_nobody_knows(settings):
    settings.DEMO_ALLOWED = False
    load_demo(force=True)
    assert not User.objects.get(email="officer@demo.example").check_password(PASSWORD)
