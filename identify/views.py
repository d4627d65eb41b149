"""The officer's pages: send photos, read the answer, find earlier answers."""

import uuid

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods

from accounts import limits
from accounts.models import AccessLogEntry
from content.models import CountrySheet, ReferenceItem

from .actions import identify, note_opened
from .answers import AnswerShown
from .forms import IdentifyForm
from .intake import Intake, receive
from .models import Identification, Photo
from .persons_eye import things_for_a_persons_eye
from .recogniser import RecogniserUnavailable
from .uploads import PHOTOS_FIELD, REQUEST_MAX_BYTES, skipped_uploads, upload_is_too_large

PER_PAGE = 20


class SeeOther(HttpResponseRedirect):
    """After a form was sent: the browser reads the result with GET, and reloading sends nothing again."""

    status_code = 303


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Take one to six photos of one thing, and lead to the answer."""
    if request.method == "GET":
        return _form_page(request, IdentifyForm())
    try:
        limits.count("identification", limits.person(request.user))
    except limits.TooManyTries as error:
        too_often = _("You have sent many photos in a short time. Wait a few minutes, then send these.")
        response = _form_page(request, IdentifyForm(), too_often, status=429)
        response["Retry-After"] = str(error.seconds)
        return response
    if upload_is_too_large(request):
        too_large = _("The photos are larger than %(megabytes)d MB together. Send fewer, or smaller copies.")
        return _form_page(
            request, IdentifyForm(), too_large % {"megabytes": REQUEST_MAX_BYTES // 1024**2}, status=413
        )
    form = IdentifyForm(request.POST)
    if not form.is_valid():
        return _form_page(
            request, IdentifyForm(), _("The form was incomplete. Choose the photos again."), status=422
        )
    intake = receive(request.FILES.getlist(PHOTOS_FIELD), skipped_uploads(request))
    if not intake.accepted:
        nothing_sent = "" if intake.refused else _("Choose at least one photo, then send the form again.")
        return _form_page(request, form, nothing_sent, intake, status=422)
    try:
        found = identify(request.user, intake, **form.cleaned_data)
    except RecogniserUnavailable:
        return render(request, "identify/unavailable.html", status=503)
    return SeeOther(found.get_absolute_url())


def _form_page(
    request: HttpRequest, form: IdentifyForm, error: str = "", intake: Intake | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "error": error, "refused": intake.refused if intake else []}
    return render(request, "identify/start.html", context, status=status)


@require_GET
@cache_control(private=True, no_store=True)
def answer(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What the photos are consistent with, or that they are not known; only to those who may see the case."""
    found = Identification.objects.visible_to(request.user).with_photos().latest_of(public_id)
    if found is None:
        raise Http404
    note_opened(request.user, found.case, AccessLogEntry.How.PAGE)
    shown = AnswerShown(found, sheet=CountrySheet.objects.read_by(request.user).first())
    context = {"answer": shown, "country": shown.country}
    if not found.unknown:
        return render(request, "identify/answer.html", context)
    to_check = things_for_a_persons_eye(found.case.kind) or things_for_a_persons_eye()
    return render(request, "identify/unknown.html", {**context, "to_check": to_check})


@require_GET
@cache_control(private=True, no_store=True)
def mine(request: HttpRequest) -> HttpResponse:
    """A person's own identifications, the latest first."""
    found = Identification.objects.visible_to(request.user).with_photos()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    keys = {identification.item for identification in page}
    items = ReferenceItem.objects.filter(key__in=keys).prefetch_related("common_names")
    names = {item.key: item.name for item in items}
    rows = [(one, names.get(one.item) or one.name_then(one.item)) for one in page]
    return render(request, "identify/mine.html", {"page_obj": page, "rows": rows})


@require_GET
@cache_control(private=True, max_age=3600)
def photo(request: HttpRequest, public_id: uuid.UUID, position: int) -> FileResponse:
    """The copy without metadata; the sealed original is never served."""
    visible = Photo.objects.visible_to(request.user).select_related("case")
    found = get_object_or_404(visible, case__public_id=public_id, position=position)
    note_opened(request.user, found.case, AccessLogEntry.How.PHOTO)
    response = FileResponse(found.derivative.open("rb"), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
