"""The identification service for programs: the same as the pages."""

import uuid
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from accounts import limits
from accounts.models import AccessLogEntry
from content.models import ReferenceItem
from content.problems import Problem, ProblemDocument

from .actions import identify, note_opened
from .authentication import officer_of, with_scope
from .intake import receive
from .models import Identification
from .recogniser import RecogniserUnavailable
from .schemas import IdentificationOut, identification_out
from .uploads import REQUEST_MAX_BYTES, skipped_uploads, upload_is_too_large

router = Router(tags=["identifications"])
PROBLEMS = dict.fromkeys((401, 403, 404, 413, 415, 422, 429, 503), ProblemDocument)


@router.post(
    "",
    **with_scope("identify:write"),
    response={201: IdentificationOut, **PROBLEMS},
    url_name="identifications",
    operation_id="identify",
    summary="Identify one thing from one to six photos",
)
def create(
    request: HttpRequest,
    photos: list[UploadedFile] = File([], description="One to six photos of one specimen."),  # noqa: B008
    kind: str = Form("", description="Look only among things of this kind."),
) -> Status[IdentificationOut]:
    """Say what the photos are consistent with. Photos that can't be used are listed in `refused`.

    A token needs the scope `identify:write`.
    """
    officer = officer_of(request)
    limits.count("identification", limits.person(officer))
    _check_upload(request, len(photos))
    if kind and kind not in ReferenceItem.Kind.values:
        kinds = ", ".join(ReferenceItem.Kind.values)
        raise _unprocessable(
            "unknown_kind", _("There is no such kind. Use one of: %(kinds)s.") % {"kinds": kinds}
        )
    intake = receive(photos, skipped_uploads(request))
    if not intake.accepted:
        refused = [{"name": one.name, "code": one.code, "detail": one.message} for one in intake.refused]
        raise _unprocessable("no_usable_photo", _("None of the photos can be used."), photos=refused)
    try:
        found = identify(officer, intake, token=str(uuid.uuid4()), kind=kind)
    except RecogniserUnavailable as error:
        raise Problem(
            HTTPStatus.SERVICE_UNAVAILABLE, "no_recogniser", str(RecogniserUnavailable.message)
        ) from error
    return Status(201, identification_out(found, request.build_absolute_uri(found.get_absolute_url())))


@router.get(
    "/{uuid:identification_id}",
    **with_scope("identify:read"),
    response={200: IdentificationOut, **dict.fromkeys((401, 403, 404), ProblemDocument)},
    url_name="identification",
    operation_id="read_identification",
    summary="Read one of your own identifications",
)
def read(request: HttpRequest, identification_id: uuid.UUID) -> IdentificationOut:
    """An answer that was given before, with the law as it stood then.

    A token needs the scope `identify:read`.
    """
    officer = officer_of(request)
    visible = Identification.objects.visible_to(officer).select_related("case")
    found = visible.latest_of(identification_id)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", _("There is no such identification among your own."))
    note_opened(officer, found.case, AccessLogEntry.How.API)
    return identification_out(found, request.build_absolute_uri(found.get_absolute_url()))


def _check_upload(request: HttpRequest, kept: int) -> None:
    if request.content_type != "multipart/form-data":
        raise Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "not_multipart",
            _("Send the photos as multipart/form-data, in the field “photos”."),
        )
    if upload_is_too_large(request):
        raise Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "upload_too_large",
            _("The photos are larger than %(megabytes)d MB together. Send fewer, or smaller copies.")
            % {"megabytes": REQUEST_MAX_BYTES // 1024**2},
        )
    sent = kept + len(skipped_uploads(request))
    if not sent:
        raise _unprocessable("no_photo", _("Send at least one photo, in the field “photos”."))
    if sent > settings.PHOTOS_PER_IDENTIFICATION:
        raise _unprocessable(
            "too_many_photos",
            _("Send at most %(photos)d photos of one thing at a time.")
            % {"photos": settings.PHOTOS_PER_IDENTIFICATION},
        )


def _unprocessable(code: str, detail: str, **members: object) -> Problem:
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, code, detail, **members)
