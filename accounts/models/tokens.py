"""Bearer tokens for the API."""

import datetime
import hashlib
import secrets
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .people import User

LONGEST = datetime.timedelta(days=366)
# Reading when a token was last used is worth a write now and then, not one for every request.
USE_NOTED_EVERY = datetime.timedelta(hours=1)


class Scope(models.TextChoices):
    """What a token may do, beside what its owner may."""

    IDENTIFY_WRITE = "identify:write", _("Send photos to be identified")
    IDENTIFY_READ = "identify:read", _("Read your identifications")


class ApiTokenQuerySet(models.QuerySet):
    """Tokens, by what was presented."""

    def good(self) -> "ApiTokenQuerySet":
        """Neither ended nor revoked, of a person whom the administration has approved."""
        return self.filter(
            expires_at__gt=timezone.now(),
            revoked_at=None,
            user__is_active=True,
            user__standing=User.Standing.APPROVED,
        )

    def presented(self, secret: str) -> "ApiTokenQuerySet":
        """The token that belongs to a secret, if it is still good and so is its owner."""
        return self.good().filter(digest=_digest(secret)).select_related("user")


class ApiToken(models.Model):
    """A token lets a program act as a person until a date. Only the secret's digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("what it is for"), max_length=80)
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("what it may do"), default=list)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def issue(
        cls,
        user: models.Model,
        name: str,
        lifetime: datetime.timedelta,
        scopes: Iterable[str] = tuple(Scope.values),
    ) -> str:
        """Make a token and return its secret, which can't be shown again.

        Raise ValueError for a scope that is none, and for more than a year.
        """
        scopes = sorted(set(scopes))
        if not set(scopes) <= set(Scope.values):
            raise ValueError(f"No such scopes: {scopes}")
        if lifetime > LONGEST:
            raise ValueError("A token lives a year at most.")
        secret = secrets.token_urlsafe(32)
        cls.objects.create(
            user=user, name=name, digest=_digest(secret), scopes=scopes, expires_at=timezone.now() + lifetime
        )
        return secret

    @property
    def is_good(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    def scope_names(self) -> list[str]:
        """What it may do, in words."""
        return [str(Scope(scope).label) for scope in self.scopes if scope in Scope.values]

    def note_use(self) -> None:
        """Write down that it was used, at most once an hour."""
        now = timezone.now()
        long_ago = Q(last_used_at=None) | Q(last_used_at__lt=now - USE_NOTED_EVERY)
        if self.last_used_at is None or self.last_used_at < now - USE_NOTED_EVERY:
            ApiToken.objects.filter(long_ago, pk=self.pk).update(last_used_at=now)

    def revoke(self) -> None:
        """End it now. Once revoked it stays so, with the date of the first time."""
        ApiToken.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=timezone.now())


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
