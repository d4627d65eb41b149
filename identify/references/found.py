"""A photo that another collection offers, and may or may not be taken."""

from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from content.licences import LicenceRefused, read_licence

SALT = "quaymark.found-photo"
FOR_A_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class FoundPhoto:
    """`image` is the address that the photo is fetched from, `preview` one of a small copy.

    `licence` is as the collection writes it; `refused` says why the photo can't be taken, empty where it can.
    """

    collection: str
    image: str
    preview: str
    page: str
    taxon: str
    specimen: str
    author: str
    licence: str
    taken_on: str = ""
    refused: str = ""

    def signed(self) -> str:
        """What a form carries to and fro, so that nobody has this site fetch another address."""
        return signing.dumps(asdict(self), salt=SALT)

    @classmethod
    def from_signed(cls, text: str) -> "FoundPhoto":
        """Raises BadSignature, also where the search was made more than a day ago."""
        return cls(**signing.loads(text, salt=SALT, max_age=FOR_A_DAY))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def refusal(licence: Any, author: str) -> str:
    """Why a photo can't be taken; empty where it can."""
    try:
        read_licence(licence if isinstance(licence, str) else None)
    except LicenceRefused as refused:
        return str(refused)
    return "" if author else _("The collection names no author.")


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects in a list of an answer; an answer may hold anything."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
