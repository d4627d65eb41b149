"""Whether everything that was acknowledged is there: the row, the photo, and the photo's every byte."""

import hashlib
from collections.abc import Mapping

from identify.models import Photo


def lost(acknowledged: Mapping[str, str]) -> list[str]:
    """Identifications answered with 201 of which something is missing; each with what was sent."""
    kept = {}
    for photo in Photo.objects.select_related("case").filter(case__identifications__isnull=False):
        with photo.original.open() as original:
            digest = hashlib.file_digest(original, "sha256").hexdigest()
        if digest == photo.sha256 and photo.derivative.storage.exists(photo.derivative.name):
            kept[str(photo.case.public_id)] = digest
    return [key for key, sha256 in acknowledged.items() if kept.get(key) != sha256]
