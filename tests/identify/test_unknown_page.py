""" "I don't know" is a full page: hazards first, what needs a person's eye, how to take a better photo."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.models import Hazard
from identify.persons_eye import things_for_a_persons_eye
from tests.identify.answered import make_answer
from tests.identify.guide import make_item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_guide")]


def test_it_says_so_and_names_what_to_check(as_officer, officer):
    page = as_officer.get(make_answer(officer, reason="outside_the_guide").get_absolute_url()).text

    assert "I cannot judge this from a photo; check these" in page
    assert 'href="/en/guide/ivory-tusk/"' in page
    assert "Take a better photo" in page
    assert "Consistent with" not in page


def test_standing_back_comes_first(as_officer, officer):
    page = as_officer.get(make_answer(officer).get_absolute_url()).text

    assert page.index("Alive, leaking, swollen, hot or smoking?") < page.index(
        "I cannot judge this from a photo; check these</h1>"
    )


def keys(kind: str = "") -> list[list[str]]:
    return [[item.key for item in group.items] for group in things_for_a_persons_eye(kind)]


def test_groups_under_which_something_is_known_need_no_list(small_guide):
    make_item("rosewoods", kind="timber")
    make_item("tiger", kind="taxon", demonstration=True)

    assert keys() == [["ivory-tusk", "rosewoods"]]
    assert keys("timber") == [["rosewoods"]]


def test_things_stand_by_the_part_or_device_that_they_are(small_guide):
    make_item("shark-fin", kind="product", form="fin")
    make_item("ebony-board", kind="timber", form="wood")
    make_item("worked-ivory", kind="product", form="tusk-or-tooth")
    make_item("ray-fin", kind="product", form="fin")

    assert keys() == [["worked-ivory"], ["shark-fin", "ray-fin"], ["ebony-board"], ["ivory-tusk"]]
    assert [group.label for group in things_for_a_persons_eye()] == ["Tusk, tooth or bone", "Fin", "Wood", ""]


def test_a_long_list_is_folded_and_says_how_long_it_is(as_officer, officer):
    for number in range(12):
        make_item(f"board-{number}", kind="timber", form="wood")

    page = as_officer.get(make_answer(officer).get_absolute_url()).text

    assert 'Wood <span class="muted">(12 things)</span>' in page
    assert "Other things" in page


def test_what_can_hurt_is_marked_in_the_list(as_officer, officer, small_guide):
    small_guide["ivory-tusk"].hazards.add(
        Hazard.objects.create(key="dust", title_en="Dust", text_en="Wear a mask.")
    )
    small_guide["ivory-tusk"].save()

    assert "Can hurt:" in as_officer.get(make_answer(officer).get_absolute_url()).text


def test_the_number_of_queries_does_not_grow_with_the_guide(as_officer, officer):
    answer = make_answer(officer)
    as_officer.get(answer.get_absolute_url())
    with CaptureQueriesContext(connection) as before:
        as_officer.get(answer.get_absolute_url())
    for number in range(12):
        make_item(f"board-{number}", kind="timber", form="wood")
    with CaptureQueriesContext(connection) as after:
        as_officer.get(answer.get_absolute_url())

    assert len(after) == len(before)


def test_a_kind_without_such_things_shows_all(as_officer, officer):
    answer = make_answer(officer)
    answer.case.kind = "substance"
    answer.case.save()

    assert "Ivory tusk" in as_officer.get(answer.get_absolute_url()).text
