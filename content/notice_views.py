"""Terms and privacy: for everybody to read, for each person to accept, for coordinators to write."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .actions import accept_notices, write_notice
from .languages import reader_language
from .models import Notice
from .notice_forms import NoticeForm


@require_safe
def read(request: HttpRequest) -> HttpResponse:
    """What holds for the reader: the own administration's notices, the installation's for strangers."""
    administration = getattr(request.user, "administration_id", None)
    return render(request, "notices/read.html", {"notices": Notice.objects.in_force_for(administration)})


@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """Ask a person once for what they have not accepted yet, then lead on to where they wanted to go."""
    due = Notice.objects.due(request.user)
    if request.method == "POST":
        shown = set(request.POST.getlist("notice"))
        accept_notices(request.user, [notice for notice in due if str(notice.pk) in shown])
        due = Notice.objects.due(request.user)
    wanted = _wanted(request)
    if not due:
        return redirect(wanted)
    return render(request, "notices/accept.html", {"notices": due, "next": wanted})


def _wanted(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return reverse("accounts:next")


@never_cache
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """The own administration's notices, and the next version of one."""
    administration = request.user.administration
    if administration is None:
        # An administrator without an administration writes the installation's, in the admin.
        return redirect("notices:read")
    initial = {"language": reader_language(), "valid_from": timezone.localdate()}
    form = NoticeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        notice = Notice(
            administration=administration, kind=words.pop("kind"), valid_from=words.pop("valid_from")
        )
        try:
            with transaction.atomic():
                write_notice(notice, **words)
        except IntegrityError:
            form.add_error(
                None, _("Somebody else has just saved a version. Look at it, then save yours again.")
            )
        else:
            messages.success(request, _("Saved. People are asked to accept it from that day."))
            return redirect("notices:write")
    earlier = Notice.objects.filter(administration=administration)
    context = {"form": form, "earlier": earlier, "administration": administration}
    return render(request, "notices/write.html", context, status=422 if form.is_bound else 200)
