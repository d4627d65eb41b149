"""Changes of law as trainers enter them, for tests."""

import datetime

from django.utils import timezone

from content.models import LawChange, LawProvision, LawProvisionItem, ReferenceItem


def days(number: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=number)


def make_change(*items: ReferenceItem, kind: str = "new", day: int = 100, **fields: object) -> LawChange:
    """A planned change that lists the items in CITES II, or does what `provision` says, in `day` days."""
    provision = {
        "listing": "" if kind == "ends" else "II",
        "condition_en": "" if kind == "ends" else "All parts and products.",
        **fields.pop("provision", {}),
    }
    values = {
        "title_en": "Rosewood goes into Appendix II",
        "title_fr": "Le palissandre passe à l’annexe II",
        "instrument": "cites",
        "effective_on": days(day),
        "explanation_en": "Ask for a permit from that day on.",
        "explanation_fr": "Demandez un permis à partir de ce jour.",
        "source": "CITES CoP20, proposal 47",
        "as_of": timezone.localdate(),
        **fields,
    }
    change = LawChange.objects.create(kind=kind, **values)
    add_provision(change, *items, **provision)
    return LawChange.objects.get(pk=change.pk)


def add_provision(change: LawChange, *items: ReferenceItem, **fields: object) -> LawProvision:
    provision = LawProvision.objects.create(change=change, **fields)
    for item in items:
        LawProvisionItem.objects.create(provision=provision, item=item)
    return provision
