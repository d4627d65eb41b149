from dataclasses import replace
from typing import Any

import pytest

from content.models import HSLink, LookAlike, ReferenceItem
from content.offline import addresses, names
from content.refrigerants.records import refrigerants
from tests.identify.guide import make_small_guide


@pytest.fixture
def guide(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> dict[str, ReferenceItem]:
    """A small guide with two of the hundred gases."""
    settings.WAGTAILADMIN_BASE_URL = "http://testserver"
    known = refrigerants()
    two = replace(known, by_key={key: known.by_key[key] for key in ("R-22", "R-404A")})
    for module in (addresses, names):
        monkeypatch.setattr(module, "refrigerants", lambda: two)
    items = make_small_guide()
    laptop, tusk = items["laptop"], items["ivory-tusk"]
    LookAlike.objects.create(
        key="laptop--keyboard", first=laptop, second=items["keyboard"], deciding_en="The screen."
    )
    HSLink.objects.create(item=laptop, code="8471.30", role="proper")
    HSLink.objects.create(item=laptop, code="9503.00", role="misused")
    tusk.concealment_en = "Under the floor of the lorry."
    tusk.save()
    return items
