"""A guide of a few items, enough to answer photos by."""

import datetime

from content.models import CommonName, FieldMark, Hazard, LegalStatus, Protocol, ReferenceItem

AS_OF = datetime.date(2026, 11, 22)


def make_item(key: str, names: dict[str, str] | None = None, **fields: object) -> ReferenceItem:
    """An item with a name, a summary and one field mark."""
    fields.setdefault("kind", ReferenceItem.Kind.DEVICE)
    fields.setdefault("summary_en", f"Summary of {key}.")
    item = ReferenceItem(key=key, position=ReferenceItem.objects.count(), **fields)
    item.save()
    for language, name in (names or {"en": key.replace("-", " ").capitalize()}).items():
        CommonName.objects.create(item=item, language=language, name=name, preferred=True)
    FieldMark.objects.create(
        item=item, key="mark", text_en=f"Look closely at the {key}.", source="A handbook"
    )
    return item


def make_status(item: ReferenceItem, listing: str = "A1181", **fields: object) -> LegalStatus:
    values = {
        "instrument": LegalStatus.Instrument.BASEL,
        "condition_en": f"Only if the {item.key} is hazardous waste.",
        "as_of": AS_OF,
        "source": "Basel Convention, Annex VIII",
        **fields,
    }
    return LegalStatus.objects.create(
        item=item, key=f"status-{LegalStatus.objects.count()}", listing=listing, **values
    )


def make_small_guide() -> dict[str, ReferenceItem]:
    hazard = Hazard.objects.create(key="battery", title_en="Lithium battery", text_en="Stay 3 metres away.")
    protocol = Protocol.objects.create(
        key="used-or-waste",
        title_en="Used or waste?",
        intro_en="Use this check when goods are declared as used.",
        safety_en="Do not power anything.",
        source="Technical guidelines",
    )
    equipment = make_item("electrical-equipment", protocol=protocol)
    items = {
        "electrical-equipment": equipment,
        "laptop": make_item(
            "laptop",
            {"en": "Laptop computer", "fr": "Ordinateur portable", "ar": "حاسوب محمول"},
            parent=equipment,
            backbone_classes=["laptop", "notebook"],
            protocol=protocol,
        ),
        "keyboard": make_item(
            "keyboard", parent=equipment, backbone_classes=["computer keyboard"], protocol=protocol
        ),
        "remote-control": make_item("remote-control", parent=equipment, backbone_classes=["remote control"]),
        "ivory-tusk": make_item("ivory-tusk", kind=ReferenceItem.Kind.PRODUCT),
    }
    items["laptop"].hazards.add(hazard)
    for item in items.values():
        item.save()
    make_status(items["laptop"])
    return items
