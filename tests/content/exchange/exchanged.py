"""A guide with a row in every table, taken away as JSON, changed, and looked at again."""

import json
from typing import Any

from content.exchange.applying import apply_import
from content.exchange.file_rows import GuideFile
from content.exchange.guide_rows import Guide, read_guide
from content.exchange.json_files import read_json, write_json
from content.exchange.planned import Plan, PlannedRow
from content.exchange.planning import plan_import
from content.models import (
    Advice,
    CommonName,
    Hazard,
    HSLink,
    LookAlike,
    LookAlikeMark,
    Protocol,
    ProtocolAnswer,
    ProtocolOutcome,
    ProtocolStep,
    ReferenceItem,
    ReferencePhoto,
    SearchTerm,
    SpellingKey,
)
from content.searching.terms import indexed_together
from tests.content.reference_photos import make_photo
from tests.identify.guide import make_small_guide

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh-hans")


def make_whole_guide() -> dict[str, Any]:
    """Items by key; with something in every table, and all six languages somewhere."""
    items = make_small_guide()
    laptop, keyboard = items["laptop"], items["keyboard"]
    for language in LANGUAGES[1:]:
        laptop.set_words("summary", language, f"Summary in {language}: “=1+1”, \n\n– @ + -")
    laptop.documents = _advice("documents", "papers")
    laptop.next_steps = _advice("next_steps", "steps")
    laptop.after_detention = _advice("after_detention", "after")
    laptop.save()
    CommonName.objects.create(item=laptop, language="es", region="419", name="Computadora portátil")
    HSLink.objects.create(item=laptop, code="8471.30", role=HSLink.Role.PROPER)
    pair = LookAlike.objects.create(
        key="laptop--keyboard", first=laptop, second=keyboard, deciding_en="The screen."
    )
    LookAlikeMark.objects.create(
        pair=pair, key="lid", mark_en="Lid", first_side_en="Has one.", second_side_en="None.", source="A book"
    )
    _protocol(Protocol.objects.get(key="used-or-waste"))
    make_photo(laptop, specimen="Ours 1", source="https://photos.example/1")
    return items


def exported() -> dict[str, Any]:
    """The guide as JSON says it."""
    return json.loads(write_json(read_guide()))


def row(whole: dict[str, Any], table: str, **known: Any) -> dict[str, Any]:
    """The row of a table with these values."""
    return next(one for one in whole[table] if known.items() <= one.items())


def file_of(whole: dict[str, Any]) -> GuideFile:
    return read_json(json.dumps(whole).encode())


def planned(whole: dict[str, Any], guide: Guide | None = None) -> Plan:
    return plan_import(file_of(whole), guide or read_guide(), None)


def applied(whole: dict[str, Any], **options: Any) -> Plan:
    return apply_import(file_of(whole), None, **{"at_once": False, **options})


def fate(plan: Plan, table: str, *identity: str) -> PlannedRow:
    """The first row about this thing that isn't merely unchanged."""
    about = [one for one in plan.rows if (one.table.name, one.identity) == (table, identity)]
    assert about, f"No row of {table} is about {identity}."
    return next((one for one in about if one.fate != "unchanged"), about[0])


def reason(plan: Plan, table: str, *identity: str) -> str:
    """Why a row is refused."""
    refused = [
        one
        for one in plan.rows
        if (one.table.name, one.identity) == (table, identity) and one.fate == "refused"
    ]
    assert refused, f"{identity} is not refused: {[(one.name, one.fate) for one in plan.rows if one.acts]}"
    return " ".join(refused[0].reasons)


def _advice(kind: str, key: str) -> Advice:
    return Advice.objects.create(kind=kind, key=key, points_en="One point\nAnother point")


def _protocol(protocol: Protocol) -> None:
    step = ProtocolStep.objects.create(
        protocol=protocol, key="weigh", kind="measurement", title_en="Weigh it", text_en="Twice.",
        unit="gram", readings_most=3, lowest="0.5", highest="2000", source="A handbook",
    )  # fmt: skip
    for position, (key, above) in enumerate({"heavy": "100.5", "light": None}.items()):
        ProtocolAnswer.objects.create(
            step=step, key=key, position=position, text_en=f"It is {key}.", leads_to="done", above=above
        )
    ProtocolOutcome.objects.create(protocol=protocol, key="done", title_en="Done", text_en="Go on.")


def forget_guide() -> None:
    """All but the photos, which come with their files."""
    with indexed_together():
        ReferencePhoto.objects.all().delete()
        LookAlike.objects.all().delete()
        ReferenceItem.objects.update(parent=None)
        for model in (ReferenceItem, Protocol, Advice, Hazard, SearchTerm, SpellingKey):
            model.objects.all().delete()


def said(leave: tuple[str, ...] = ()) -> dict[str, dict]:
    rows = read_guide().rows
    return {
        name: {identity: row.cells for identity, row in of_table.items()}
        for name, of_table in rows.items()
        if name not in leave
    }
