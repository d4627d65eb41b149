"""An administration's own sign-in: who gets in by it, and who doesn't."""

from urllib.parse import parse_qs, urlparse

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError

from accounts.models import Administration, SignInService, User
from accounts.roles import Role
from tests.accounts.identity_provider import CLIENT, CODE, SECRET, IdentityProvider
from tests.factories import make_user

pytestmark = pytest.mark.django_db

AMAL = {
    "sub": "4711",
    "email": "amal@customs.example",
    "email_verified": True,
    "given_name": "Amal",
    "family_name": "Haddad",
}


@pytest.fixture
def provider():
    provider = IdentityProvider()
    provider.person = dict(AMAL)
    yield provider
    provider.close()


@pytest.fixture
def here():
    return Administration.objects.create(name="Customs of Examplia")


@pytest.fixture
def elsewhere():
    return Administration.objects.create(name="Customs of Elsewhere")


@pytest.fixture
def service(provider, here):
    return SignInService.objects.create(
        administration=here,
        key="examplia",
        name="Examplia ID",
        issuer=provider.address,
        client_id=CLIENT,
        secret=SECRET,
    )


def leads_to(page):
    """Where the page leads that stands between this site and the service."""
    return page["Refresh"].removeprefix("0; url=")


@pytest.fixture
def go(client, provider, service):
    """Go to the service and come back; what the site answers."""

    def go(language="en", **form):
        address = leads_to(client.post(f"/{language}/accounts/oidc/examplia/login/", form))
        asked = parse_qs(urlparse(address).query)
        assert address.startswith(f"{provider.address}/authorize?")
        provider.challenge = asked["code_challenge"][0]
        back = urlparse(asked["redirect_uri"][0]).path
        return client.get(back, {"code": CODE, "state": asked["state"][0]})

    return go


def signed_in(client):
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


def test_one_of_the_administration_signs_in_by_the_verified_address(client, go, here):
    amal = make_user("amal@customs.example", administration=here)
    response = go()
    assert signed_in(client) == amal
    assert response.url == "/en/accounts/next/"


def test_the_address_may_be_written_in_other_case(client, go, provider, here):
    amal = make_user("amal@customs.example", administration=here)
    provider.person["email"] = "Amal@Customs.Example"
    go()
    assert signed_in(client) == amal


def test_after_the_first_time_the_service_knows_the_person_by_its_own_number(client, go, provider, here):
    amal = make_user("amal@customs.example", administration=here)
    go()
    client.logout()
    provider.person["email"] = "amal.haddad@customs.example"
    go()
    assert signed_in(client) == amal


def test_a_service_signs_in_nobody_of_another_administration(client, go, elsewhere):
    make_user("amal@customs.example", administration=elsewhere)
    assert go().status_code == 403
    assert signed_in(client) is None
    assert not SocialAccount.objects.exists()


def test_a_service_no_longer_signs_in_one_who_has_moved(client, go, here, elsewhere):
    amal = make_user("amal@customs.example", administration=here)
    go()
    client.logout()
    amal.administration = elsewhere
    amal.save()
    assert go().status_code == 403
    assert signed_in(client) is None


def test_a_service_signs_in_no_administrator_of_the_site(client, go, here):
    make_user("amal@customs.example", administration=here, is_superuser=True)
    assert go().status_code == 403
    assert signed_in(client) is None


@pytest.mark.parametrize("verified", [False, None, "false", "true", 0])
def test_an_address_that_is_not_verified_opens_nothing(client, go, provider, here, verified):
    make_user("amal@customs.example", administration=here)
    provider.person["email_verified"] = verified
    assert go().status_code == 403
    assert signed_in(client) is None


def test_a_new_person_waits_for_the_coordinator_of_that_administration(client, go, here):
    go("fr")
    amal = User.objects.get(email="amal@customs.example")
    assert signed_in(client) == amal
    assert (amal.administration, amal.standing, amal.roles) == (here, User.Standing.WAITING, set())
    assert (amal.get_full_name(), amal.language) == ("Amal Haddad", "fr")
    assert not amal.has_usable_password()


@pytest.mark.parametrize("standing", [User.Standing.SUSPENDED, User.Standing.DEPARTED])
def test_one_who_is_suspended_or_gone_does_not_get_in_this_way(client, go, here, standing):
    make_user("amal@customs.example", administration=here, standing=standing, is_active=False)
    go()
    assert signed_in(client) is None


def test_the_second_step_is_asked_for_here_too(client, go, here):
    amal = make_user("amal@customs.example", (Role.TRAINER,), administration=here)
    TOTP.activate(amal, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert go().url.endswith("/accounts/2fa/authenticate/")
    assert signed_in(client) is None


def test_one_comes_back_in_the_language_one_left_in(client, go, here):
    make_user("amal@customs.example", administration=here)
    assert go("ar", next="/ar/learn/").url == "/ar/learn/"


@pytest.mark.parametrize(
    "where", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"]
)
def test_the_way_back_leads_to_no_other_host(go, here, where):
    make_user("amal@customs.example", administration=here)
    assert "elsewhere" not in go(next=where).url


@pytest.mark.parametrize("sign", ["signed_by_another", "unsigned", "signed_with_the_shared_secret"])
def test_a_proof_that_the_service_has_not_signed_is_refused(client, go, provider, here, sign):
    make_user("amal@customs.example", administration=here)
    provider.sign = getattr(provider, sign)
    assert "That did not work" in go().content.decode()
    assert signed_in(client) is None


@pytest.mark.parametrize(
    "claims", [{"aud": "another-client"}, {"iss": "https://elsewhere.example"}, {"exp": 1}]
)
def test_a_proof_for_another_from_another_or_too_old_is_refused(client, go, provider, here, claims):
    make_user("amal@customs.example", administration=here)
    provider.claims = claims
    assert "That did not work" in go().content.decode()
    assert signed_in(client) is None


def test_user_info_about_somebody_else_is_refused(client, go, provider, here):
    make_user("amal@customs.example", administration=here)
    provider.user_info = {"sub": "4712"}
    assert "That did not work" in go().content.decode()
    assert signed_in(client) is None


def test_an_answer_that_nobody_asked_for_is_refused(client, service, here):
    make_user("amal@customs.example", administration=here)
    page = client.get("/en/accounts/oidc/examplia/login/callback/", {"code": CODE, "state": "guessed"})
    assert "That did not work" in page.content.decode()
    assert signed_in(client) is None


def test_a_service_that_is_down_says_so(client, service, provider):
    provider.close()
    page = client.post("/en/accounts/oidc/examplia/login/")
    assert "That did not work" in page.content.decode()


def test_a_service_out_of_use_is_not_found(client, service):
    SignInService.objects.update(in_use=False)
    assert client.post("/en/accounts/oidc/examplia/login/").status_code == 404
    assert "Examplia ID" not in client.get("/en/accounts/login/").content.decode()


def test_the_sign_in_page_has_a_button_for_each_service(client, service):
    assert "Examplia ID" in client.get("/en/accounts/login/").content.decode()


def test_the_service_knows_one_address_whatever_the_language(client, service, provider):
    addresses = set()
    for language in ("en", "fr", "ar"):
        address = leads_to(client.post(f"/{language}/accounts/oidc/examplia/login/"))
        addresses.add(parse_qs(urlparse(address).query)["redirect_uri"][0])
    assert addresses == {"http://testserver/en/accounts/oidc/examplia/login/callback/"}


def test_following_a_link_asks_before_it_leaves(client, service):
    page = client.get("/en/accounts/oidc/examplia/login/")
    assert page.status_code == 200
    assert "Examplia ID" in page.content.decode()


def test_a_service_without_encryption_is_refused(service):
    service.issuer = "http://login.examplia.example"
    with pytest.raises(ValidationError, match="https://"):
        service.full_clean()


def test_only_an_administrator_sets_up_services(client, service):
    trainer = make_user(roles=(Role.COORDINATOR,))
    trainer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(trainer)
    assert client.get("/admin/snippets/accounts/signinservice/").status_code == 302
    client.force_login(make_user(is_superuser=True))
    assert "Examplia ID" in client.get("/admin/snippets/accounts/signinservice/").content.decode()


def test_nobody_types_another_address_than_the_one_that_the_service_vouches_for(client, go, elsewhere):
    other = make_user("chief@there.example", administration=elsewhere)
    other.emailaddress_set.create(email="amal@customs.example")
    assert go().status_code == 403
    assert client.get("/en/accounts/3rdparty/signup/").status_code == 403
    client.post("/en/accounts/3rdparty/signup/", {"email": "boss@customs.example"})
    assert list(User.objects.all()) == [other]


def test_a_service_vouches_for_no_address_of_the_erased(client, go, provider):
    provider.person["email"] = "person-1@erased.invalid"
    assert go().status_code == 403
    assert not User.objects.exists()
