"""The answer: consistent with what, how surely and why not more; hazards first; the law as it stood."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.models import Hazard, LegalStatus
from tests.identify.answered import make_answer
from tests.identify.guide import make_status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_guide")]


def page_of(client, answer, language: str = "en") -> str:
    response = client.get(f"/{language}/identify/{answer.case.public_id}/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_says_consistent_with_in_words_and_in_numbers(as_officer, officer):
    page = page_of(as_officer, make_answer(officer, ("laptop", 0.83), ("keyboard", 0.17)))

    assert "Consistent with" in page
    assert "Laptop computer" in page
    assert "<strong>Probably</strong> <span>(83 % among the 49 things this guide knows)</span>" in page
    assert "A photo is a reason to look closer, not proof." in page


def test_it_says_what_it_cannot_tell_apart(as_officer, officer):
    answer = make_answer(
        officer,
        ("laptop", 0.5),
        ("keyboard", 0.4),
        item="electrical-equipment",
        rank=0,
        probability=0.9,
        stopped="cannot_tell_apart",
        between=["laptop", "keyboard"],
    )

    page = page_of(as_officer, answer)

    assert "<h1>Electrical equipment</h1>" in page
    assert "the photos can&#x27;t tell these apart: Laptop computer or Keyboard." in page


def test_without_a_sure_answer_it_shows_the_candidates(as_officer, officer):
    answer = make_answer(
        officer, ("laptop", 0.3), ("keyboard", 0.3), item="", rank=None, probability=None, stopped=""
    )

    page = page_of(as_officer, answer)

    assert "<h1>Several things are possible</h1>" in page
    assert "Keyboard" in page


def test_what_can_hurt_comes_before_the_answer(as_officer, officer):
    page = page_of(as_officer, make_answer(officer, ("laptop", 0.83)))

    assert page.index("Stay 3 metres away.") < page.index("Consistent with</p>")
    assert "Alive, leaking, swollen, hot or smoking?" in page


def test_a_likely_second_candidate_warns_too(as_officer, officer, small_guide):
    hazard = Hazard.objects.create(key="acid", title_en="Acid", text_en="It burns.")
    small_guide["keyboard"].hazards.add(hazard)
    small_guide["keyboard"].save()

    assert "It burns." in page_of(as_officer, make_answer(officer, ("laptop", 0.8), ("keyboard", 0.1)))
    assert "It burns." not in page_of(as_officer, make_answer(officer, ("laptop", 0.98), ("keyboard", 0.01)))


def test_a_device_leads_on_to_the_used_or_waste_check(as_officer, officer):
    page = page_of(as_officer, make_answer(officer, ("laptop", 0.83)))

    assert 'href="/en/guide/protocols/used-or-waste/"' in page


def test_field_marks_to_check_next_carry_their_source(as_officer, officer):
    page = page_of(as_officer, make_answer(officer, ("laptop", 0.83), ("keyboard", 0.15)))

    assert "Look closely at the laptop." in page
    assert "Look closely at the keyboard." in page
    assert "A handbook" in page
    assert "No expert has read this yet." in page


def test_the_law_is_shown_as_it_stood_that_day(as_officer, officer):
    answer = make_answer(officer, ("laptop", 0.83))
    LegalStatus.objects.update(listing="B9999", condition_en="Something new.")

    page = page_of(as_officer, answer)

    assert "A1181" in page
    assert "Only if the laptop is hazardous waste." in page
    assert "B9999" not in page
    assert "Something new." not in page


def test_the_law_says_when_from_where_and_how_sure(as_officer, officer, small_guide):
    LegalStatus.objects.update(in_force_from=datetime.date(2025, 1, 1))

    page = page_of(as_officer, make_answer(officer, ("laptop", 0.83)))

    assert "In force since Jan. 1, 2025." in page
    assert "As of Nov. 22, 2026." in page
    assert "Basel Convention, Annex VIII" in page
    assert "Treaty level only" in page
    assert "Not verified yet" in page
    assert "Check again after May 23, 2027" in page


def test_law_that_is_adopted_but_not_in_force_is_shown_so(as_officer, officer, small_guide):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    make_status(small_guide["laptop"], listing="Y99", in_force_from=tomorrow)

    page = page_of(as_officer, make_answer(officer, ("laptop", 0.83)))

    assert "not yet in force" in page
    assert "badge--pending" in page


def test_the_law_of_that_day_is_kept_in_every_language(as_officer, officer, small_guide):
    LegalStatus.objects.update(condition_ar="إذا كان نفايات.")
    answer = make_answer(officer, ("laptop", 0.83))
    LegalStatus.objects.update(condition_ar="تغير.")

    page = page_of(as_officer, answer, "ar")

    assert "إذا كان نفايات." in page
    assert "تغير." not in page


def test_a_condition_that_was_not_translated_that_day_stays_english(as_officer, officer, small_guide):
    answer = make_answer(officer, ("laptop", 0.83))
    LegalStatus.objects.update(condition_ar="تغير.")

    page = page_of(as_officer, answer, "ar")

    assert '<p lang="en" dir="ltr">Only if the laptop is hazardous waste.</p>' in page


def test_names_are_in_the_readers_language(as_officer, officer):
    assert "<h1>Ordinateur portable</h1>" in page_of(as_officer, make_answer(officer, ("laptop", 0.83)), "fr")


def test_an_item_the_guide_has_dropped_keeps_its_name(as_officer, officer, small_guide):
    answer = make_answer(officer, ("remote-control", 0.83))
    small_guide["remote-control"].delete()

    assert "<h1>Remote control</h1>" in page_of(as_officer, answer)


def test_whole_animals_are_labelled_a_demonstration(as_officer, officer, small_guide):
    small_guide["keyboard"].demonstration = True
    small_guide["keyboard"].save()

    page = page_of(as_officer, make_answer(officer, ("keyboard", 0.9)))

    assert "Demonstration on whole animals, not an identification of goods" in page


def test_numbers_that_were_not_calibrated_say_so_and_sound_less_sure(as_officer, officer):
    page = page_of(as_officer, make_answer(officer, ("laptop", 0.97), calibrated=False))

    assert "The numbers are not calibrated" in page
    assert "Very probably" not in page


def test_the_number_of_queries_does_not_grow_with_the_candidates(as_officer, officer):
    few = make_answer(officer, ("laptop", 0.9))
    many = make_answer(officer, ("laptop", 0.4), ("keyboard", 0.3), ("remote-control", 0.2))
    page_of(as_officer, few)

    with CaptureQueriesContext(connection) as for_few:
        page_of(as_officer, few)
    with CaptureQueriesContext(connection) as for_many:
        page_of(as_officer, many)

    assert len(for_many) == len(for_few)
