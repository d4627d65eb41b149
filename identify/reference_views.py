"""The admin pages by which photos come into the guide, and that say what the recogniser made of them."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.auth import permission_required

from content.models import ReferenceItem, ReferencePhoto

from .following import request_learning
from .learned_words import learned_rows
from .models import FetchedPhoto, LearnedIndex, PhotoImport
from .reference_forms import ArchiveForm, SearchForm, TakeForm
from .references.fetching import NotFetched
from .references.importing import apply_archive, receive_archive
from .references.sheet import NEEDED, OPTIONAL, SHEET_NAMES
from .references.taking import search, take

may_add = permission_required("content.add_referencephoto")
RECENT = 50


@may_add
@require_http_methods(["GET", "POST"])
def photo_imports(request: HttpRequest) -> HttpResponse:
    """Send an archive; earlier ones below."""
    form = ArchiveForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        received = receive_archive(form.cleaned_data["archive"], request.user)
        return redirect("photo_import", received.public_id)
    context = {
        "form": form,
        "imports": PhotoImport.objects.visible_to(request.user)[:RECENT],
        "sheet_names": SHEET_NAMES,
        "needed": NEEDED,
        "optional": OPTIONAL,
        "views": ReferencePhoto.View.choices,
    }
    return _page(request, "identify/admin/photo_imports.html", _("A folder of photos"), context)


@may_add
@require_safe
def photo_import(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What each row would do, or did."""
    received = get_object_or_404(
        PhotoImport.objects.visible_to(request.user).prefetch_related("rows__photo"), public_id=public_id
    )
    rows = list(received.rows.all())
    counts = (
        {label: sum(row.fate == fate for row in rows) for fate, label in rows[0].Fate.choices} if rows else {}
    )
    context = {"import": received, "rows": rows, "counts": {name: n for name, n in counts.items() if n}}
    trail = [(reverse("photo_imports"), _("A folder of photos"))]
    return _page(request, "identify/admin/photo_import.html", received.file_name, context, trail)


@may_add
@require_POST
def apply_photo_import(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Do what was shown."""
    received = get_object_or_404(PhotoImport.objects.visible_to(request.user), public_id=public_id)
    publish = "publish" in request.POST
    if publish and not request.user.has_perm("content.publish_referencephoto"):
        messages.error(request, _("You may add photos, but not publish them. Ask a trainer."))
    elif not apply_archive(received, publish=publish):
        messages.warning(request, _("This was applied already."))
    return redirect("photo_import", public_id)


@may_add
@require_safe
def photo_search(request: HttpRequest) -> HttpResponse:
    """Look for photos in another collection; what was taken before stands below."""
    form = SearchForm(request.GET or None)
    context: dict[str, Any] = {"form": form, "views": ReferencePhoto.View.choices}
    if request.GET and form.is_valid():
        wanted = form.cleaned_data
        context |= {"item": wanted["item"], "name": wanted["name"]}
        try:
            found = search(wanted["collection"], wanted["name"])
        except NotFetched as reason:
            context["problem"] = str(reason)
        else:
            context["found"] = [each for each in found if not each.refused]
            context["refused"] = [each for each in found if each.refused]
    context["fetched"] = FetchedPhoto.objects.select_related("item", "photo").prefetch_related(
        "item__common_names"
    )[:RECENT]
    return _page(request, "identify/admin/photo_search.html", _("From GBIF and iNaturalist"), context)


@may_add
@require_POST
def take_photos(request: HttpRequest) -> HttpResponse:
    """Have the ticked photos fetched in the background."""
    form = TakeForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data
        take(chosen["photos"], chosen["item"], chosen["view"], request.user)
        messages.success(
            request, _("The photos are being fetched. They come as drafts: look at each, then publish.")
        )
    else:
        for problems in form.errors.values():
            messages.error(request, " ".join(problems))
    return redirect("photo_search")


@may_add
@require_http_methods(["GET", "POST"])
def photos_learned(request: HttpRequest) -> HttpResponse:
    """Whether the recogniser has followed the photos, and what that did to each item."""
    if request.method == "POST":
        request_learning()
        return redirect("photos_learned")
    current = LearnedIndex.objects.current()
    before = LearnedIndex.objects.before(current) if current else None
    names = {item.key: item.name for item in ReferenceItem.objects.prefetch_related("common_names")}
    newest = LearnedIndex.objects.first()
    context = {
        "current": current,
        "before": before,
        "rows": learned_rows(current, before, names) if current else [],
        # One that a killed worker left behind is over once a newer one answers.
        "underway": LearnedIndex.objects.unfinished().filter(pk__gt=current.pk if current else 0).first(),
        "failed": newest if newest and newest.state == LearnedIndex.State.FAILED else None,
        "published": ReferencePhoto.objects.to_learn_from().count(),
    }
    return _page(request, "identify/admin/photos_learned.html", _("What the recogniser learned"), context)


def _page(
    request: HttpRequest,
    template: str,
    title: str,
    context: dict[str, Any],
    trail: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    crumbs = [(reverse("wagtailadmin_home"), _("Home")), *(trail or []), ("", title)]
    return render(
        request,
        template,
        {
            **context,
            "page_title": title,
            "header_title": title,
            "header_icon": "image",
            "breadcrumbs_items": [{"url": url, "label": label} for url, label in crumbs],
        },
    )
