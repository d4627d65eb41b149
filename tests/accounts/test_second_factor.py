"""The second step to sign in: codes from an app, recovery codes, who must have one."""

import datetime
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.core import mail as django_mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import ApiToken
from accounts.roles import Role
from tests.accounts.codes import code_of
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HOUR = 3600


@pytest.fixture(autouse=True)
def no_guesses_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def demanded(settings):
    settings.MFA_REQUIRED = True


@pytest.fixture
def trainer():
    return make_user("trainer@customs.example", (Role.TRAINER,))


@pytest.fixture
def protected(trainer):
    """A trainer with codes from an app."""
    TOTP.activate(trainer, SECRET)
    return trainer


def give_password(client, person, **extra):
    return client.post("/en/accounts/login/", {"login": person.email, "password": PASSWORD, **extra})


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def confirm(client):
    """Type the password again, as before every important change."""
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})


# --- Who must have one ----------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.TRAINER, Role.EXPERT, Role.COORDINATOR])
@pytest.mark.parametrize("address", ["/en/learn/", "/en/guide/", "/en/accounts/you/", "/fr/identify/"])
def test_one_with_a_role_that_opens_more_sets_up_a_second_step_first(client, demanded, role, address):
    client.force_login(make_user(roles=(role,)))
    assert "/accounts/2fa/" in client.get(address).url


def test_an_administrator_enters_the_admin_with_a_second_step_only(client, demanded):
    client.force_login(make_user(is_superuser=True))
    for address in ("/admin/", "/admin/pages/", "/admin/users/"):
        assert "/accounts/2fa/" in client.get(address).url


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.OFFICER])
def test_trainees_and_officers_may_do_without(client, demanded, role):
    client.force_login(make_user(roles=(role,)))
    assert client.get("/en/learn/").status_code == 200


def test_with_a_second_step_everything_opens(client, demanded, protected):
    client.force_login(protected)
    assert client.get("/en/accounts/you/").status_code == 200


def test_recovery_codes_alone_are_no_second_step(client, demanded, trainer):
    RecoveryCodes.activate(trainer)
    client.force_login(trainer)
    assert "/accounts/2fa/" in client.get("/en/learn/").url


def test_the_way_to_a_second_step_and_out_stays_open(client, demanded, trainer):
    client.force_login(trainer)
    assert client.get("/en/accounts/2fa/").status_code == 200
    assert client.get("/en/accounts/logout/").status_code == 200
    confirm(client)
    assert client.get("/en/accounts/2fa/totp/activate/").status_code == 200
    assert client.get("/en/accounts/2fa/webauthn/add/").status_code == 200


def test_the_api_refuses_a_session_without_a_second_step(client, demanded, trainer):
    client.force_login(trainer)
    answer = client.get("/api/v1/identifications/00000000-0000-4000-8000-000000000000")
    assert answer.status_code == 403
    assert answer.json()["code"] == "second_factor_needed"


# --- Setting up ----------------------------------------------------------------------------------


def open_activation(client, person) -> str:
    """The secret on the page."""
    client.force_login(person)
    confirm(client)
    client.get("/en/accounts/2fa/totp/activate/")
    return client.session["mfa.totp.secret"]


def activate(client, code):
    return client.post("/en/accounts/2fa/totp/activate/", {"code": code})


def test_setting_up_asks_for_the_password_again(client, trainer):
    client.force_login(trainer)
    assert "/reauthenticate/" in client.get("/en/accounts/2fa/totp/activate/").url


def test_a_code_from_the_app_sets_it_up_and_gives_recovery_codes(
    client, trainer, django_capture_on_commit_callbacks
):
    secret = open_activation(client, trainer)
    with django_capture_on_commit_callbacks(execute=True):
        response = activate(client, code_of(secret))
    assert response.url == "/en/accounts/2fa/recovery-codes/"
    assert len(re.findall(r"<li><code", client.get(response.url).content.decode())) == 10
    assert django_mail.outbox[0].subject == "Codes from an app now protect your account."


@pytest.mark.parametrize(
    ("seconds_off", "words"),
    [
        (-HOUR, "60 minutes slow"),
        (HOUR, "60 minutes fast"),
        (-13 * HOUR, "780 minutes slow"),
    ],
)
def test_a_phone_whose_clock_is_off_is_told_so_and_how_to_set_it(client, trainer, seconds_off, words):
    secret = open_activation(client, trainer)
    page = activate(client, code_of(secret, seconds_off)).content.decode()
    assert words in page
    assert "set date and time to automatic" in page.lower()
    assert not Authenticator.objects.exists()


def test_after_setting_the_clock_the_same_page_goes_on(client, trainer):
    secret = open_activation(client, trainer)
    for _ in range(4):
        activate(client, code_of(secret, HOUR))
    assert activate(client, code_of(secret)).status_code == 302


def test_a_clock_half_a_minute_off_works(client, trainer):
    secret = open_activation(client, trainer)
    assert activate(client, code_of(secret, -30)).status_code == 302


def test_a_code_of_another_key_is_plainly_wrong(client, trainer):
    open_activation(client, trainer)
    page = activate(client, "no code").content.decode()
    assert "This code is not right" in page


# --- Signing in -----------------------------------------------------------------------------------


def test_the_password_alone_no_longer_signs_in(client, protected):
    assert give_password(client, protected).url == "/en/accounts/2fa/authenticate/"
    assert not signed_in(client)


def test_a_code_signs_in(client, protected):
    give_password(client, protected)
    client.post("/en/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    assert signed_in(client)


def test_a_code_works_once(client, protected):
    give_password(client, protected)
    code = code_of(SECRET)
    client.post("/en/accounts/2fa/authenticate/", {"code": code})
    cache.delete(f"allauth.mfa.totp.used?user={protected.pk}&code={code}")  # allauth's own memory is shorter
    other = Client()
    give_password(other, protected)
    page = other.post("/en/accounts/2fa/authenticate/", {"code": code})
    assert "This code is not right" in page.content.decode()
    assert not signed_in(other)


@pytest.mark.parametrize("seconds_off", [-HOUR, HOUR])
def test_at_sign_in_a_clock_an_hour_off_is_named_as_a_cause(client, protected, seconds_off):
    give_password(client, protected)
    page = client.post("/en/accounts/2fa/authenticate/", {"code": code_of(SECRET, seconds_off)})
    assert "clock may be wrong" in page.content.decode()
    assert not signed_in(client)
    client.post("/en/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    assert signed_in(client), "nothing is locked at once"


def test_at_sign_in_no_answer_tells_a_code_of_another_time_from_a_wrong_one(client, protected):
    give_password(client, protected)
    pages = []
    for code in (code_of(SECRET, HOUR), "no code"):
        html = client.post("/en/accounts/2fa/authenticate/", {"code": code}).content.decode()
        pages.append(re.findall(r'class="field__error">.*?</p>', html, re.DOTALL))
    assert pages[0] == pages[1] != []


def test_guessing_codes_is_slowed_and_says_so(client, protected):
    give_password(client, protected)
    for number in range(5):
        client.post("/en/accounts/2fa/authenticate/", {"code": f"guess {number}"})
    page = client.post("/en/accounts/2fa/authenticate/", {"code": code_of(SECRET)}).content.decode()
    assert "That was wrong too often" in page
    assert not signed_in(client)


def test_a_recovery_code_signs_in_once(client, protected):
    codes = RecoveryCodes.activate(protected).get_unused_codes()
    give_password(client, protected)
    client.post("/en/accounts/2fa/authenticate/", {"code": codes[0]})
    assert signed_in(client)
    other = Client()
    give_password(other, protected)
    other.post("/en/accounts/2fa/authenticate/", {"code": codes[0]})
    assert not signed_in(other)


# --- Losing it ------------------------------------------------------------------------------------


def test_a_lost_second_step_is_taken_off_and_told(client, protected, django_capture_on_commit_callbacks):
    give_password(client, protected)
    client.post("/en/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    assert UserSession.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        call_command("forget_second_factor", "Trainer@customs.example", verbosity=0)
    assert not Authenticator.objects.exists()
    assert client.get("/en/accounts/you/").status_code == 302, "the sessions have ended"
    assert "second step" in django_mail.outbox[-1].subject


def test_forgetting_the_second_step_of_nobody_says_so():
    with pytest.raises(CommandError, match="no account"):
        call_command("forget_second_factor", "nobody@customs.example")


def test_one_without_the_second_step_makes_no_token(client, demanded, trainer):
    client.force_login(trainer)
    confirm(client)
    wanted = {"name": "scanner", "scopes": ["identify:read"], "days": "30"}
    assert "/accounts/2fa/" in client.post("/en/accounts/you/tokens/new/", wanted).url
    assert not ApiToken.objects.exists()


def test_a_token_ends_to_work_when_its_owner_lacks_the_second_step(client, demanded, trainer):
    secret = ApiToken.issue(trainer, "tablet", datetime.timedelta(days=1))
    answer = client.get(
        "/api/v1/identifications/00000000-0000-4000-8000-000000000000",
        headers={"authorization": f"Bearer {secret}"},
    )
    assert answer.json()["code"] == "second_factor_needed"


def test_with_the_second_step_every_token_goes(protected):
    ApiToken.issue(protected, "tablet", datetime.timedelta(days=1))
    call_command("forget_second_factor", protected.email, verbosity=0)
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("mark", [" ", "-"])
def test_a_code_written_with_a_gap_is_the_same_code(client, protected, mark):
    code = code_of(SECRET)
    give_password(client, protected)
    client.post("/en/accounts/2fa/authenticate/", {"code": code})
    # allauth's own mark ends after half a minute, while the code is still good.
    cache.delete(protected.authenticator_set.get().wrap()._get_used_cache_key(code))
    other = Client()
    give_password(other, protected)
    other.post("/en/accounts/2fa/authenticate/", {"code": f"{code[:3]}{mark}{code[3:]}"})
    assert signed_in(client)
    assert not signed_in(other)
