"""The refrigerant calculator: from a label's number to controls, hazards and tonnes of CO₂ equivalent."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .models import CountrySheet, Hazard, LegalStatus, ReferenceItem
from .national import CountryAdvice, rules_now
from .refrigerant_forms import RefrigerantForm
from .refrigerants.finding import find
from .refrigerants.shown import GasShown, words_of

# The guide's item for cylinders whose gas has none of its own.
ANY_CYLINDER = "refrigerant-cylinder"


@require_safe
@cache_control(private=True)
def refrigerants(request: HttpRequest) -> HttpResponse:
    """Look up what a number on a cylinder means. Nothing is stored."""
    if "q" not in request.GET:
        return render(request, "guide/refrigerants.html", {"form": RefrigerantForm()})
    form = RefrigerantForm(request.GET)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        found = find(form.cleaned_data["q"])
        context["found"] = found
        context["typed"] = form.cleaned_data["q"]
        context["carried"] = "".join(
            f"&{urlencode({name: request.GET[name]})}"
            for name in ("mass", "cylinders")
            if name in request.GET
        )
        if found.warning:
            context["warning"] = words_of("warnings", found.warning)
        if found.one:
            shown = GasShown(found.one, form.kilograms)
            context |= {"shown": shown, **_beside(request, shown)}
    return render(request, "guide/refrigerants.html", context)


def _beside(request: HttpRequest, shown: GasShown) -> dict[str, Any]:
    """What the guide and the reader's own country sheet say of a gas."""
    keys = shown.gas.hazard_keys
    hazards = sorted(Hazard.objects.filter(key__in=keys), key=lambda hazard: keys.index(hazard.key))
    items = ReferenceItem.objects.visible_to(request.user).for_answer()
    by_key = {item.key: item for item in items.filter(key__in=[shown.gas.item_key, ANY_CYLINDER])}
    own, group = by_key.get(shown.gas.item_key), by_key.get(ANY_CYLINDER)
    return {"hazards": hazards, "item": own, "group": group, **_national(request, shown, own or group)}


def _national(request: HttpRequest, shown: GasShown, item: ReferenceItem | None) -> dict[str, Any]:
    sheet = CountrySheet.objects.read_by(request.user).first()
    if sheet is None or item is None:
        return {}
    line = ReferenceItem.objects.lineages()[item.pk]
    rules = [
        rule
        for rule in sheet.rules.all()
        if rule.item_id in line
        or (shown.is_controlled and rule.instrument == LegalStatus.Instrument.MONTREAL)
    ]
    return {"country": CountryAdvice(sheet, [item]), "rules": rules_now(rules)}
