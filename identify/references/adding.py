"""Taking in one reference photo: opened like any stranger's file, kept without its metadata."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.log_actions import log

from accounts.models import User
from content.licences import Licence
from content.models import ReferenceItem, ReferencePhoto
from content.models.reference_photos import SMALL_SIDE
from identify.recogniser import DecodedPhoto, PhotoRefused, decode
from identify.refusals import Refusal

SMALL_QUALITY = 82


class PhotoNotTaken(Exception):  # noqa: N818
    """A photo can't come into the guide. The text says why and what to do."""

    def __init__(self, message: object, *, in_the_guide: bool = False) -> None:
        super().__init__(message)
        self.in_the_guide = in_the_guide


@dataclass(frozen=True, slots=True)
class OpenedPhoto:
    """A photo that is not in the guide yet, decoded."""

    sha256: str
    decoded: DecodedPhoto


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What somebody says about a photo."""

    item: ReferenceItem
    view: str
    author: str
    licence: Licence
    specimen: str = ""
    source: str = ""


def open_photo(content: Path | bytes) -> OpenedPhoto:
    """Raises PhotoNotTaken where it can't be opened, or is in the guide already."""
    sha256 = _sha256(content)
    twin = ReferencePhoto.objects.filter(sha256=sha256).select_related("item").first()
    if twin is not None:
        raise PhotoNotTaken(
            _("This very photo is in the guide already, as “%(photo)s” (number %(number)d).")
            % {"photo": twin, "number": twin.pk},
            in_the_guide=True,
        )
    try:
        return OpenedPhoto(sha256, decode(content))
    except PhotoRefused as refused:
        raise PhotoNotTaken(Refusal("", refused.code, 1).message) from refused


def put_in_files(photo: ReferencePhoto, opened: OpenedPhoto) -> None:
    """Write both copies to the store; the row is not saved."""
    decoded = opened.decoded
    photo.sha256, photo.width, photo.height = opened.sha256, decoded.width, decoded.height
    photo.large.save("large", ContentFile(decoded.jpeg), save=False)
    photo.small.save("small", ContentFile(_small_copy(decoded.jpeg)), save=False)


def add_draft(opened: OpenedPhoto, facts: PhotoFacts, by: User | None) -> ReferencePhoto:
    """A new photo that only those who write the guide see."""
    photo = ReferencePhoto(
        item=facts.item,
        view=facts.view,
        specimen=facts.specimen,
        author=facts.author,
        licence=facts.licence.code,
        licence_version=facts.licence.version,
        source=facts.source,
        live=False,
    )
    put_in_files(photo, opened)
    try:
        photo.save()
    except BaseException:
        photo.large.delete(save=False)
        photo.small.delete(save=False)
        raise
    photo.save_revision(user=by)
    log(instance=photo, action="wagtail.create", user=by)
    return photo


def publish_photo(photo: ReferencePhoto, by: User | None) -> None:
    """As it was last edited. Raises ValidationError where it lacks author, licence or view."""
    # Whoever calls has asked whether this person may.
    photo.get_latest_revision().publish(user=by, skip_permission_checks=True)


def _sha256(content: Path | bytes) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _small_copy(jpeg: bytes) -> bytes:
    """Of a picture that this site has written itself, so that it may be opened here."""
    small = Image.open(io.BytesIO(jpeg))
    small.thumbnail((SMALL_SIDE, SMALL_SIDE))
    file = io.BytesIO()
    small.save(file, "JPEG", quality=SMALL_QUALITY, optimize=True)
    return file.getvalue()
