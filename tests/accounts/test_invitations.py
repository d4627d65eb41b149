"""Invitations: a link that works once, until a date, for one address."""

import datetime
import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.actions.invitations import (
    InvitationRefused,
    InvitationUnusable,
    accept_invitation,
    invite,
    invite_again,
    usable_invitation,
    withdraw_invitation,
)
from accounts.actions.standing import change_roles, depart, suspend, transfer
from accounts.models import Administration, Invitation, SentMail, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db

EMAIL = "amal@customs.example"
PASSWORD = "nineteen crates of tea"
NEW = {"first_name": "Amal", "last_name": "Haddad", "password1": PASSWORD, "password2": PASSWORD}


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
def invited(coordinator, here):
    """The invitation and its secret."""
    return invite(coordinator, here, EMAIL, ["officer"], "ar")


def address(secret, language="en"):
    return f"/{language}/accounts/invitation/{secret}/"


def test_the_letter_is_in_the_language_chosen_and_holds_the_link(invited):
    letter = SentMail.objects.get(to=EMAIL)
    assert letter.language == "ar"
    assert address(invited[1], "ar") in letter.text
    assert 'dir="rtl"' in letter.html


def test_the_secret_itself_is_not_kept(invited):
    assert invited[1] not in str(list(Invitation.objects.values()))


def test_accepting_makes_an_approved_account_with_the_role(client, invited, here):
    response = client.post(address(invited[1], "ar"), NEW)
    assert response.url == "/ar/accounts/next/"
    person = User.objects.get(email=EMAIL)
    assert (person.standing, person.administration, person.roles) == ("approved", here, {"officer"})
    assert (str(person), person.language) == ("Amal Haddad", "ar")
    assert person.emailaddress_set.get().verified
    assert client.get("/ar/identify/").status_code == 200


def test_an_invitation_is_used_once(client, invited):
    client.post(address(invited[1]), NEW)
    client.logout()
    response = client.get(address(invited[1]))
    assert response.status_code == 410
    assert "has been used already" in response.content.decode()
    with pytest.raises(InvitationUnusable):
        accept_invitation(invited[0], PASSWORD)
    assert User.objects.filter(email=EMAIL).count() == 1


def test_an_invitation_ends(client, invited):
    Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    response = client.post(address(invited[1]), NEW)
    assert "has ended" in response.content.decode()
    assert not User.objects.filter(email=EMAIL).exists()


def test_a_withdrawn_invitation_opens_nothing(client, invited, coordinator):
    withdraw_invitation(invited[0], coordinator)
    response = client.post(address(invited[1]), NEW)
    assert "has been withdrawn" in response.content.decode()
    assert not User.objects.filter(email=EMAIL).exists()


def test_an_unknown_link_opens_nothing(client):
    assert client.get(address("x" * 43)).status_code == 410


def test_a_new_link_makes_the_old_one_useless(invited, coordinator):
    _invitation, secret = invite_again(invited[0], coordinator)
    assert usable_invitation(secret).email == EMAIL
    with pytest.raises(InvitationUnusable):
        usable_invitation(invited[1])


def test_a_second_invitation_replaces_the_first(invited, coordinator, here):
    _invitation, secret = invite(coordinator, here, EMAIL.upper(), ["expert"], "fr")
    assert usable_invitation(secret).roles == ["expert"]
    with pytest.raises(InvitationUnusable):
        usable_invitation(invited[1])


def test_a_weak_password_is_refused_and_names_are_kept(client, invited):
    response = client.post(address(invited[1]), NEW | {"password1": "short", "password2": "short"})
    assert 'value="Haddad"' in response.content.decode()
    assert not User.objects.filter(email=EMAIL).exists()


def test_one_who_signed_up_meanwhile_signs_in_and_accepts(client, invited, here, there):
    person = make_user(EMAIL, (), administration=there, standing="waiting")
    person.confirm_address()
    assert "Sign in, then accept" in client.get(address(invited[1])).content.decode()
    client.force_login(person)
    client.post(address(invited[1]))
    person = User.objects.get(pk=person.pk)
    assert (person.standing, person.administration, person.roles) == ("approved", here, {"officer"})


def test_somebody_elses_invitation_is_refused(client, invited, there):
    client.force_login(make_user("other@customs.example", (), administration=there, standing="waiting"))
    response = client.post(address(invited[1]))
    assert "another e-mail address" in response.content.decode()
    assert Invitation.objects.get().state == "open"


def test_one_approved_elsewhere_is_not_moved_by_an_invitation(client, invited, there):
    officer = make_user(EMAIL, ("officer",), administration=there)
    client.force_login(officer)
    assert client.post(address(invited[1])).status_code == 410
    assert User.objects.get(pk=officer.pk).administration == there


@pytest.mark.parametrize("where", ["here", "there"])
def test_one_who_has_an_account_is_not_invited(where, coordinator, here, there):
    make_user(EMAIL, administration={"here": here, "there": there}[where])
    with pytest.raises(InvitationRefused):
        invite(coordinator, here, EMAIL, ["officer"], "en")
    assert not Invitation.objects.exists()


def test_nobody_invites_into_another_administration(coordinator, there):
    with pytest.raises(InvitationRefused):
        invite(coordinator, there, EMAIL, ["officer"], "en")


def test_a_coordinator_cannot_smuggle_in_another_administration(client, coordinator, here, there):
    client.force_login(coordinator)
    client.post(
        "/en/accounts/people/invitations/new/",
        {"email": EMAIL, "role": "officer", "language": "en", "administration": there.pk},
    )
    assert Invitation.objects.get().administration == here


@pytest.mark.parametrize("email", ["a@b.example\nBcc: x@y.example", "nobody", "", "a\x00@b.example"])
def test_an_address_that_is_none_is_refused(client, coordinator, email):
    client.force_login(coordinator)
    response = client.post(
        "/en/accounts/people/invitations/new/", {"email": email, "role": "officer", "language": "en"}
    )
    assert "something to correct" in response.content.decode()
    assert not Invitation.objects.exists()
    assert not SentMail.objects.exists()


def test_without_a_mail_server_the_link_is_shown_once(client, coordinator, settings):
    settings.MAIL_SERVER_SET = False
    client.force_login(coordinator)
    page = client.post(
        "/en/accounts/people/invitations/new/", {"email": EMAIL, "role": "officer", "language": "fr"}
    ).content.decode()
    secret = re.search(r"/fr/accounts/invitation/([\w-]+)/", page)[1]
    assert usable_invitation(secret).email == EMAIL
    assert secret not in client.get("/en/accounts/people/invitations/").content.decode()


@pytest.mark.database
def test_the_database_holds_one_unused_invitation_an_address(invited, here):
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            administration=here,
            email=EMAIL,
            roles=["officer"],
            language="en",
            digest="0" * 64,
            expires_at=timezone.now(),
        )


DISMISSALS = {
    "suspended": lambda person, by, there: suspend(person, by, "Inquiry"),
    "departed": lambda person, by, there: depart(person, by, "Left"),
    "transferred": lambda person, by, there: transfer(person, there, by, "Moves"),
    "no longer a coordinator": lambda person, by, there: change_roles(person, ["officer"], by),
}


@pytest.mark.parametrize("dismissal", DISMISSALS)
def test_nobody_comes_in_by_the_invitation_of_a_dismissed_coordinator(
    client, invited, coordinator, here, there, dismissal
):
    successor = make_user("successor@here.example", ("coordinator",), administration=here)
    DISMISSALS[dismissal](coordinator, successor, there)
    assert client.post(address(invited[1]), NEW).status_code == 410
    assert not User.objects.filter(email=EMAIL).exists()
    assert Invitation.objects.get().state == "withdrawn"


def test_nor_where_the_coordinator_was_dismissed_in_the_admin(client, invited, coordinator):
    coordinator.groups.clear()
    assert client.post(address(invited[1]), NEW).status_code == 410
    assert not User.objects.filter(email=EMAIL).exists()


def test_who_sends_an_invitation_again_vouches_for_it(client, invited, coordinator, here, there):
    successor = make_user("successor@here.example", ("coordinator",), administration=here)
    _invitation, secret = invite_again(invited[0], successor)
    depart(coordinator, successor, "Left")
    client.post(address(secret), NEW)
    assert User.objects.get(email=EMAIL).roles == {"officer"}


def test_with_several_administrations_a_coordinator_invites_no_trainer(coordinator, here, there):
    with pytest.raises(InvitationRefused, match="only an administrator"):
        invite(coordinator, here, EMAIL, ["officer", "trainer"], "en")
    assert not Invitation.objects.exists()


def test_nobody_is_invited_at_an_address_of_the_erased(client, coordinator):
    client.force_login(coordinator)
    form = {"email": "x@erased.invalid", "role": "officer", "language": "en"}
    assert "This is not an e-mail address." in client.post("/en/accounts/people/invitations/new/", form).text
    assert not Invitation.objects.exists()


# --- Somebody has signed up elsewhere with an address that is not theirs ---------------------------


@pytest.fixture
def squatter(there):
    person = make_user(EMAIL, (), administration=there, standing="waiting", first_name="Mallory")
    person.emailaddress_set.create(email=EMAIL, primary=True)
    return person


def test_a_sign_up_elsewhere_that_nobody_has_proven_gives_way(client, squatter, coordinator, here):
    there = Client()
    there.force_login(squatter)
    _invitation, secret = invite(coordinator, here, EMAIL, ["officer"], "ar")
    client.post(address(secret), NEW)
    person = User.objects.get(email=EMAIL)
    assert (str(person), person.administration, person.roles) == ("Amal Haddad", here, {"officer"})
    assert person.check_password(PASSWORD)
    assert person.emailaddress_set.get().verified
    assert there.get("/en/learn/").status_code == 302, "whoever had signed up is still in"


def test_a_sign_up_elsewhere_that_is_proven_does_not(squatter, coordinator, here):
    squatter.confirm_address()
    with pytest.raises(InvitationRefused, match="another administration"):
        invite(coordinator, here, EMAIL, ["officer"], "en")


def test_nor_does_one_where_no_link_can_prove_an_address(settings, squatter, coordinator, here):
    settings.MAIL_SERVER_SET = False
    with pytest.raises(InvitationRefused, match="another administration"):
        invite(coordinator, here, EMAIL, ["officer"], "en")
