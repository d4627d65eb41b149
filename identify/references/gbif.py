"""Photos of GBIF, the index of the world's natural history collections.

Specimens of museums and collections, and iNaturalist's observations of research grade: these are named by
more than one person. The licence is each photo's own, not that of the record around it
(GBIF API reference, "Occurrence image API").
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from .fetching import ask
from .found import FoundPhoto, objects, refusal

SEARCH = "https://api.gbif.org/v1/occurrence/search"
# GBIF's own copy, at most 1,200 pixels wide: publishers' servers are everywhere, and not all of them answer.
IMAGES = "https://api.gbif.org/v1/image/cache"
PAGE = "https://www.gbif.org/occurrence"
INATURALIST_RESEARCH_GRADE = "50c9509d-22c7-4a22-a47d-8c48425ef4a7"
SPECIMENS = {"PRESERVED_SPECIMEN", "MATERIAL_SAMPLE", "MATERIAL_ENTITY", "FOSSIL_SPECIMEN", "LIVING_SPECIMEN"}
LIMIT = 60  # records


def search_gbif(scientific_name: str) -> list[FoundPhoto]:
    """Photos of a taxon and all below it. Raises NotFetched."""
    answer = ask(
        SEARCH,
        {
            "scientificName": scientific_name,
            "mediaType": "StillImage",
            "basisOfRecord": [*sorted(SPECIMENS), "HUMAN_OBSERVATION"],
            "occurrenceStatus": "PRESENT",
            "limit": LIMIT,
        },
    )
    return [photo for record in objects(answer.get("results")) for photo in _photos(record)]


def _photos(record: dict[str, Any]) -> Iterator[FoundPhoto]:
    if not _well_named(record):
        return
    key = record.get("key") or record.get("gbifID")
    for media in objects(record.get("media")):
        identifier = media.get("identifier")
        if media.get("type") != "StillImage" or not identifier or not key:
            continue
        digest = hashlib.md5(str(identifier).encode(), usedforsecurity=False).hexdigest()
        author = _first(media, "creator", "rightsHolder") or _first(record, "rightsHolder", "recordedBy")
        yield FoundPhoto(
            collection="GBIF",
            image=f"{IMAGES}/occurrence/{key}/media/{digest}",
            preview=f"{IMAGES}/200x/occurrence/{key}/media/{digest}",
            page=f"{PAGE}/{key}",
            taxon=str(record.get("acceptedScientificName") or record.get("scientificName") or ""),
            specimen=f"gbif {key}",
            author=author[:160],
            licence=str(media.get("license") or ""),
            taken_on=str(media.get("created") or record.get("eventDate") or "")[:10],
            refused=refusal(media.get("license"), author),
        )


def _well_named(record: dict[str, Any]) -> bool:
    if record.get("basisOfRecord") in SPECIMENS:
        return True
    return record.get("datasetKey") == INATURALIST_RESEARCH_GRADE


def _first(record: dict[str, Any], *names: str) -> str:
    return next((str(record[name]).strip() for name in names if record.get(name)), "")
