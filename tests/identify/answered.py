"""Answers as they lie in the database, for pages that show them."""

from django.core.files.base import ContentFile

from accounts.models import User
from content.models import ReferenceItem
from identify.models import Case, Identification, Photo
from tests.identify import pictures


def make_answer(officer: User, *candidates: tuple[str, float], **fields: object) -> Identification:
    """An identification with one photo; the first candidate is the answer unless told otherwise."""
    case = Case.objects.create(
        officer=officer,
        administration=officer.administration,
        submission=f"submission-{Case.objects.count()}",
    )
    photo = Photo(case=case, position=1, sha256="0" * 64, size=1, format="JPEG", width=640, height=480)
    photo.original.save("o", ContentFile(b"sealed"), save=False)
    photo.derivative.save("d", ContentFile(pictures.jpeg()), save=False)
    photo.save()
    items = ReferenceItem.objects.filter(key__in=[key for key, _probability in candidates])
    values = {
        "unknown": not candidates,
        "item": candidates[0][0] if candidates else "",
        "rank": 1 if candidates else None,
        "probability": candidates[0][1] if candidates else None,
        "stopped": "nothing_deeper" if candidates else "",
        "candidates": [{"item": key, "probability": probability} for key, probability in candidates],
        "things_known": 49,
        "calibrated": True,
        "law": {
            item.key: {
                "name": str(item),
                "statuses": [status.as_it_stands() for status in item.statuses.all()],
            }
            for item in items
        },
        "versions": {"backbone": "efficientnet-lite2", "guide": "abc"},
        **fields,
    }
    return Identification.objects.create(case=case, **values)
