"""The quiz through its pages: what counts, what is kept, and what never leaves the server too early."""

import re

import pytest
from django.urls import reverse

from learning.actions import save_answer, submit_attempt
from learning.models import Attempt
from tests.factories import make_user

from .answering import answer_all, right_ids, wrong_ids

pytestmark = pytest.mark.django_db


def html(response) -> str:
    return response.content.decode()


def question_url(module, place: int = 1, number: int = 1, language: str = "en") -> str:
    return f"/{language}/learn/{module.slug}/quiz/{number}/{place}/"


def url(name: str, module, *args: int) -> str:
    return reverse(f"learning:{name}", args=[module.slug, *args])


def test_the_introduction_says_what_is_asked(reader, module):
    page = html(reader.get(url("quiz", module)))

    assert "<dd>3</dd>" in page
    assert "80 %" in page


def test_starting_leads_to_the_first_question(reader, module):
    assert reader.post(url("start", module)).url == question_url(module)


def test_a_double_click_on_start_makes_one_attempt(reader, module):
    reader.post(url("start", module))
    reader.post(url("start", module))

    assert Attempt.objects.count() == 1


def test_going_on_leads_to_the_first_question_without_an_answer(reader, module, attempt):
    save_answer(attempt, 1, right_ids(attempt.answers.first()))

    assert reader.post(url("start", module)).url == question_url(module, 2)


@pytest.mark.parametrize(("button", "place", "expected"), [("next", 1, 2), ("back", 2, 1)])
def test_each_button_saves_the_answer(reader, module, attempt, button, place, expected):
    answer = attempt.answers.get(place=place)

    response = reader.post(question_url(module, place), {"choice": right_ids(answer), "to": button})

    assert response.url == question_url(module, expected)
    assert attempt.answers.get(place=place).chosen == right_ids(answer)


def test_the_last_question_leads_to_the_review(reader, module, attempt):
    answer = attempt.answers.get(place=3)

    assert reader.post(question_url(module, 3), {"choice": right_ids(answer)}).url == url("review", module, 1)


def test_going_on_without_choosing_keeps_the_earlier_answer(reader, module, attempt):
    save_answer(attempt, 1, right_ids(attempt.answers.first()))

    reader.post(question_url(module))

    assert attempt.answers.first().answered


def test_the_earlier_answer_is_shown_again(reader, module, attempt):
    chosen = wrong_ids(attempt.answers.first())
    save_answer(attempt, 1, chosen)

    assert f'value="{chosen[0]}" checked' in html(reader.get(question_url(module)))


def test_the_question_keeps_its_place_in_another_language(reader, module, attempt):
    question = attempt.answers.first().question

    assert question.words("text", "en") in html(reader.get(question_url(module)))
    assert question.words("text", "fr") in html(reader.get(question_url(module, language="fr")))


def test_a_question_without_translation_is_marked_as_english(reader, module, attempt):
    question = attempt.answers.first().question

    page = html(reader.get(question_url(module, language="es")))

    assert f'<span lang="en" dir="ltr">{question.words("text", "en")}</span>' in page


def test_the_review_says_how_many_answers_are_missing(reader, module, attempt):
    save_answer(attempt, 1, right_ids(attempt.answers.first()))

    assert "2 questions have no answer yet." in html(reader.get(url("review", module, 1)))


def test_the_result_says_what_was_right_and_why(reader, module, attempt):
    answer_all(attempt, rightly=3)
    page = html(reader.get(reader.post(url("submit", module, 1)).url))

    assert "3 / 3" in page
    assert "Passed" in page
    assert "Explanation" in page
    assert "Feedback b" in page


def test_the_result_is_the_same_after_submitting_again(reader, module, attempt):
    answer_all(attempt, rightly=1)
    for _ in range(2):
        page = html(reader.get(reader.post(url("submit", module, 1)).url))

    assert "1 / 3" in page
    assert "Not passed yet" in page


def test_an_answer_after_the_end_leads_to_the_result(reader, module, attempt):
    submit_attempt(attempt)

    response = reader.post(question_url(module), {"choice": right_ids(attempt.answers.first())}, follow=True)

    assert "You have already finished this attempt." in html(response)
    assert Attempt.objects.get().score == 0


def test_the_back_button_after_the_end_leads_to_the_result(reader, module, attempt):
    submit_attempt(attempt)

    assert reader.get(question_url(module)).url == url("result", module, 1)
    assert reader.get(url("review", module, 1)).url == url("result", module, 1)


@pytest.mark.parametrize("choice", ["0", "nonsense", "\x00"])
def test_a_choice_that_does_not_exist_is_said(reader, module, attempt, choice):
    response = reader.post(question_url(module), {"choice": choice})

    assert response.status_code == 422
    assert "This question has no such answer." in html(response)


def test_two_choices_where_one_is_right_are_refused(reader, module, attempt):
    answer = attempt.answers.first()

    response = reader.post(question_url(module), {"choice": right_ids(answer) + wrong_ids(answer)})

    assert "Choose only one." in html(response)


def test_a_question_that_is_not_in_the_attempt_is_not_found(reader, module, attempt):
    assert reader.get(question_url(module, 4)).status_code == 404


def test_the_attempt_of_another_person_is_not_found(client, module, attempt):
    client.force_login(make_user())

    for address in (question_url(module), url("review", module, 1), url("result", module, 1)):
        assert client.get(address).status_code == 404
    assert client.post(url("submit", module, 1)).status_code == 404


def test_submitting_takes_a_post(reader, module, attempt):
    assert reader.get(url("submit", module, 1)).status_code == 405


def test_a_module_without_a_quiz_has_no_quiz_page(reader, module):
    for page in module.pages.values():
        page.quiz = None
        page.save()

    assert reader.get(url("quiz", module)).status_code == 404


class TestKeysNeverLeak:
    """What is right, feedback and explanations stay on the server until the attempt is closed."""

    @pytest.fixture
    def pages(self, reader, module, attempt):
        """Everything a learner can open while an attempt is open, answered or not."""
        save_answer(attempt, 1, wrong_ids(attempt.answers.first()))
        addresses = [
            *(question_url(module, place, language=lang) for place in (1, 2, 3) for lang in ("en", "fr")),
            url("quiz", module),
            url("review", module, 1),
            module.pages["en"].url,
            module.lessons["en"][0].url,
            "/en/learn/",
        ]
        return [html(reader.get(address)) for address in addresses]

    @pytest.mark.parametrize(
        "secret", ["Feedback", "Explanation", "Explication", "choice--right", "A source"]
    )
    def test_nothing_that_tells_the_answer_is_on_any_page(self, pages, secret):
        assert not [page for page in pages if secret in page]

    def test_right_and_wrong_choices_look_alike(self, reader, module, attempt):
        answer = attempt.answers.first()
        page = html(reader.get(question_url(module)))

        rows = []
        for choice in answer.question.choices.all():
            words = choice.words("text", "en")
            row = next(part for part in page.split("<label") if words in part)
            rows.append(row.split("</label>")[0].replace(words, "TEXT").replace(str(choice.pk), "ID"))

        assert len(set(rows)) == 1

    def test_an_earlier_result_keeps_its_answers_back_while_another_attempt_is_open(
        self, reader, module, attempt
    ):
        answer_all(attempt, rightly=3)
        submit_attempt(attempt)
        assert "Explanation of" in html(reader.get(url("result", module, 1)))

        reader.post(url("start", module))

        page = html(reader.get(url("result", module, 1)))
        assert "3 / 3" in page
        assert not re.search("Explanation of|Feedback|Right answer", page)

    def test_no_page_of_the_quiz_stays_in_the_browsers_cache(self, reader, module, attempt):
        assert "no-store" in reader.get(question_url(module)).headers["Cache-Control"]

    def test_the_result_of_an_open_attempt_is_not_shown(self, reader, module, attempt):
        assert reader.get(url("result", module, 1)).url == url("review", module, 1)

    def test_saving_an_answer_does_not_say_whether_it_is_right(self, reader, module, attempt):
        answer = attempt.answers.first()
        bodies = {
            html(reader.post(question_url(module), {"choice": chosen}))
            for chosen in (right_ids(answer), wrong_ids(answer))
        }

        assert bodies == {""}


def test_saving_an_answer_is_cheap(reader, module, attempt, django_assert_max_num_queries):
    answer = attempt.answers.first()
    reader.get(question_url(module))

    with django_assert_max_num_queries(11):
        reader.post(question_url(module), {"choice": right_ids(answer)})
