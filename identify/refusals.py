"""Photos that could not be used: what is wrong, and what to do, in the reader's language."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

MEGABYTES = settings.PHOTO_MAX_BYTES // (1024 * 1024)

# One sentence for what is wrong, one for what to do. The codes are those of the decoder, and two of ours.
MESSAGES = {
    "empty": _("The file is empty. Choose the photo again, or take a new one."),
    "not_a_photo": _(
        "This is not a photo, whatever its name says. Choose a photo from the camera or gallery."
    ),
    "format": _("This kind of picture can't be read. Send a JPEG, PNG, WebP, HEIC or AVIF photo."),
    "animated": _("This picture moves. Send a single photo instead, for example a screenshot of it."),
    "too_many_bytes": _(
        "The file is larger than %(megabytes)d MB. Send a smaller copy, or take a new photo."
    ),
    "too_many_pixels": _(
        "The picture has too many pixels to be opened safely. Send a smaller copy, or take a new photo."
    ),
    "too_small": _(
        "The picture is too small to see anything on. Take the photo again from nearer, if that is safe."
    ),
    "truncated": _("The end of the file is missing. Send the photo again, or take a new one."),
    "unreadable": _("The file is damaged and can't be opened. Send the photo again, or take a new one."),
    "too_costly": _("The picture could not be opened safely. Take a new photo, or send a smaller copy."),
    "too_many_photos": _(
        "Only the first %(photos)d photos are used. Send the others as a second thing, or leave them."
    ),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One photo that was not used, its place among the photos sent, and why."""

    name: str
    code: str
    place: int

    @property
    def message(self) -> str:
        """What is wrong and what to do, in the language in force."""
        text = str(MESSAGES.get(self.code, MESSAGES["unreadable"]))
        return text % {"megabytes": MEGABYTES, "photos": settings.PHOTOS_PER_IDENTIFICATION}

    def as_json(self) -> dict[str, str | int]:
        return {"name": self.name, "code": self.code, "place": self.place}


def refusals_from_json(rows: list[dict]) -> list[Refusal]:
    """What a case remembers of the photos that were not used."""
    return [Refusal(row["name"], row["code"], row["place"]) for row in rows]
