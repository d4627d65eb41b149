"""The checks of codes and papers for programs: the same rules as on the pages. Nothing is stored."""

from http import HTTPStatus
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from content.checks.forms import HSCheckForm, LicenceForm, PermitForm, WasteForm
from content.checks.guide_names import items_named
from content.checks.hs import check_code
from content.checks.licence import check_licence
from content.checks.permit_check import check_permit
from content.checks.waste import check_waste
from content.models import CountrySheet
from content.problems import Problem, ProblemDocument

from .authentication import officer_of, with_scope
from .checks_schemas import (
    FindingsOut,
    HSCheckIn,
    HSCheckOut,
    LicenceIn,
    PermitIn,
    WasteIn,
    findings_out,
    hs_check_out,
)

router = Router(tags=["checks"])
PROBLEMS = dict.fromkeys((401, 403, 422), ProblemDocument)
AnyForm = TypeVar("AnyForm", HSCheckForm, PermitForm, WasteForm, LicenceForm)


@router.get(
    "/hs-check",
    **with_scope("identify:read"),
    response={200: HSCheckOut, **PROBLEMS},
    url_name="hs-check",
    operation_id="check_hs_code",
    summary="Does a declared customs code fit a thing, and what does it call for?",
)
def hs_check(request: HttpRequest, asked: Query[HSCheckIn]) -> HSCheckOut:
    """Compare a declared code (6, or 8 to 12 digits) with a thing of the guide and a description.

    A token needs the scope `identify:read`.
    """
    officer = officer_of(request)
    form = _filled(HSCheckForm, asked.model_dump())
    sheet = CountrySheet.objects.read_by(officer).first()
    return hs_check_out(check_code(officer, **form.cleaned_data, sheet=sheet))


@router.post(
    "/document-checks/cites",
    **with_scope("identify:read"),
    response={200: FindingsOut, **PROBLEMS},
    url_name="document-check-cites",
    operation_id="check_cites_permit",
    summary="Compare the boxes of a CITES permit or certificate",
)
def cites(request: HttpRequest, paper: PermitIn) -> FindingsOut:
    """What contradicts, what to ask, what fits, and what can't be seen. A token needs `identify:read`."""
    officer = officer_of(request)
    checked = check_permit(officer, _filled(PermitForm, paper.model_dump()).permit())
    return findings_out(checked.findings, checked.law)


@router.post(
    "/document-checks/basel",
    **with_scope("identify:read"),
    response={200: FindingsOut, **PROBLEMS},
    url_name="document-check-basel",
    operation_id="check_waste_document",
    summary="Compare the boxes of a Basel notification or movement document",
)
def basel(request: HttpRequest, paper: WasteIn) -> FindingsOut:
    """What contradicts, what to ask, what fits, and what can't be seen. A token needs `identify:read`."""
    officer = officer_of(request)
    form = _filled(WasteForm, paper.model_dump())
    return findings_out(check_waste(form.paper(), items_named(officer, form.cleaned_data["thing"])), [])


@router.post(
    "/document-checks/montreal",
    **with_scope("identify:read"),
    response={200: FindingsOut, **PROBLEMS},
    url_name="document-check-montreal",
    operation_id="check_licence",
    summary="Compare the boxes of an ODS or HFC licence",
)
def montreal(request: HttpRequest, paper: LicenceIn) -> FindingsOut:
    """What contradicts, what to ask, what fits, and what can't be seen. A token needs `identify:read`."""
    officer_of(request)
    return findings_out(check_licence(_filled(LicenceForm, paper.model_dump()).licence()), [])


def _filled(form: type[AnyForm], data: dict[str, Any]) -> AnyForm:
    """The form as the page would read it. Raise Problem with the page's words where it can't."""
    filled = form({name: value for name, value in data.items() if value is not None})
    if not filled.is_valid():
        errors = [
            {"where": [name], "what": str(error)} for name, found in filled.errors.items() for error in found
        ]
        detail = _("Some boxes can't be read as they are. See “errors”.")
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "unreadable_box", detail, errors=errors)
    return filled
