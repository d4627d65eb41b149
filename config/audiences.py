"""Every address of the site, and the people it is for. An address that is not here answers nobody."""

from django.conf import settings
from django.urls import ResolverMatch

from accounts.access import Audience

API = "api"

# By name. Our own addresses stand here one by one, so that a new one needs a decision.
ADDRESSES = {
    Audience.EVERYBODY: [
        "wagtail_serve",
        "wagtailcore_authenticate_with_password",
        "wagtailcore_login",
        "login_by_wagtail",
        "wagtaildocs_serve",
        "wagtaildocs_authenticate_with_password",
        "admin_login",
        "chinese",
        "media",
        "sitemap",
        "robots",
        "guide:items",
        "guide:protocols",
        "guide:search",
        "guide:parts",
        "guide:part",
        "guide:conventions",
        "guide:listing",
        "guide:codes",
        "guide:heading",
        "guide:compare",
        "guide:law_changes",
        "guide:protocol",
        "guide:protocol_walk",
        "guide:refrigerants",
        "guide:item",
        "guide:card",
        "guide:photo",
        "guide:country",
        "guide:offline",
        "guide:offline_manifest",
        "guide:offline_part",
        "guide:offline_worker",
        "guide:not_kept",
        # A paper that a stranger copies is forgotten; where goods hide is told to officers only.
        "checks:all",
        "checks:hs_code",
        "checks:document",
        "notices:read",
        "api:openapi-json",
        "api:api-root",
        "api:protocols",
        "api:protocol",
        "api:protocol_walk",
        "api:refrigerants",
        "account_login",
        "account_logout",
        "account_inactive",
        "account_signup",
        "accounts:signed_up",
        "accounts:invitation",
        "account_confirm_email",
        "account_confirm_login_code",
        "account_email_verification_sent",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        # On the way in: the password was right, or a passkey stands for it.
        "mfa_authenticate",
        "mfa_login_webauthn",
        "accounts:own_sign_in",
        "accounts:own_sign_in_back",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
    ],
    Audience.SIGNED_IN: [
        "accounts:next",
        "accounts:access",
        "accounts:withdraw_request",
        "accounts:data",
        "accounts:export",
        "accounts:erase",
        "notices:accept",
        "account_change_password",
        "account_set_password",
        "account_reauthenticate",
        "usersessions_list",
    ],
    Audience.LEARNERS: [
        "learning:mine",
        "learning:position",
        "learning:done",
        "learning:answer",
        "learning:go_on",
        "learning:quiz",
        "learning:start",
        "learning:review",
        "learning:submit",
        "learning:result",
        "learning:question",
    ],
    Audience.OFFICERS: [
        "identify:start",
        "identify:mine",
        "identify:answer",
        "identify:photo",
        "api:identifications",
        "api:identification",
        "api:hs-check",
        "api:document-check-cites",
        "api:document-check-basel",
        "api:document-check-montreal",
    ],
    Audience.COORDINATORS: [
        "accounts:access_log",
        "notices:write",
    ],
    # The e-mail address is the account's name, and the administration gave it.
    Audience.NOBODY: [
        "accounts:email",
        "account_email",
        # An administration's own sign-in vouches for the person; nobody ties another account to theirs.
        "accounts:connections",
        "socialaccount_signup",
        "socialaccount_connections",
        "openid_connect_login",
        "openid_connect_callback",
    ],
}

# By how the address begins, without the language: what comes in bulk from elsewhere, and sections that are
# one audience's by their nature.
SECTIONS = {
    "admin/": Audience.EDITORS,
    "accounts/people/": Audience.COORDINATORS,
    "accounts/you/": Audience.SIGNED_IN,
    "accounts/2fa/": Audience.SIGNED_IN,
    # allauth's old addresses, which only lead on to the new ones.
    "accounts/social/": Audience.EVERYBODY,
}

_BY_NAME = {name: audience for audience, names in ADDRESSES.items() for name in names}
_LANGUAGES = tuple(f"{code}/" for code, _ in settings.LANGUAGES)


def audience_for(name: str, route: str) -> Audience | None:
    """The audience of an address, by its name with namespaces and its route; None where nobody decided."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    for language in _LANGUAGES:
        route = route.removeprefix(language)
    return next((audience for start, audience in SECTIONS.items() if route.startswith(start)), None)


def audience_of(match: ResolverMatch) -> Audience | None:
    return audience_for(match.view_name, match.route)
