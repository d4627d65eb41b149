"""When a copy of the guide is out of date."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.models import CommonName, FieldMark, HSLink, LegalStatus, LookAlike, Protocol, ReferenceItem
from content.offline import version
from content.offline.addresses import addresses
from content.offline.names import names_index
from content.offline.version import guide_version
from tests.identify.guide import make_item, make_status

pytestmark = pytest.mark.django_db

SEEN = {
    "a mark": lambda: FieldMark.objects.filter(item__key="laptop").update(text_en="Look at the hinge."),
    "a name": lambda: CommonName.objects.filter(name="Laptop computer").update(name="Notebook"),
    "a name in another language": lambda: CommonName.objects.filter(language="ar").update(name="حاسوب"),
    "a listing": lambda: LegalStatus.objects.update(listing="Y49"),
    "a condition": lambda: LegalStatus.objects.update(condition_en="Always."),
    "a pair": lambda: LookAlike.objects.update(deciding_en="The keys."),
    "a protocol": lambda: Protocol.objects.update(version=2),
    "a figure": lambda: ReferenceItem.objects.filter(key="laptop").update(figure="used-or-waste"),
    "a new item": lambda: make_item("tablet"),
    "an item withdrawn": lambda: ReferenceItem.objects.filter(key="keyboard").update(live=False),
    "a code": lambda: HSLink.objects.filter(role="proper").update(code="8471.41"),
    "a hazard": lambda: ReferenceItem.objects.get(key="laptop").hazards.through.objects.all().delete(),
}
UNSEEN = {
    "nothing": lambda: ReferenceItem.objects.get(key="laptop").save(),
    "words of another language": lambda: FieldMark.objects.update(text_fr="Regardez la charnière."),
    "how goods are hidden": lambda: ReferenceItem.objects.update(concealment_en="In the tank."),
    "where goods are hidden": lambda: HSLink.objects.filter(role="misused").update(code="9504.50"),
    "a draft": lambda: make_item("draft", live=False),
}


@pytest.mark.parametrize("change", SEEN.values(), ids=list(SEEN))
def test_it_changes_with_what_readers_see(guide, change):
    before = guide_version("en")
    change()
    assert guide_version("en") != before


@pytest.mark.parametrize("change", UNSEEN.values(), ids=list(UNSEEN))
def test_it_stays_with_what_readers_do_not_see(guide, change):
    before = guide_version("en")
    change()
    assert guide_version("en") == before


def test_words_of_a_language_change_the_copy_in_that_language(guide):
    before = guide_version("fr"), guide_version("ru")
    FieldMark.objects.update(text_fr="Regardez la charnière.")
    assert guide_version("fr") != before[0] and guide_version("ru") == before[1]


def test_it_changes_on_the_day_a_listing_comes_into_force(guide, monkeypatch):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    make_status(guide["keyboard"], in_force_from=tomorrow)
    before = guide_version("en")

    monkeypatch.setattr(version.timezone, "localdate", lambda: tomorrow)

    assert guide_version("en") != before


def test_it_changes_with_a_drawing(guide, monkeypatch, tmp_path):
    before = guide_version("en")
    drawing = tmp_path / "new.svg"
    drawing.write_text("<svg/>")
    files = version._files

    monkeypatch.setattr(version, "_files", lambda language: [*files(language), drawing])
    with_one = guide_version("en")
    drawing.write_text("<svg><path/></svg>")

    assert len({before, with_one, guide_version("en")}) == 3


def test_the_drawings_and_styles_of_the_product_count(guide):
    names = {path.name for path in version._files("ar")}
    assert {"quaymark.css", "item.html", "used-or-waste.svg", "figures.yaml", "django.po"} <= names


def test_the_cost_does_not_grow_with_the_guide(guide):
    few = _queries()
    for number in range(12):
        item = make_item(f"thing-{number}")
        make_status(item)
        HSLink.objects.create(item=item, code="8471.50", role="proper")
    assert _queries() == few


def _queries() -> tuple[int, ...]:
    counts = []
    for ask in (lambda: guide_version("en"), addresses, names_index):
        with CaptureQueriesContext(connection) as asked:
            ask()
        counts.append(len(asked))
    return tuple(counts)
