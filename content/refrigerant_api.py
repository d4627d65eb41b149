"""The refrigerant calculator for programs. Open to everybody, and nothing is stored."""

import datetime
from decimal import Decimal
from http import HTTPStatus

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from .problems import Problem, ProblemDocument
from .refrigerant_forms import RefrigerantForm
from .refrigerants.finding import find
from .refrigerants.records import Refrigerant
from .refrigerants.shown import GasShown, WarmingShown, words_of

router = Router(tags=["refrigerants"])


class RefrigerantIn(Schema):
    """A number or a name, and a mass to reckon with: kilograms of one cylinder, and how many."""

    q: str = ""
    mass: str = ""
    cylinders: str = ""


class PartOut(Schema):
    gas: str
    share: float


class ControlOut(Schema):
    """An annex of the Montreal Protocol; `annex` is null where nothing controls the gas."""

    annex: str | None
    title: str
    law: str
    lawful: str


class WarmingOut(Schema):
    """A potential over 100 years by one set (`montreal`, `ar4`, `ar5`, `ar6`).

    Null means that none is stated, which is not zero. `least` and `most` differ where a set says "less than".
    `unstated_share` is the part of the mass in per cent that is not counted. Tonnes are of CO₂ equivalent.
    """

    set: str
    least: float | None
    most: float | None
    unstated_share: float
    tonnes_least: float | None
    tonnes_most: float | None
    source: str


class GasOut(Schema):
    """One gas or blend."""

    key: str
    name: str
    chemical: str
    formula: str
    cas: str
    un: int | None
    may_travel_under: list[int]
    safety_group: str
    safety: str
    odp: float | None
    parts: list[PartOut]
    also: list[str]
    item: str
    controls: list[ControlOut]
    warming: list[WarmingOut]
    kilograms: float | None
    as_of: datetime.date
    verified: bool


class FoundOut(Schema):
    """What a text means. `gas` is null where it does not say which, or means nothing known.

    `may_be` lists what it may be. `warning` is something to know about this number. A label is no proof.
    """

    meaning: str
    gas: GasOut | None
    may_be: list[str]
    shared_un: int | None
    warning: str


@router.get(
    "",
    auth=None,
    response={200: FoundOut, 422: ProblemDocument},
    url_name="refrigerants",
    operation_id="find_refrigerant",
    summary="Find what a number on a cylinder means",
)
def look_up(request: HttpRequest, asked: Query[RefrigerantIn]) -> FoundOut:
    """From an R-number, trade name, UN or CAS number to a gas, its controls and its potential."""
    form = RefrigerantForm(asked.dict())
    if not form.is_valid():
        errors = [
            {"where": ["query", field], "what": what}
            for field, found in form.errors.items()
            for what in found
        ]
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "invalid_request",
            _("The request is not as the API expects it. See “errors”."),
            errors=errors,
        )
    found = find(form.cleaned_data["q"])
    return FoundOut(
        meaning=found.meaning,
        gas=_gas_out(GasShown(found.one, form.kilograms)) if found.one else None,
        may_be=[] if found.one else [gas.key for gas in found.gases],
        shared_un=found.shared.un if found.shared else None,
        warning=words_of("warnings", found.warning).text if found.warning else "",
    )


def _gas_out(shown: GasShown) -> GasOut:
    gas: Refrigerant = shown.gas
    return GasOut(
        key=gas.key,
        name=gas.name,
        chemical=gas.chemical,
        formula=gas.formula,
        cas=gas.cas,
        un=gas.un,
        may_travel_under=shown.may_travel_under,
        safety_group=gas.safety,
        safety=shown.group.text,
        odp=_number(gas.odp),
        parts=[PartOut(gas=part.key, share=float(share)) for part, share in gas.parts],
        also=list(gas.also),
        item=gas.item_key,
        controls=[
            ControlOut(
                annex=control.annex if shown.is_controlled else None,
                title=control.title.text,
                law=control.law.text,
                lawful=control.lawful.text,
            )
            for control in shown.controls
        ],
        warming=[_warming_out(one) for one in shown.warming],
        kilograms=_number(shown.kilograms),
        as_of=shown.as_of,
        verified=gas.verified,
    )


def _warming_out(one: WarmingShown) -> WarmingOut:
    least, most = one.tonnes or (None, None)
    stated = one.gwp.is_stated
    return WarmingOut(
        set=one.set,
        least=_number(one.gwp.least) if stated else None,
        most=_number(one.gwp.most) if stated else None,
        unstated_share=float(one.gwp.unstated),
        tonnes_least=_number(least),
        tonnes_most=_number(most),
        source=one.source.text,
    )


def _number(exact: Decimal | None) -> float | None:
    return None if exact is None else float(exact)
