"""Writes of this app, each a named unit."""

from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from accounts.models import AccessLogEntry, Administration, User
from content.models import CountrySheet, ReferenceItem

from .intake import Intake, ReceivedPhoto
from .models import Case, Identification, Photo
from .recogniser import Recognition, open_recogniser

# Candidates whose law is kept with the answer; the others are kept as probabilities.
KEPT_WITH_LAW = 10


def identify(officer: User, intake: Intake, *, token: str, kind: str = "") -> Identification:
    """Open a case for the photos and answer it; the same form sent twice gets the same answer.

    Raises RecogniserUnavailable. Nothing is kept unless everything is.
    """
    submission = intake.submission(f"{token}\n{kind}")
    earlier = _answered(officer, submission)
    if earlier is not None:
        return earlier
    recognition = open_recogniser(kind).recognise([photo.decoded for photo in intake.accepted])
    case = Case(
        officer=officer,
        administration=officer.administration,
        kind=kind,
        submission=submission,
        refused=[refusal.as_json() for refusal in intake.refused],
    )
    answer = _identification(case, recognition)
    photos = [_photo(case, position, received) for position, received in enumerate(intake.accepted, 1)]
    try:
        for photo, received in zip(photos, intake.accepted, strict=True):
            _write_files(photo, received)
        _save(case, photos, answer)
    except IntegrityError:
        _delete_files(photos)
        winner = _answered(officer, submission)
        if winner is None:
            raise
        return winner
    except BaseException:
        _delete_files(photos)
        raise
    return answer


def note_opened(reader: User, case: Case, how: Any) -> None:
    """Write in the access log that somebody opened a case."""
    AccessLogEntry.objects.note(
        reader,
        AccessLogEntry.Kind.CASE,
        str(case.public_id),
        how=how,
        administration=case.administration_id,
    )


def _answered(officer: User, submission: str) -> Identification | None:
    return Identification.objects.filter(case__officer=officer, case__submission=submission).first()


def _save(case: Case, photos: list[Photo], answer: Identification) -> None:
    with transaction.atomic():
        case.save()
        for photo in photos:
            photo.case = case
            photo.save()
        answer.case = case
        answer.save()


def _photo(case: Case, position: int, received: ReceivedPhoto) -> Photo:
    return Photo(
        case=case,
        position=position,
        name=received.name,
        sha256=received.sha256,
        size=received.size,
        format=received.decoded.format,
        width=received.decoded.width,
        height=received.decoded.height,
    )


def _write_files(photo: Photo, received: ReceivedPhoto) -> None:
    received.upload.seek(0)
    photo.original.save("original", received.upload, save=False)
    photo.derivative.save("derivative", ContentFile(received.decoded.jpeg), save=False)


def _delete_files(photos: Iterable[Photo]) -> None:
    for photo in photos:
        photo.original.delete(save=False)
        photo.derivative.delete(save=False)


def _identification(case: Case, found: Recognition) -> Identification:
    answer = found.answer
    listed = [candidate.item for candidate in found.candidates[:KEPT_WITH_LAW]]
    return Identification(
        case=case,
        unknown=found.unknown,
        reason=found.reason or "",
        item=answer.item if answer else "",
        rank=answer.rank if answer else None,
        probability=answer.probability if answer else None,
        stopped=answer.stopped if answer else "",
        between=list(answer.between) if answer else [],
        candidates=[
            {"item": candidate.item, "probability": candidate.probability} for candidate in found.candidates
        ],
        things_known=found.things_known,
        calibrated=found.calibrated,
        law=_law_as_it_stands([*listed, answer.item] if answer else listed, case.administration),
        nearest=[
            {"item": near.item, "photo": near.photo, "similarity": near.similarity} for near in found.nearest
        ],
        scores={"outside": found.outside, "score": found.score, "threshold": found.threshold},
        versions=dict(found.versions),
    )


def _law_as_it_stands(keys: list[str], administration: Administration | None) -> dict[str, Any]:
    """By item: its listings that day, and the national rules where the administration had a sheet."""
    items = ReferenceItem.objects.filter(key__in=keys).prefetch_related("common_names", "statuses")
    law: dict[str, Any] = {
        item.key: {
            "name": str(item),
            "statuses": [status.as_it_stands() for status in item.statuses.all()],
        }
        for item in items
    }
    sheet = CountrySheet.objects.published_by(administration).first()
    if sheet is not None:
        lineages = ReferenceItem.objects.lineages()
        for item in items:
            rules = sheet.rules_for(item, lineages[item.pk])
            law[item.key]["national"] = [rule.as_it_stands() for rule in rules]
    return law
