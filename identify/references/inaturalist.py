"""Photos of iNaturalist: observations of research grade, which two people or more have named alike."""

from collections.abc import Iterator
from typing import Any

from .fetching import ask
from .found import FoundPhoto, objects, refusal

SEARCH = "https://api.inaturalist.org/v1/observations"
PAGE = "https://www.inaturalist.org/observations"
LIMIT = 60  # observations


def search_inaturalist(scientific_name: str) -> list[FoundPhoto]:
    """Photos of a taxon and all below it. Raises NotFetched."""
    answer = ask(
        SEARCH,
        {
            "taxon_name": scientific_name,
            "quality_grade": "research",
            "photos": "true",
            "photo_license": "cc0,cc-by,cc-by-sa",
            "order_by": "votes",
            "per_page": LIMIT,
        },
    )
    observations = objects(answer.get("results"))
    return [photo for one in observations for photo in _photos(one, scientific_name)]


def _photos(observation: dict[str, Any], scientific_name: str) -> Iterator[FoundPhoto]:
    taxon, user = observation.get("taxon") or {}, observation.get("user") or {}
    number = observation.get("id")
    if observation.get("quality_grade") != "research" or not number:
        return
    # The collection also finds names in other languages, and parts of names.
    if not str(taxon.get("name", "")).lower().startswith(scientific_name.strip().lower()):
        return
    author = str(user.get("name") or user.get("login") or "").strip()
    for photo in objects(observation.get("photos")):
        square = str(photo.get("url") or "")
        if "/square." not in square:
            continue
        yield FoundPhoto(
            collection="iNaturalist",
            image=square.replace("/square.", "/large."),
            preview=square.replace("/square.", "/small."),
            page=f"{PAGE}/{number}",
            taxon=str(taxon.get("name")),
            specimen=f"inaturalist {number}",
            author=author[:160],
            licence=str(photo.get("license_code") or ""),
            taken_on=str(observation.get("observed_on") or ""),
            refused=refusal(photo.get("license_code"), author),
        )
