"""Who people are: their account, their standing with their administration, their roles."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager, Group
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import FOR_COORDINATORS, Own
from accounts.addresses import is_nobodys
from accounts.colleagues import is_somebody_elses
from accounts.names import plain_name
from accounts.querysets import PersonQuerySet
from accounts.roles import MAY_IDENTIFY, NEED_SECOND_FACTOR, Role, role_names

from .administrations import Administration
from .requests import AccessRequest


class UserManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
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


def _one_administration() -> bool:
    """Whether the site is one administration's alone (or nobody's yet)."""
    return not Administration.objects.all()[1:].exists()


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
    first_name = models.CharField(_("first name"), max_length=150, blank=True, validators=[plain_name])
    last_name = models.CharField(_("last name"), max_length=150, blank=True, validators=[plain_name])
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
    # Part of every session's hash: one more, and every session of the person ends, whatever keeps sessions.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    reaches = (Own("pk"), *FOR_COORDINATORS)
    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [models.Index(fields=["administration", "last_name", "first_name", "id"])]
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
        updated = kwargs.get("update_fields")
        other_address = (updated is None or "email" in updated) and self._has_other_address()
        other_password = self._password is not None
        if other_address:
            self.end_access()
        if updated is not None:
            along = {"standing": "departed_at", "email": "session_epoch"}
            kwargs["update_fields"] = {*updated, *(along[name] for name in updated if name in along)}
        super().save(*args, **kwargs)
        if other_address:
            self._take_only_this_address()
        if other_password:
            self.api_tokens.all().delete()

    def _has_other_address(self) -> bool:
        kept = User.objects.filter(pk=self.pk).values_list("email", flat=True).first() if self.pk else None
        return kept is not None and kept.lower() != self.email.lower()

    def _take_only_this_address(self) -> None:
        """The one of before signs in no longer. A link proves the new one, where links can be sent."""
        self.emailaddress_set.exclude(email__iexact=self.email).delete()
        if self.is_erased:
            return
        if settings.MAIL_SERVER_SET:
            new = {"email": self.email, "primary": True}
            self.emailaddress_set.get_or_create(email__iexact=self.email, defaults=new)
        else:
            self.confirm_address()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        words = f"{self.password} {self.session_epoch}"
        salt = "accounts.models.User.get_session_auth_hash"
        return salted_hmac(salt, words, secret=secret, algorithm="sha256").hexdigest()

    def end_access(self) -> None:
        """End every session and token of the person at once; the caller saves."""
        self.session_epoch += 1
        if self.pk:
            self.api_tokens.all().delete()

    def _let_standing_follow(self) -> None:
        """The admin's own switch "active" suspends and reinstates; an erased account stays closed."""
        if self.is_erased:
            self.is_active, self.standing = False, self.Standing.DEPARTED
        if self.is_active and self.standing in {self.Standing.SUSPENDED, self.Standing.DEPARTED}:
            self.standing = self.Standing.APPROVED
        elif not self.is_active and self.standing in {self.Standing.WAITING, self.Standing.APPROVED}:
            self.standing = self.Standing.SUSPENDED
            self.end_access()

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
    def is_erased(self) -> bool:
        return is_nobodys(self.email)

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
    def held_roles(self) -> list[str]:
        """The roles that approval gives or gave, in the order of `Role`, also while they rest."""
        names = {group.name for group in self.groups.all()}
        return [role for role in Role.values if role in names]

    @property
    def roles_held_shown(self) -> str:
        return role_names(self.held_roles)

    @property
    def roles_shown(self) -> str:
        return role_names(self.roles)

    @property
    def waits_for_approval(self) -> bool:
        return self.is_active and self.standing == self.Standing.WAITING

    @cached_property
    def may_coordinate(self) -> bool:
        """Whether there is anybody for whom the person can decide."""
        if self.is_superuser:
            return self.approved
        return self.administration_id is not None and Role.COORDINATOR in self.roles

    def coordinates(self, administration: Administration | None) -> bool:
        """Whether the person decides for an administration; an administrator does for each and for none."""
        if self.is_superuser or administration is None:
            return self.is_superuser and self.approved
        return self.may_coordinate and self.administration_id == administration.pk

    @cached_property
    def roles_to_grant(self) -> list[str]:
        """The roles that the person may give where they coordinate.

        Trainers write for everybody. Where several administrations share the site, no single one makes them.
        """
        alone = _one_administration()
        return [role for role in Role.values if role != Role.TRAINER or self.is_superuser or alone]

    @cached_property
    def may_approve_guide(self) -> bool:
        """Whether the person, as an expert, may approve what everybody reads in the guide.

        Each administration makes its own experts. Where several share the site, an expert must be a trainer
        too, whom only an administrator makes.
        """
        if self.is_superuser:
            return self.approved
        return Role.EXPERT in self.roles and (Role.TRAINER in self.roles or _one_administration())

    def may_grant(self, roles: Iterable[str]) -> bool:
        return set(roles) <= set(self.roles_to_grant)

    @cached_property
    def requests_to_decide(self) -> int:
        """How many people wait for this coordinator."""
        return AccessRequest.objects.waiting().visible_to(self).count()

    @property
    def must_have_second_factor(self) -> bool:
        return settings.MFA_REQUIRED and (self.is_superuser or bool(self.roles & NEED_SECOND_FACTOR))

    @property
    def lacks_second_factor(self) -> bool:
        """Whether the person has to set up a second factor before anything else."""
        # Recovery codes are no second factor of their own.
        factors = self.authenticator_set.exclude(type="recovery_codes")
        return self.must_have_second_factor and not factors.exists()

    @property
    def may_enter_admin(self) -> bool:
        return self.is_active and self.has_perm("wagtailadmin.access_admin")

    def confirm_address(self) -> None:
        """Somebody has made sure that the person reads the e-mail address; no other one signs in."""
        self.emailaddress_set.exclude(email__iexact=self.email).delete()
        confirmed = {"email": self.email, "verified": True, "primary": True}
        self.emailaddress_set.update_or_create(email__iexact=self.email, defaults=confirmed)

    def give_role(self, role: str) -> None:
        """Raise Group.DoesNotExist for a role that is none."""
        self.groups.add(Group.objects.get(name=role))
        self.__dict__.pop("roles", None)
