"""What this app holds about a person."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal_data import Holding, hold

from .models import Case, Identification, Photo


def register() -> None:
    """Called once, when the app is ready."""
    hold(
        Holding(
            "cases",
            _("Your identifications"),
            tell=_cases,
            files=_photos,
            stays=_(
                "Photos and answers stay with your administration, because they may be evidence. "
                "Your name is taken off them."
            ),
        )
    )


def _cases(person: User) -> list[dict[str, Any]]:
    """Those that the person may see: what was met for another administration stays with it."""
    cases = Case.objects.visible_to(person).prefetch_related("photos", "identifications")
    return [
        {
            "number": case.public_id,
            "opened_at": case.opened_at,
            "kind": case.kind,
            "photos": [
                {
                    "file": _name(case, photo),
                    "name": photo.name,
                    "sha256": photo.sha256,
                    "size": photo.size,
                    "received_at": photo.received_at,
                }
                for photo in case.photos.all()
            ],
            "refused_photos": case.refused,
            "answers": [_answer(one) for one in case.identifications.all()],
        }
        for case in cases
    ]


def _answer(found: Identification) -> dict[str, Any]:
    return {
        "created_at": found.created_at,
        "unknown": found.unknown,
        "item": found.item,
        "probability": found.probability,
        "candidates": found.candidates,
        "law": found.law,
        "versions": found.versions,
    }


def _photos(person: User) -> Iterator[tuple[str, BinaryIO]]:
    """The copies without metadata; one whose file is gone is left out."""
    for photo in Photo.objects.visible_to(person).select_related("case").order_by("case_id", "position"):
        try:
            source = photo.derivative.open("rb")
        except FileNotFoundError:
            continue
        yield _name(photo.case, photo), source


def _name(case: Case, photo: Photo) -> str:
    return f"photos/{case.public_id}/{photo.position}.jpg"
