"""Photos of known specimens: shown in the guide, and what the recogniser learns from."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, RevisionMixin

from accounts.access import Audience, Open
from content.licences import LICENCES, VERSIONS, Licence
from content.querysets import ReferencePhotoQuerySet

from .guide import ReferenceItem

SIZES = ("small", "large")
SMALL_SIDE = 480  # pixels, the longer side


def photo_storage() -> Storage:
    """Photos have no public address of their own: a draft's may not be shown."""
    return storages["private"]


def large_path(photo: "ReferencePhoto", _name: str) -> str:
    """Nothing of the sender's file name: it may lie, clash or lead out of the folder."""
    return f"reference_photos/{photo.sha256[:2]}/{photo.sha256}.jpg"


def small_path(photo: "ReferencePhoto", _name: str) -> str:
    return f"reference_photos/{photo.sha256[:2]}/{photo.sha256}-small.jpg"


class ReferencePhoto(DraftStateMixin, RevisionMixin, models.Model):
    """One photo. Both files are made anew from what was sent, so that neither holds any metadata."""

    class View(models.TextChoices):
        """What the photo shows of the specimen."""

        WHOLE = "whole", _("Whole")
        DETAIL = "detail", _("Detail")
        SIDE = "side", _("From the side")
        BELOW = "below", _("From below or inside")
        CROSS_SECTION = "cross-section", _("Cross-section")
        END_GRAIN = "end-grain", _("End grain")
        DORSAL_FIN = "dorsal-fin", _("Dorsal fin")
        LABEL = "label", _("Label")

    item = models.ForeignKey(
        ReferenceItem, verbose_name=_("thing of the guide"), on_delete=models.PROTECT, related_name="photos"
    )
    view = models.CharField(_("what it shows"), max_length=20, choices=View)
    specimen = models.CharField(
        _("specimen"),
        max_length=120,
        blank=True,
        help_text=_(
            "The same word for all photos of one specimen: the recogniser is tested on specimens "
            "it has not seen. Empty: nobody has photographed this specimen twice."
        ),
    )
    author = models.CharField(_("author"), max_length=160, help_text=_("As the author wants to be named."))
    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=LICENCES,
        help_text=_(
            "Photos that forbid commercial use or changes (NC, ND), or whose licence nobody knows, "
            "can't be used."
        ),
    )
    licence_version = models.CharField(
        _("version of the licence"),
        max_length=5,
        blank=True,
        choices=[(number, number) for number in VERSIONS],
    )
    source = models.URLField(
        _("link to the source"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    large = models.FileField(
        _("photo"), storage=photo_storage, upload_to=large_path, max_length=200, editable=False
    )
    small = models.FileField(
        _("small copy"), storage=photo_storage, upload_to=small_path, max_length=200, editable=False
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    sha256 = models.CharField(
        _("SHA-256 of the file as sent"),
        max_length=64,
        unique=True,
        editable=False,
        error_messages={"unique": _("This very photo is in the guide already.")},
    )
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    # A draft is for those who write the guide.
    reaches = (
        Open(Audience.EVERYBODY, only=Q(live=True, item__live=True)),
        Open(Audience.EDITORS),
    )
    objects = ReferencePhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference photo")
        verbose_name_plural = _("reference photos")
        ordering = ["item", "view", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(live=False) | ~Q(author="") & Q(licence__in=list(LICENCES)),
                name="published_photo_has_author_and_licence",
                violation_error_message=_("A photo without author and licence can't be published."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_view_display()}"

    def get_absolute_url(self) -> str:
        return reverse("guide:photo", args=[self.pk, "large"])

    def get_small_url(self) -> str:
        return reverse("guide:photo", args=[self.pk, "small"])

    @property
    def terms(self) -> Licence:
        return Licence(self.licence, self.licence_version)

    @property
    def small_width(self) -> int:
        return self._small(self.width)

    @property
    def small_height(self) -> int:
        return self._small(self.height)

    def _small(self, side: int) -> int:
        return max(1, round(side * min(1, SMALL_SIDE / max(self.width, self.height))))

    @property
    def specimen_key(self) -> str:
        """What tells its specimen from others of the item; a photo without one stands for its own."""
        return self.specimen or f"photo {self.pk}"

    def file_of(self, size: str) -> FieldFile:
        return self.small if size == "small" else self.large

    def check_publishable(self) -> None:
        """Raise ValidationError that says what is missing."""
        missing = {}
        if not self.author.strip():
            missing["author"] = _("Name the author: without, the photo can't be published.")
        if self.licence not in LICENCES:
            missing["licence"] = _("Choose the licence: without, the photo can't be published.")
        if self.view not in self.View.values:
            missing["view"] = _("Say what it shows: without, the photo can't be published.")
        if missing:
            raise ValidationError(missing)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """Every way to publish leads through here. Raises ValidationError."""
        revision.as_object().check_publishable()
        super().publish(revision, *args, **kwargs)
