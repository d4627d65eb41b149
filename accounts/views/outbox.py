"""The outbox in the Wagtail admin: which mails the site has written, and whether they went."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView

from accounts.models import AccessLogEntry, SentMail, User
from accounts.roles import Role


def may_see_outbox(user: User) -> bool:
    return user.is_superuser or Role.COORDINATOR in user.roles


class Outbox(BaseListingView):
    """Every mail that the reader may know of, the newest first."""

    model = SentMail
    page_title = _("E-mails")
    header_icon = "mail"
    template_name = "accounts/outbox/list.html"
    index_url_name = "outbox"
    index_results_url_name = "outbox_results"
    paginate_by = 50
    default_ordering = "-at"
    columns = [
        TitleColumn("subject", label=_("Subject"), url_name="outbox_mail"),
        Column("to", label=_("To")),
        Column("get_state_display", label=_("State")),
        DateColumn("at", label=_("Written")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see_outbox(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        self.queryset = SentMail.objects.visible_to(self.request.user)
        return super().get_queryset()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "mail_server_set": settings.MAIL_SERVER_SET}


def outbox_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail, as text. Of somebody else's administration: not found."""
    if not may_see_outbox(request.user):
        raise PermissionDenied
    mail = get_object_or_404(SentMail.objects.visible_to(request.user), pk=pk)
    if mail.recipient:
        AccessLogEntry.objects.note_person(request.user, mail.recipient)
    return render(
        request,
        "accounts/outbox/mail.html",
        {
            "mail": mail,
            "readable": mail.readable_by(request.user),
            "page_title": mail.subject,
            "header_icon": "mail",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": reverse("outbox"), "label": _("E-mails")},
                {"url": "", "label": mail.subject},
            ],
        },
    )
