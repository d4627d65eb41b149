"""The pages of the checks. A paper that was copied is looked at and forgotten: nothing is stored."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Audience, Reader
from content.legal import LawShown, law_now
from content.models import CountrySheet, LegalStatus, ReferenceItem

from .asking import whom_to_ask
from .findings import Findings
from .forms import HSCheckForm, LicenceForm, PaperForm, PermitForm, WasteForm, today
from .guide_names import items_named
from .hs import check_code
from .licence import check_licence
from .permit_check import check_permit
from .waste import check_waste

Instrument: Any = LegalStatus.Instrument


@require_safe
@cache_control(private=True)
def checks(request: HttpRequest) -> HttpResponse:
    """All checks, to choose from."""
    return render(request, "checks/index.html", {"papers": PAPERS.values()})


@require_safe
@cache_control(private=True, no_store=True)
def hs_code(request: HttpRequest) -> HttpResponse:
    """A declared code against a thing and a description. In the address, so that it can be kept and shown."""
    asked = "code" in request.GET
    form = HSCheckForm(request.GET if asked else None)
    context: dict[str, Any] = {"form": form, "for_officers": Audience.OFFICERS.admits(request.user)}
    if not asked:
        return render(request, "checks/hs_code.html", context)
    if not form.is_valid():
        return render(request, "checks/hs_code.html", context, status=422)
    sheet = CountrySheet.objects.read_by(request.user).first()
    context["sheet"] = sheet
    context["checked"] = check_code(request.user, **form.cleaned_data, sheet=sheet)
    return render(request, "checks/hs_code.html", context)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a page shows of a paper: the findings, the law behind them, and things of the guide."""

    findings: Findings
    law: list[LawShown]
    items: list[ReferenceItem]


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper: its form, its check, and the instrument that asks for it."""

    key: str
    title: str | Promise
    lead: str | Promise
    instruments: list[LegalStatus.Instrument]
    form: type[PaperForm]
    check: Callable[[Reader, Any], Checked]


def _permit(reader: Reader, form: PermitForm) -> Checked:
    checked = check_permit(reader, form.permit())
    return Checked(checked.findings, checked.law, [])


def _waste(reader: Reader, form: WasteForm) -> Checked:
    items = items_named(reader, form.cleaned_data["thing"])
    findings = check_waste(form.paper(), items)
    statuses = [
        status
        for item in items[:1]
        for status in item.statuses.all()
        if status.instrument == Instrument.BASEL
    ]
    return Checked(findings, law_now(statuses), items[:1])


def _licence(reader: Reader, form: LicenceForm) -> Checked:
    licence = form.licence()
    gas = licence.licensed
    items = items_named(reader, gas.name) if gas else []
    statuses = [
        status
        for item in items[:1]
        for status in item.statuses.all()
        if status.instrument == Instrument.MONTREAL
    ]
    return Checked(check_licence(licence), law_now(statuses), items[:1])


PAPERS = {
    paper.key: paper
    for paper in (
        Paper(
            "cites",
            _("CITES permit or certificate"),
            _("For animals, plants and what is made of them. One line of the paper at a time."),
            [Instrument.CITES],
            PermitForm,
            _permit,
        ),
        Paper(
            "basel",
            _("Waste: notification or movement document"),
            _("For waste that crosses a border."),
            [Instrument.BASEL],
            WasteForm,
            _waste,
        ),
        Paper(
            "montreal",
            _("Licence for refrigerants and other controlled gases"),
            _("For substances that harm the ozone layer, and HFCs."),
            [Instrument.MONTREAL],
            LicenceForm,
            _licence,
        ),
    )
}


@never_cache
@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, kind: str) -> HttpResponse:
    """A form one fills from the paper, and what the rules say about it. Sent by POST: no address keeps it."""
    paper = PAPERS.get(kind)
    if paper is None:
        raise Http404
    context: dict[str, Any] = {"paper": paper}
    if request.method == "GET":
        context["form"] = paper.form(initial=today())
        return render(request, "checks/document.html", context)
    form = paper.form(request.POST)
    context["form"] = form
    if not form.is_valid():
        return render(request, "checks/document.html", context, status=422)
    context["checked"] = paper.check(request.user, form)
    context["asking"] = whom_to_ask(request.user, paper.instruments)
    return render(request, "checks/document.html", context)
