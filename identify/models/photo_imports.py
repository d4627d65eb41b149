"""A folder of reference photos with its sheet, as uploaded: what each row would do, and what it did."""

import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.access import Own, ReachQuerySet
from content.models import ReferenceItem, ReferencePhoto


def archive_storage() -> Storage:
    return storages["private"]


def archive_path(photo_import: "PhotoImport", _name: str) -> str:
    return f"photo_imports/{photo_import.public_id}.zip"


class PhotoImport(models.Model):
    """One archive. Its fates are shown first; what is applied is what was shown."""

    class State(models.TextChoices):
        READING = "reading", _("Being read")
        SHOWN = "shown", _("Not applied yet")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Photos taken in")
        UNREADABLE = "unreadable", _("Can't be read")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.CASCADE,
        related_name="photo_imports",
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    file_name = models.CharField(_("file name"), max_length=255)
    archive = models.FileField(_("archive"), storage=archive_storage, upload_to=archive_path)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READING)
    problem = models.TextField(_("why it can't be read"), blank=True)
    publish = models.BooleanField(_("publish at once"), default=False)

    # Whoever sent an archive sees what would come of it; others send their own.
    reaches = (Own("uploaded_by"),)
    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of photos")
        verbose_name_plural = _("imports of photos")
        ordering = ["-uploaded_at", "-id"]

    def __str__(self) -> str:
        return self.file_name


class PhotoImportRow(models.Model):
    """One row of the sheet, or one file that the sheet doesn't name, and its fate."""

    class Fate(models.TextChoices):
        NEW = "new", _("New")
        HERE = "here", _("In the guide already")
        REFUSED = "refused", _("Refused")
        NOT_NAMED = "not-named", _("Not in the sheet")

    photo_import = models.ForeignKey(PhotoImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    file = models.CharField(_("file"), max_length=255)
    item = models.CharField(_("thing of the guide"), max_length=80, blank=True)
    fate = models.CharField(_("fate"), max_length=10, choices=Fate)
    reason = models.TextField(_("reason"), blank=True)
    photo = models.ForeignKey(
        ReferencePhoto, verbose_name=_("photo"), on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ["number", "id"]

    def __str__(self) -> str:
        return self.file


class FetchedPhoto(models.Model):
    """One photo that somebody ticked in another collection, and what came of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for the worker")
        TAKEN = "taken", _("Here, as a draft")
        REFUSED = "refused", _("Not taken")

    item = models.ForeignKey(
        ReferenceItem, verbose_name=_("thing of the guide"), on_delete=models.CASCADE, related_name="+"
    )
    view = models.CharField(_("what it shows"), max_length=20, choices=ReferencePhoto.View)
    found = models.JSONField(_("as the collection offers it"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.CASCADE, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    reason = models.TextField(_("reason"), blank=True)
    photo = models.ForeignKey(
        ReferencePhoto, verbose_name=_("photo"), on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("photo from elsewhere")
        verbose_name_plural = _("photos from elsewhere")
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return str(self.found.get("page", self.pk))
