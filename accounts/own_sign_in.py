"""An administration's own sign-in: whom its service may sign in, and who is let in newly."""

from typing import Any

import jwt
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import translation

from .addresses import is_nobodys
from .models import SignInService, User

# Signed with a key that only the service has. A shared secret, or no signature at all, proves nothing here.
SIGNATURES = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}


class OwnSignInAdapter(DefaultSocialAccountAdapter):
    """Services come from the table of sign-in services; each signs in people of its administration only."""

    def list_apps(self, request: HttpRequest, provider: str = "", client_id: str = "") -> list[SocialApp]:
        services = SignInService.objects.filter(in_use=True)
        if provider and provider != "openid_connect":
            services = services.filter(key=provider)
        return [_app(service) for service in services if not client_id or service.client_id == client_id]

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        found = super().get_provider(request, provider, client_id)
        found.oauth2_adapter_class = OwnSignIn
        return found

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """The person of the service's administration whose address the service has verified."""
        email = _verified_address(sociallogin)
        if email is None:
            return None
        service = _service(sociallogin)
        person = User.objects.filter(email__iexact=email, administration=service.administration_id).first()
        return (person, email) if person else None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse whom the service may not sign in: also one who was its administration's and has moved."""
        service = _service(sociallogin)
        if sociallogin.state.get("process") == "connect":
            raise _refusal(request, service, "connect")
        if sociallogin.is_existing:
            if not service.vouches_for(sociallogin.user):
                raise _refusal(request, service, "not_theirs")
            return
        email = _verified_address(sociallogin)
        if email is None:
            raise _refusal(request, service, "not_verified")
        if _is_somebodys(email):
            raise _refusal(request, service, "not_theirs")

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return True

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """A new person waits for the coordinator of the service's administration.

        The address is the one that the service has verified: no form is asked for another.
        """
        person: User = sociallogin.user
        person.email = (_verified_address(sociallogin) or "").lower()
        person.administration = _service(sociallogin).administration
        person.standing = User.Standing.WAITING
        person.language = translation.get_language() or settings.LANGUAGE_CODE
        return super().save_user(request, sociallogin)


class OwnSignIn(OpenIDConnectOAuth2Adapter):
    """allauth's OpenID Connect, with the ID token's signature checked and one address to come back to."""

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """The same in every language, as the service knows one."""
        with translation.override(settings.LANGUAGE_CODE):
            return super().get_callback_url(request, app)

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("The service sent no ID token.")
        login = super().complete_login(request, app, token, **kwargs)
        data = login.account.extra_data
        if "userinfo" in data and data["userinfo"].get("sub") != data["id_token"].get("sub"):
            raise OAuth2Error("The ID token and the user info are of different people.")
        return login

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict:
        try:
            if jwt.get_unverified_header(id_token).get("alg") not in SIGNATURES:
                raise OAuth2Error("The ID token is not signed with a key of the service.")
            return jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (KeyError, ValueError, TypeError, jwt.PyJWTError) as error:
            raise OAuth2Error("The ID token can't be read.") from error


def _app(service: SignInService) -> SocialApp:
    return SocialApp(
        provider="openid_connect",
        provider_id=service.key,
        name=service.name,
        client_id=service.client_id,
        secret=service.secret,
        settings={"server_url": service.issuer, "oauth_pkce_enabled": True},
    )


def _service(sociallogin: SocialLogin) -> SignInService:
    account: SocialAccount = sociallogin.account
    return SignInService.objects.select_related("administration").get(key=account.provider, in_use=True)


def _verified_address(sociallogin: SocialLogin) -> str | None:
    """The address that the service says it has verified. The word "false" is not true."""
    verified = (one.email for one in sociallogin.email_addresses if one.verified is True)
    return next((email for email in verified if not is_nobodys(email)), None)


def _is_somebodys(email: str) -> bool:
    known = EmailAddress.objects.filter(email__iexact=email).exists()
    return known or User.objects.filter(email__iexact=email).exists()


def _refusal(request: HttpRequest, service: SignInService, reason: str) -> ImmediateHttpResponse:
    context = {"service": service, "reason": reason}
    return ImmediateHttpResponse(render(request, "accounts/own_sign_in/refused.html", context, status=403))
