"""What the access matrix expects, written down apart from the site's own table."""

# Each role, and the audiences it belongs to beside "everybody".
AUDIENCES = {
    "stranger": set(),
    "waiting": {"signed in", "learners"},
    "trainee": {"signed in", "learners"},
    "officer": {"signed in", "learners", "officers"},
    "trainer": {"signed in", "learners", "officers", "editors"},
    "expert": {"signed in", "learners", "officers", "editors"},
    "coordinator": {"signed in", "learners", "officers", "editors", "coordinators"},
    "administrator": {
        "signed in",
        "learners",
        "officers",
        "editors",
        "coordinators",
        "administrators",
    },
}

EVERYBODY = """
    wagtail_serve wagtailcore_authenticate_with_password wagtailcore_login login_by_wagtail
    wagtaildocs_serve wagtaildocs_authenticate_with_password
    admin_login chinese media sitemap robots
    guide:items guide:protocol guide:item guide:country guide:photo
    guide:protocols guide:protocol_walk guide:refrigerants
    checks:all checks:hs_code checks:document
    guide:search guide:parts guide:part guide:conventions guide:listing guide:codes guide:heading
    guide:compare guide:card guide:law_changes
    guide:offline guide:offline_manifest guide:offline_part guide:offline_worker guide:not_kept
    accounts:signed_up accounts:invitation accounts:own_sign_in accounts:own_sign_in_back
    mfa_authenticate mfa_login_webauthn
    socialaccount_login_cancelled socialaccount_login_error
    notices:read
    api:openapi-json api:api-root api:protocols api:protocol api:protocol_walk api:refrigerants
    account_login account_logout account_inactive account_signup account_confirm_email
    account_confirm_login_code account_email_verification_sent account_reset_password
    account_reset_password_done account_reset_password_from_key account_reset_password_from_key_done
"""
SIGNED_IN = """
    accounts:next accounts:access accounts:withdraw_request
    accounts:you accounts:tokens accounts:make_token accounts:revoke_token
    accounts:data accounts:export accounts:erase notices:accept
    account_change_password account_set_password account_reauthenticate usersessions_list
    mfa_index mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp
    mfa_view_recovery_codes mfa_generate_recovery_codes mfa_download_recovery_codes
    mfa_list_webauthn mfa_add_webauthn mfa_reauthenticate_webauthn mfa_remove_webauthn mfa_edit_webauthn
"""
LEARNERS = """
    learning:mine learning:position learning:done learning:answer learning:go_on learning:quiz learning:start
    learning:review learning:submit learning:result learning:question
"""
OFFICERS = """
    identify:start identify:mine identify:answer identify:photo api:identifications api:identification
    api:hs-check api:document-check-cites api:document-check-basel api:document-check-montreal
"""
COORDINATORS = """
    accounts:people accounts:people_export accounts:person accounts:person_act
    accounts:requests accounts:request
    accounts:invitations accounts:invite accounts:invite_again accounts:withdraw_invitation
    accounts:staff_lists accounts:staff_list accounts:apply_staff_list
    accounts:access_log notices:write
"""
NOBODY = """
    accounts:email account_email
    accounts:connections socialaccount_connections socialaccount_signup
    openid_connect_login openid_connect_callback
"""

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
    if in_admin and name not in ADDRESSES:
        return "editors"
    # Without a name: allauth's old addresses, which lead on to the new ones.
    return ADDRESSES.get(name, "everybody" if name == "" else None)


def admitted(role: str, audience: str) -> bool:
    return audience == "everybody" or audience in AUDIENCES[role]
