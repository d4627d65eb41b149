"""The five roles, each a Django group of the same name."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    TRAINEE = "trainee", _("Trainee")
    OFFICER = "officer", _("Officer")
    TRAINER = "trainer", _("Trainer")
    COORDINATOR = "coordinator", _("National coordinator")
    EXPERT = "expert", _("Expert")


# Who may photograph goods and ask the recogniser: everybody trusted with goods or with the guide.
MAY_IDENTIFY = {Role.OFFICER, Role.TRAINER, Role.COORDINATOR, Role.EXPERT}
# Who must sign in with a second factor, as administrators must.
NEED_SECOND_FACTOR = {Role.TRAINER, Role.COORDINATOR, Role.EXPERT}

# Why a role is not among `User.roles_to_grant`.
ONLY_ADMINISTRATORS_GRANT = _("Trainers write for every administration: only an administrator makes one.")


def role_names(roles: Iterable[str]) -> str:
    """The roles' names in the reader's language, in the order of `Role`."""
    held = set(roles)
    return ", ".join(str(label) for role, label in Role.choices if role in held)


def create_role_groups(**_: Any) -> None:
    """Make sure that the five groups exist (runs after every migration)."""
    from django.contrib.auth.models import Group

    for name in Role.values:
        Group.objects.get_or_create(name=name)
