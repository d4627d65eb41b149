"""What an officer met: a case, its photos, and what the machine answered."""

import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import Own, ReachQuerySet, Through
from accounts.models import Administration
from content.models import ReferenceItem
from identify.querysets import IdentificationQuerySet


def private_storage() -> Storage:
    """Where officers' photos lie; it has no public address."""
    return storages["private"]


def original_path(photo: "Photo", _name: str) -> str:
    """Nothing of the sender's file name: it may lie, clash or lead out of the folder."""
    return f"originals/{photo.case.public_id}/{photo.position}"


def derivative_path(photo: "Photo", _name: str) -> str:
    return f"derivatives/{photo.case.public_id}/{photo.position}.jpg"


class Case(models.Model):
    """One thing that an officer met and photographed."""

    public_id = models.UUIDField(_("public number"), default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("officer"), on_delete=models.PROTECT, related_name="cases"
    )
    administration = models.ForeignKey(
        Administration,
        verbose_name=_("administration"),
        on_delete=models.PROTECT,
        related_name="cases",
        null=True,
        blank=True,
    )
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    kind = models.CharField(_("kind of thing"), max_length=20, choices=ReferenceItem.Kind, blank=True)
    # Digest of the form's token and of the photos sent with it: the same form sent twice is one case,
    # the same form sent again with other photos is another.
    submission = models.CharField(_("submission"), max_length=64, editable=False)
    refused = models.JSONField(_("refused photos"), default=list, blank=True, editable=False)

    # A coordinator, or an expert asked for a second opinion, would get a reach of their own here.
    reaches = (Own("officer", "administration"),)
    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["officer", "submission"], name="submission_once_an_officer")
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Photo(models.Model):
    """One photo of a case: the sealed original, and a copy without metadata that may be shown."""

    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="photos")
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("file name as sent"), max_length=255, blank=True)
    original = models.FileField(_("sealed original"), storage=private_storage, upload_to=original_path)
    sha256 = models.CharField(_("SHA-256 at intake"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    format = models.CharField(_("format"), max_length=8)
    derivative = models.FileField(
        _("copy without metadata"), storage=private_storage, upload_to=derivative_path
    )
    width = models.PositiveIntegerField(_("width of the copy"))
    height = models.PositiveIntegerField(_("height of the copy"))
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)

    reaches = (Through("case"),)
    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="photo_position_once_a_case")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.position}"

    def get_absolute_url(self) -> str:
        return reverse("identify:photo", args=[self.case.public_id, self.position])


class Identification(models.Model):
    """What the machine answered that day, with everything the answer was made from."""

    case = models.ForeignKey(
        Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="identifications"
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    unknown = models.BooleanField(_("not known"))
    reason = models.CharField(_("why it is not known"), max_length=40, blank=True)
    item = models.CharField(_("answer"), max_length=50, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank of the answer"), null=True, blank=True)
    probability = models.FloatField(_("probability of the answer"), null=True, blank=True)
    stopped = models.CharField(_("why it goes no deeper"), max_length=40, blank=True)
    between = models.JSONField(_("what it can't tell apart"), default=list, blank=True)
    candidates = models.JSONField(_("candidates, the likeliest first"), default=list)
    things_known = models.PositiveIntegerField(_("number of things the guide knew"))
    calibrated = models.BooleanField(_("calibrated"))
    law = models.JSONField(_("the law as it stood, by item"), default=dict)
    nearest = models.JSONField(_("reference photos most like these"), default=list, blank=True)
    scores = models.JSONField(_("scores and thresholds"), default=dict)
    versions = models.JSONField(_("versions"), default=dict)

    reaches = (Through("case"),)
    objects = IdentificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("identification")
        verbose_name_plural = _("identifications")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(item="", rank=None, probability=None)
                | Q(unknown=False, rank__isnull=False, probability__isnull=False, probability__range=(0, 1))
                & ~Q(item=""),
                name="answer_is_whole_or_none",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case.public_id}: {self.item or '?'}"

    def get_absolute_url(self) -> str:
        return reverse("identify:answer", args=[self.case.public_id])

    def name_then(self, key: str) -> str:
        """What the guide called an item when this was answered; its key where that was not kept."""
        return self.law.get(key, {}).get("name", key)
