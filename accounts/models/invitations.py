"""Invitations: a secret link, sent to an e-mail address, that makes an approved account."""

import datetime
import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import FOR_COORDINATORS
from accounts.names import plain_name
from accounts.querysets import InvitationQuerySet
from accounts.roles import role_names

from .administrations import Administration

LIFETIME = datetime.timedelta(days=14)


class Invitation(models.Model):
    """A link that is good once, until a date. Only the secret's digest is kept."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        ENDED = "ended", _("Ended")

    administration = models.ForeignKey(
        Administration,
        verbose_name=_("administration"),
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    email = models.EmailField(_("e-mail address"))
    first_name = models.CharField(_("first name"), max_length=150, blank=True, validators=[plain_name])
    last_name = models.CharField(_("last name"), max_length=150, blank=True, validators=[plain_name])
    roles = models.JSONField(_("roles"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
    )
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now)
    expires_at = models.DateTimeField(_("ends at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    reaches = FOR_COORDINATORS
    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_unused_invitation_an_address",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="invitation_is_not_both_accepted_and_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def state(self) -> Any:
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        return self.State.OPEN if self.expires_at > timezone.now() else self.State.ENDED

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def roles_shown(self) -> str:
        return role_names(self.roles)

    def renew(self) -> str:
        """Give it a new secret and a new end; the caller saves. Returns the secret."""
        secret = secrets.token_urlsafe(32)
        self.digest = digest_of(secret)
        self.expires_at = timezone.now() + LIFETIME
        return secret


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
