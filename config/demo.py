"""The demo's people, one account for each role, and the country sheet of their administration."""

import secrets
from dataclasses import dataclass

from django.conf import settings

from accounts.models import Administration, User
from accounts.roles import Role
from content.actions import accept_notices
from content.loading.country_sheets import load_example_sheet
from content.models import Notice

PASSWORD = "quay-and-key-demo"  # noqa: S105 (printed on purpose; not used outside the demo settings)
DOMAIN = "demo.example"


@dataclass(frozen=True)
class Account:
    """What one needs to sign in as a role. The password is None where somebody has changed it."""

    role: str
    email: str
    password: str | None

    def __str__(self) -> str:
        return f"  {self.role:12} {self.email:28} {self.password or '(password changed)'}"


def make_accounts() -> list[Account]:
    """One account for each role, made where it is missing."""
    administration = _administration()
    return [_account(role, administration) for role in Role.values]


def make_example_sheet() -> None:
    """The invented administration's country sheet, as long as nobody has changed it."""
    load_example_sheet(_administration())


def _administration() -> Administration:
    return Administration.objects.get_or_create(name="Customs of Examplia", defaults={"is_example": True})[0]


def _account(role: str, administration: Administration) -> Account:
    email = f"{role}@{DOMAIN}"
    user = User.objects.filter(email=email).first()
    if user is None:
        password = PASSWORD if settings.DEMO_ALLOWED else secrets.token_urlsafe(12)
        user = User.objects.create_user(
            email, password, administration=administration, first_name="Demo", last_name=role
        )
        user.give_role(role)
        # So that the demo opens at the work; whoever signs up in it is asked.
        accept_notices(user, Notice.objects.due(user))
        return Account(role, email, password)
    return Account(role, email, PASSWORD if user.check_password(PASSWORD) else None)
