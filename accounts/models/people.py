"""Who people are: their account, their standing with their administration, their roles."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager, Group
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Audience, OfAdministration, Open, Own, ReachQuerySet
from accounts.colleagues import is_somebody_elses
from accounts.roles import MAY_IDENTIFY

from .administrations import Administration


class UserManager(BaseUserManager.from_queryset(ReachQuerySet)):  # type: ignore[misc]
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
    """A person. The e-mail address is the account name; roles are groups.

    `standing` says how the person stands with the administration: only an approved person holds roles
    beyond trainee, and only a waiting or approved one can sign in (`is_active` follows it, and the
    database holds the two together).
    """

    class Standing(models.TextChoices):
        WAITING = "waiting", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        SUSPENDED = "suspended", _("Suspended")
        DEPARTED = "departed", _("Departed")

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
    departed_at = models.DateTimeField(_("departed at"), null=True, blank=True, editable=False)
    standing = models.CharField(_("standing"), max_length=12, choices=Standing, default=Standing.APPROVED)
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("The language of e-mails."),
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    reaches = (
        Own("pk"),
        OfAdministration("administration", Audience.COORDINATORS),
        Open(Audience.ADMINISTRATORS),
    )
    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_active=True, standing__in=["waiting", "approved"])
                | Q(is_active=False, standing__in=["suspended", "departed"]),
                name="only_waiting_or_approved_people_sign_in",
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._let_standing_follow()
        self._note_departure()
        if "standing" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*kwargs["update_fields"], "departed_at"}
        super().save(*args, **kwargs)

    def _let_standing_follow(self) -> None:
        """The admin's own switch "active" suspends and reinstates."""
        if self.is_active and self.standing in {self.Standing.SUSPENDED, self.Standing.DEPARTED}:
            self.standing = self.Standing.APPROVED
        elif not self.is_active and self.standing in {self.Standing.WAITING, self.Standing.APPROVED}:
            self.standing = self.Standing.SUSPENDED

    def _note_departure(self) -> None:
        """From then on runs the time for which personal data are kept."""
        if self.standing != self.Standing.DEPARTED:
            self.departed_at = None
        elif self.departed_at is None:
            self.departed_at = timezone.now()

    def get_full_name(self) -> str:
        """The name; not that of somebody of another administration, while the admin is read."""
        return gettext("Somebody elsewhere") if is_somebody_elses(self) else super().get_full_name()

    @property
    def approved(self) -> bool:
        return self.is_active and self.standing == self.Standing.APPROVED

    @cached_property
    def roles(self) -> set[str]:
        """The names of the roles held. One who still waits for approval holds none."""
        return set(self.groups.values_list("name", flat=True)) if self.approved else set()

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
