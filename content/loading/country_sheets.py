"""Writing the example of a country sheet, for the demo's administration."""

import json
from typing import Any

from django.db import transaction
from django.db.models import Model

from accounts.models import Administration
from content.models import Authority, CountrySheet, NationalRule, ReferenceItem, TariffLine

from . import library
from .ledger import Ledger

KEY = "country-sheet:examplia"
WORDS = ("language", "live_animals", "waste", "cylinders")
DAYS = ("as_of", "check_again_after")


def load_example_sheet(administration: Administration) -> None:
    """Write and publish the example sheet. It is one value: an editor who changed it keeps it all."""
    ledger = Ledger()
    sheet = CountrySheet.objects.filter(administration=administration).first()
    if sheet is None and ledger.knows(KEY):
        return  # somebody has deleted it
    if sheet is not None and not _is_ours(ledger, sheet):
        return
    sheet = sheet or CountrySheet(administration=administration, live=False)
    before = content_of(sheet)
    _fill(sheet)
    if content_of(sheet) == before:
        return
    sheet.full_clean()
    with transaction.atomic():
        if sheet.pk is None:
            sheet.save()
        sheet.save_revision().publish()
        ledger.wrote(KEY, content_of(sheet))
        ledger.save()


def _is_ours(ledger: Ledger, sheet: CountrySheet) -> bool:
    return sheet.live and not sheet.has_unpublished_changes and ledger.is_as_loaded(KEY, content_of(sheet))


def content_of(sheet: CountrySheet) -> str:
    """Everything an editor can change in a sheet, as one text."""
    parts = {
        "authorities": _rows(sheet.authorities.all(), Authority),
        "rules": _rows(sheet.rules.all(), NationalRule),
        "tariff_lines": _rows(sheet.tariff_lines.all(), TariffLine),
    }
    fields = {name: getattr(sheet, name) for name in (*WORDS, *DAYS)}
    return json.dumps({**fields, **parts}, default=str, sort_keys=True, ensure_ascii=False)


def _rows(rows: Any, model: type[Model]) -> list[dict[str, Any]]:
    names = [field.attname for field in model._meta.concrete_fields]
    left_out = {"id", "sheet_id", "sort_order"}
    return [{name: getattr(row, name) for name in names if name not in left_out} for row in rows]


def _fill(sheet: CountrySheet) -> None:
    """Bring a sheet to what the library has, unsaved. Rules about what the guide has dropped are left out."""
    structure = library.structure("country_sheets/examplia")
    for name in (*WORDS, *DAYS):
        setattr(sheet, name, structure[name])
    sheet.authorities = [Authority(sort_order=n, **row) for n, row in enumerate(structure["authorities"])]
    sheet.tariff_lines = [TariffLine(sort_order=n, **row) for n, row in enumerate(structure["tariff_lines"])]
    items = {item.key: item for item in ReferenceItem.objects.all()}
    rules = [row for row in structure["rules"] if "item" not in row or row["item"] in items]
    sheet.rules = [
        NationalRule(sort_order=n, **{**row, "item": items.get(row.get("item"))})
        for n, row in enumerate(rules)
    ]
    for part in (*sheet.authorities.all(), *sheet.tariff_lines.all()):
        part.clean()
