"""Signing up, asking for a role, and coming in by an invitation."""

from typing import Any

from allauth.account import app_settings as allauth_settings
from allauth.account.adapter import get_adapter
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.internal.userkit import filter_users_by_email
from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.actions.requests import ask_for_access
from accounts.models import Administration, Invitation, User
from accounts.names import plain_name
from accounts.roles import Role


def name_field(label: Any, autocomplete: str, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=150,
        validators=[plain_name],
        required=required,
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
    )


class AskingForm(forms.Form):
    """`cleaned_data` gives `administration`, `role` and `reason`."""

    administration = forms.ModelChoiceField(
        label=_("Your administration"), queryset=Administration.objects.all(), empty_label=_("Choose one")
    )
    role = forms.ChoiceField(
        label=_("The role you ask for"),
        choices=Role.choices,
        help_text=_("Trainees learn. Officers also identify photos."),
    )
    reason = forms.CharField(
        label=_("Why you need it"),
        help_text=_("Where you work and what you do. Your national coordinator reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SignupForm(AskingForm, AllauthSignupForm):
    """An account that waits for approval.

    Whether the address had an account is told to its mailbox only: the page answers the same either way.
    """

    first_name = name_field(_("First name"), "given-name")
    last_name = name_field(_("Last name"), "family-name")
    field_order = (
        "first_name",
        "last_name",
        "email",
        "administration",
        "role",
        "reason",
        "password1",
        "password2",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        for name in ("email", "password1", "password2"):
            self.fields[name].widget.attrs.pop("placeholder", None)

    def validate_unique_email(self, value: str) -> str:
        self.account_already_exists = bool(filter_users_by_email(value, prefer_verified=True))
        return value

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    person = self.save(request)
            except IntegrityError:  # somebody was faster with the same address
                self.account_already_exists = True
            else:
                return person, None if _verifies_addresses() else redirect("accounts:signed_up")
        # An answer that came sooner would tell what the page doesn't.
        make_password(self.cleaned_data["password1"])
        if _verifies_addresses():
            return super().try_save(request)
        get_adapter().send_account_already_exists_mail(self.cleaned_data["email"])
        return None, redirect("accounts:signed_up")

    def signup(self, request: HttpRequest, user: User) -> None:
        data = self.cleaned_data
        user.standing = User.Standing.WAITING
        user.administration = data["administration"]
        user.language = translation.get_language() or user.language
        user.save()
        ask_for_access(user, data["administration"], data["role"], data["reason"])


def _verifies_addresses() -> bool:
    mandatory = allauth_settings.EmailVerificationMethod.MANDATORY
    return bool(mandatory == allauth_settings.EMAIL_VERIFICATION)


class AcceptForm(forms.Form):
    """`cleaned_data` gives `first_name`, `last_name` and `password1`."""

    first_name = name_field(_("First name"), "given-name")
    last_name = name_field(_("Last name"), "family-name")
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=password_validation.password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Password (again)"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        names = {"first_name": invitation.first_name, "last_name": invitation.last_name}
        super().__init__(*args, initial=names, **kwargs)
        self.invitation = invitation

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ. Type the same one twice."))
        if first:
            person = User(email=self.invitation.email, last_name=data.get("last_name", ""))
            try:
                password_validation.validate_password(first, person)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return data
