"""Bearer tokens for the API."""

import datetime
import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ApiTokenQuerySet(models.QuerySet):
    """Tokens, by what was presented."""

    def presented(self, secret: str) -> "ApiTokenQuerySet":
        """The token that belongs to a secret, if it is still good and so is its owner."""
        return self.filter(
            digest=_digest(secret), expires_at__gt=timezone.now(), user__is_active=True
        ).select_related("user")


class ApiToken(models.Model):
    """A token lets a program act as a person until a date. Only the secret's digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("what it is for"), max_length=80)
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("expires at"))

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def issue(cls, user: models.Model, name: str, lifetime: datetime.timedelta) -> str:
        """Make a token and return its secret, which can't be shown again."""
        secret = secrets.token_urlsafe(32)
        cls.objects.create(user=user, name=name, digest=_digest(secret), expires_at=timezone.now() + lifetime)
        return secret


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
