"""The outbox: every mail the site has written, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.access import Audience, OfAdministration, Open, ReachQuerySet

from .administrations import Administration
from .people import User


class SentMail(models.Model):
    """A mail as it was written. Of one with a secret link only the subject is kept once it is sent."""

    class State(models.TextChoices):
        WAITING = "waiting", _("To be sent")
        SENT = "sent", pgettext_lazy("of an e-mail", "Sent")
        KEPT = "kept", _("Kept here, not sent")
        FAILED = "failed", _("Could not be sent")

    to = models.EmailField(_("to"))
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="mails",
        null=True,
        blank=True,
    )
    # Where the recipient worked when it was written: who comes from elsewhere brings no mails along.
    administration = models.ForeignKey(
        Administration,
        verbose_name=_("administration"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    # Of whom it tells the recipient. It goes with that person.
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True)
    language = models.CharField(_("language"), max_length=10)
    secret = models.BooleanField(_("holds a secret link"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    failure = models.CharField(_("why it failed"), max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(pgettext_lazy("of an e-mail", "attempts"), default=0)
    at = models.DateTimeField(_("written"), default=timezone.now, db_index=True)

    reaches = (
        OfAdministration("administration", Audience.COORDINATORS),
        Open(Audience.ADMINISTRATORS),
    )
    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.subject

    def readable_by(self, user: User) -> bool:
        """Whether the text may be shown: a link that opens somebody's account is for administrators only."""
        return bool(self.text) and (user.is_superuser or not self.secret)
