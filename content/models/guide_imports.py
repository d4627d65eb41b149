"""A file with the guide, as it was uploaded: what each row would do, and what it did."""

import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.access import Own, ReachQuerySet


def guide_file_storage() -> Storage:
    return storages["private"]


def guide_file_path(guide_import: "GuideImport", _name: str) -> str:
    return f"guide_imports/{guide_import.public_id}"


class GuideImport(models.Model):
    """One file. Its fates are shown first; what is applied is what was shown, or nothing."""

    class State(models.TextChoices):
        READING = "reading", _("Being read")
        SHOWN = "shown", _("Not applied yet")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")
        UNREADABLE = "unreadable", _("Can't be read")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.CASCADE,
        related_name="guide_imports",
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    file_name = models.CharField(_("file name"), max_length=255)
    file = models.FileField(_("file"), storage=guide_file_storage, upload_to=guide_file_path)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READING)
    problem = models.TextField(_("what went wrong"), blank=True)
    missing = models.JSONField(_("what the file leaves out"), default=list)
    guide_digest = models.CharField(_("the guide as it was then"), max_length=64, blank=True)
    at_once = models.BooleanField(_("also what readers see at once"), default=False)

    # Whoever sent a file reads what would come of it; others make their own.
    reaches = (Own("uploaded_by"),)
    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of the guide")
        verbose_name_plural = _("imports of the guide")
        ordering = ["-uploaded_at", "-id"]

    def __str__(self) -> str:
        return self.file_name


class GuideImportRow(models.Model):
    """One row of the file, or one row of the guide that the file doesn't have, and its fate."""

    class Fate(models.TextChoices):
        REFUSED = "refused", _("Refused")
        CHANGED = "changed", _("Changed")
        NEW = "new", _("New")
        NEWER = "newer", _("Newer in the guide: left")
        ABSENT = "absent", _("Not in the file: left")
        UNCHANGED = "unchanged", _("Unchanged")

    ACTING = (Fate.NEW, Fate.CHANGED)

    guide_import = models.ForeignKey(GuideImport, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(_("sheet"), max_length=40)
    number = models.PositiveIntegerField(_("row"))
    name = models.CharField(_("which thing"), max_length=300)
    fate = models.CharField(_("fate"), max_length=10, choices=Fate)
    reason = models.TextField(_("reason"), blank=True)
    # [[column, what the guide says, what the file says]], cut short
    changes = models.JSONField(_("changes"), default=list)
    at_once = models.BooleanField(_("readers would see it at once"), default=False)

    class Meta:
        verbose_name = _("row of an import of the guide")
        verbose_name_plural = _("rows of an import of the guide")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
