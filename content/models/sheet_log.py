"""Who changed which country sheet. Wagtail's own log would show every coordinator every administration."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import BaseLogEntry
from wagtail.models.audit_log import BaseLogEntryManager

from .country_sheets import CountrySheet


class SheetLogEntryManager(BaseLogEntryManager):
    """Entries of sheets, each seen by those who may edit that sheet."""

    def log_action(self, instance: CountrySheet, action: str, **kwargs: Any) -> "SheetLogEntry":
        return super().log_action(instance, action, object_id=str(instance.pk), **kwargs)

    def viewable_by_user(self, user: Any) -> models.QuerySet:
        if user.is_superuser:
            return self.all()
        own = CountrySheet.objects.edited_by(user).values_list("pk", flat=True)
        return self.filter(object_id__in=[str(pk) for pk in own])

    def for_instance(self, instance: CountrySheet) -> models.QuerySet:
        sheet_type = ContentType.objects.get_for_model(instance, for_concrete_model=False)
        return self.filter(content_type=sheet_type, object_id=str(instance.pk))


class SheetLogEntry(BaseLogEntry):
    """One thing done to a country sheet in the admin."""

    object_id = models.CharField(_("number of the sheet"), max_length=255, db_index=True)

    objects = SheetLogEntryManager()

    class Meta(BaseLogEntry.Meta):
        ordering = ["-timestamp", "-id"]
        verbose_name = _("log entry of a country sheet")
        verbose_name_plural = _("log entries of country sheets")

    def __str__(self) -> str:
        return f"{self.label}: {self.action}"
