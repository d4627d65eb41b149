"""What the access matrix expects, written down apart from the site's own table."""

# Each role, and the audiences it belongs to beside "everybody".
AUDIENCES = {
    "stranger": set(),
    "waiting": {"signed in", "learners"},
    "trainee": {"signed in", "learners"},
    "officer": {"signed in", "learners", "officers"},
    "trainer": {"signed in", "learners", "officers", "trainers"},
    "expert": {"signed in", "learners", "officers"},
    "coordinator": {"signed in", "learners", "officers", "coordinators"},
    "administrator": {
        "signed in",
        "learners",
        "officers",
        "trainers",
        "coordinators",
        "administrators",
    },
}

EVERYBODY = """
    wagtail_serve wagtailcore_authenticate_with_password wagtailcore_login login_by_wagtail
    wagtaildocs_serve wagtaildocs_authenticate_with_password
    admin_login chinese media
    guide:items guide:protocol guide:item
    notices:read
    api:openapi-json api:api-root
    account_login account_logout account_inactive account_signup account_confirm_email
    account_confirm_login_code account_email_verification_sent account_reset_password
    account_reset_password_done account_reset_password_from_key account_reset_password_from_key_done
"""
SIGNED_IN = """
    accounts:next accounts:data accounts:export accounts:erase notices:accept
    account_change_password account_set_password account_reauthenticate
"""
LEARNERS = """
    learning:mine learning:position learning:done learning:answer learning:go_on learning:quiz learning:start
    learning:review learning:submit learning:result learning:question
"""
OFFICERS = (
    "identify:start identify:mine identify:answer identify:photo api:identifications api:identification"
)
COORDINATORS = "accounts:access_log notices:write"
NOBODY = "accounts:email account_email"

ADDRESSES = {
    name: audience
    for audience, names in {
        "everybody": EVERYBODY,
        "signed in": SIGNED_IN,
        "learners": LEARNERS,
        "officers": OFFICERS,
        "coordinators": COORDINATORS,
        "nobody": NOBODY,
    }.items()
    for name in names.split()
}


def audience(name: str, in_admin: bool) -> str | None:
    """Whom an address is for; None where nobody has said."""
    return ADDRESSES.get(name) or ("trainers" if in_admin else None)


def admitted(role: str, audience: str) -> bool:
    return audience == "everybody" or audience in AUDIENCES[role]
