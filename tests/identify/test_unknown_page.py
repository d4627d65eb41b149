""" "I don't know" is a full page: hazards first, what needs a person's eye, how to take a better photo."""

import pytest

from identify.persons_eye import things_for_a_persons_eye
from tests.identify.answered import make_answer
from tests.identify.guide import make_item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_guide")]


def test_it_says_so_and_names_what_to_check(as_officer, officer):
    page = as_officer.get(make_answer(officer, reason="outside_the_guide").get_absolute_url()).text

    assert "I cannot judge this from a photo; check these" in page
    assert 'href="/en/guide/ivory-tusk/"' in page
    assert "Look closely at the ivory-tusk." in page
    assert "Take a better photo" in page
    assert "Consistent with" not in page


def test_standing_back_comes_first(as_officer, officer):
    page = as_officer.get(make_answer(officer).get_absolute_url()).text

    assert page.index("Alive, leaking, swollen, hot or smoking?") < page.index(
        "I cannot judge this from a photo; check these</h1>"
    )


def test_groups_under_which_something_is_known_need_no_list(small_guide):
    make_item("rosewoods", kind="timber")
    make_item("tiger", kind="taxon", demonstration=True)

    assert [item.key for item in things_for_a_persons_eye()] == ["ivory-tusk", "rosewoods"]
    assert [item.key for item in things_for_a_persons_eye("timber")] == ["rosewoods"]


def test_a_kind_without_such_things_shows_all(as_officer, officer):
    answer = make_answer(officer)
    answer.case.kind = "substance"
    answer.case.save()

    assert "Ivory tusk" in as_officer.get(answer.get_absolute_url()).text
