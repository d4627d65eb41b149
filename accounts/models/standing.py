"""What was done to people's standing, kept as it was done."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.access import FOR_COORDINATORS
from accounts.querysets import AppendOnlyQuerySet
from accounts.roles import role_names

from .administrations import Administration


class StandingChange(models.Model):
    """One act: who did what to whom, from what to what, when and why. Written once, never changed."""

    class Act(models.TextChoices):
        APPROVAL = "approval", _("Approved")
        ROLES = "roles", _("Roles changed")
        TRANSFER = "transfer", _("Transferred")
        SUSPENSION = "suspension", _("Suspended")
        REINSTATEMENT = "reinstatement", _("Reinstated")
        DEPARTURE = "departure", _("Departed")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="standing_changes",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("done by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
    )
    act = models.CharField(_("act"), max_length=16, choices=Act)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    administration_before = models.ForeignKey(
        Administration,
        verbose_name=_("administration before"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
    )
    administration = models.ForeignKey(
        Administration,
        verbose_name=_("administration"),
        on_delete=models.PROTECT,
        related_name="standing_changes",
        null=True,
    )
    standing_before = models.CharField(_("standing before"), max_length=12)
    standing = models.CharField(_("standing"), max_length=12)
    roles_before = models.JSONField(_("roles before"), default=list)
    roles = models.JSONField(_("roles"), default=list)

    reaches = FOR_COORDINATORS
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of standing")
        verbose_name_plural = _("changes of standing")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.person}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raise TypeError for a row that is already kept."""
        if self.pk is not None:
            raise TypeError("This record is only added to.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Always raises TypeError."""
        raise TypeError("This record is only added to.")

    @property
    def roles_before_shown(self) -> str:
        return role_names(self.roles_before)

    @property
    def roles_shown(self) -> str:
        return role_names(self.roles)
