"""Who people are: users, and the administrations they work for."""

from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager, Group
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .roles import MAY_IDENTIFY
from .tokens import ApiToken

__all__ = ["Administration", "ApiToken", "User", "UserManager"]


class Administration(models.Model):
    """A customs administration."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    country = models.CharField(_("country code (ISO 3166-1 alpha-2)"), max_length=2, blank=True)
    is_example = models.BooleanField(_("invented, for demonstration"), default=False)

    class Meta:
        verbose_name = _("administration")
        verbose_name_plural = _("administrations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Creates users who are known by their e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Raise ValueError without an e-mail address."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person. The e-mail address is the account name; roles are groups."""

    username = None
    email = models.EmailField(_("e-mail address"), unique=True)
    administration = models.ForeignKey(
        Administration,
        verbose_name=_("administration"),
        on_delete=models.PROTECT,
        related_name="people",
        null=True,
        blank=True,
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @cached_property
    def roles(self) -> set[str]:
        return set(self.groups.values_list("name", flat=True))

    @property
    def may_identify(self) -> bool:
        return self.is_active and (self.is_superuser or bool(self.roles & MAY_IDENTIFY))

    @property
    def may_enter_admin(self) -> bool:
        return self.is_active and self.has_perm("wagtailadmin.access_admin")

    def give_role(self, role: str) -> None:
        """Raise Group.DoesNotExist for a role that is none."""
        self.groups.add(Group.objects.get(name=role))
        self.__dict__.pop("roles", None)
