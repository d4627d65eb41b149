"""Modules, lessons and the overview as a reader meets them."""

import pytest
from django.urls import reverse
from django.utils import translation

from learning.actions import finish_lesson, open_lesson, record_position, start_attempt, submit_attempt
from learning.models import Enrolment, LessonProgress, PracticeAnswer
from tests.factories import make_module, make_user

from .answering import answer_all

pytestmark = pytest.mark.django_db


def html(response) -> str:
    return response.content.decode()


def practice_url(module) -> str:
    return reverse("learning:answer", args=[module.lessons["en"][0].translation_key, module.practice.pk])


def choice_of(module, key: str) -> int:
    return module.practice.choices.get(key=key).pk


class TestAnonymousReader:
    def test_reads_the_lesson_and_the_question(self, client, module):
        page = html(client.get(module.lessons["en"][0].url))

        assert "Text 1" in page
        assert "In the lesson" in page

    def test_is_asked_to_sign_in_to_answer(self, client, module):
        lesson = module.lessons["en"][0]

        assert f"/en/accounts/login/?next={lesson.url}" in html(client.get(lesson.url))

    def test_is_not_enrolled(self, client, module):
        client.get(module.lessons["en"][0].url)

        assert not Enrolment.objects.exists()

    def test_reads_the_module(self, client, module):
        page = html(client.get(module.pages["fr"].url))

        assert module.lessons["fr"][1].url in page

    def test_sees_what_each_block_is_called_in_every_language(self, client, module):
        for language in ("en", "fr"):
            page = html(client.get(module.lessons[language][0].url))
            assert all(f'id="block-{block}"' in page for block in module.lessons["en"][0].block_ids())

    def test_must_sign_in_for_the_overview(self, client, module):
        assert client.get("/en/learn/").status_code == 302


class TestModuleList:
    def test_offers_the_languages_of_a_module_that_is_not_translated(self, client, module):
        only_english = make_module("only-english", languages=("en",))

        page = html(client.get("/fr/modules/"))

        assert f'href="{only_english.pages["en"].url}" lang="en"' in page
        assert module.pages["fr"].url in page


class TestLesson:
    def test_enrols_the_reader(self, reader, trainee, module):
        reader.get(module.lessons["en"][0].url)

        assert Enrolment.objects.of(trainee).in_module(module.key).exists()

    def test_offers_the_way_back_to_the_very_block_in_another_language(self, reader, trainee, module):
        block = module.lessons["en"][0].block_ids()[2]
        record_position(trainee, module.lessons["en"][0], block)

        assert f'href="#block-{block}"' in html(reader.get(module.lessons["fr"][0].url))

    def test_does_not_offer_the_way_back_to_its_beginning(self, reader, trainee, module):
        lesson = module.lessons["en"][0]
        record_position(trainee, lesson, lesson.block_ids()[0])

        assert f'href="#block-{lesson.block_ids()[0]}"' not in html(reader.get(lesson.url))

    def test_takes_the_same_number_of_queries_whatever_was_done(
        self, reader, trainee, module, django_assert_max_num_queries
    ):
        lesson = module.lessons["en"][0]
        reader.get(lesson.url)
        finish_lesson(trainee, lesson)
        submit_attempt(start_attempt(trainee, module.key, module.quiz))

        with django_assert_max_num_queries(32):
            reader.get(lesson.url)

    def test_respects_who_may_see_the_page(self, reader, module):
        module.pages["en"].view_restrictions.create(restriction_type="password", password="secret")

        assert "Text 1" not in html(reader.get(module.lessons["en"][0].url))

    def test_done_leads_to_the_next_lesson(self, reader, module):
        first, second = module.lessons["en"]

        response = reader.post(reverse("learning:done", args=[first.translation_key]))

        assert response.url == second.url
        assert LessonProgress.objects.get(lesson_key=first.translation_key).done

    def test_done_after_the_last_lesson_leads_to_the_quiz(self, reader, module):
        response = reader.post(reverse("learning:done", args=[module.lessons["en"][1].translation_key]))

        assert response.url == f"/en/learn/{module.slug}/quiz/"

    def test_done_stays_in_the_language_that_is_read(self, reader, module):
        with translation.override("fr"):
            address = reverse("learning:done", args=[module.lessons["fr"][0].translation_key])

        assert reader.post(address).url == module.lessons["fr"][1].url

    def test_is_shown_in_english_where_there_is_no_translation(self, reader, trainee):
        module = make_module("only-english", languages=("en", "fr"))
        module.lessons["fr"][1].delete()

        page = html(reader.get(module.pages["fr"].url))

        assert f'<a href="{module.lessons["en"][1].url}" lang="en" dir="ltr"' in page


class TestPosition:
    def test_is_kept(self, reader, module):
        lesson = module.lessons["fr"][0]
        address = reverse("learning:position", args=[lesson.translation_key])

        response = reader.post(address, {"block": lesson.block_ids()[1]})

        assert response.status_code == 204
        assert LessonProgress.objects.get().block == lesson.block_ids()[1]

    @pytest.mark.parametrize("block", ["", "nonsense"])
    def test_of_no_block_is_refused(self, reader, module, block):
        address = reverse("learning:position", args=[module.lessons["en"][0].translation_key])

        assert reader.post(address, {"block": block}).status_code == 400


class TestPractice:
    def test_feedback_and_explanation_come_after_the_answer(self, reader, module):
        lesson = module.lessons["en"][0]
        before = html(reader.get(lesson.url))
        response = reader.post(practice_url(module), {"choice": choice_of(module, "a")})
        after = html(reader.get(response.url))

        assert "Feedback" not in before
        assert "Explanation" not in before
        assert "Feedback a" in after
        assert "Feedback b" in after
        assert "Explanation" in after

    def test_the_answer_leads_back_to_its_question(self, reader, module):
        lesson = module.lessons["en"][0]
        response = reader.post(practice_url(module), {"choice": choice_of(module, "b")})

        assert response.url == f"{lesson.url}#block-{lesson.block_ids()[2]}"

    def test_nothing_chosen_is_said_at_the_question(self, reader, module):
        response = reader.post(practice_url(module))

        assert response.status_code == 422
        assert "Choose an answer first." in html(response)

    @pytest.mark.parametrize("choice", ["0", "nonsense", "1e9", "\x00"])
    def test_a_choice_that_does_not_exist_is_said_at_the_question(self, reader, module, choice):
        response = reader.post(practice_url(module), {"choice": choice})

        assert "This question has no such answer." in html(response)
        assert not PracticeAnswer.objects.exists()

    def test_one_person_does_not_see_the_answers_of_another(self, client, reader, module):
        reader.post(practice_url(module), {"choice": choice_of(module, "a")})
        client.force_login(make_user())

        assert "Feedback" not in html(client.get(module.lessons["en"][0].url))


class TestNextStep:
    """There is always one clear next step."""

    def next_address(self, reader, module, language: str = "en") -> str:
        return reader.get(f"/{language}/learn/{module.slug}/").url

    def test_is_the_first_lesson_at_the_start(self, reader, module):
        assert self.next_address(reader, module) == module.lessons["en"][0].url

    def test_is_the_block_where_one_stopped(self, reader, trainee, module):
        lesson = module.lessons["en"][0]
        record_position(trainee, lesson, lesson.block_ids()[1])

        expected = f"{module.lessons['fr'][0].url}#block-{lesson.block_ids()[1]}"
        assert self.next_address(reader, module, "fr") == expected

    def test_is_the_lesson_last_read_of_several(self, reader, trainee, module):
        first, second = module.lessons["en"]
        open_lesson(trainee, second)
        record_position(trainee, first, first.block_ids()[1])

        assert self.next_address(reader, module).startswith(first.url)

    def test_is_the_lesson_after_the_one_that_is_done(self, reader, trainee, module):
        finish_lesson(trainee, module.lessons["en"][0])

        assert self.next_address(reader, module) == module.lessons["en"][1].url

    def test_is_the_quiz_when_all_is_read(self, reader, trainee, module):
        for lesson in module.lessons["en"]:
            finish_lesson(trainee, lesson)

        assert self.next_address(reader, module) == f"/en/learn/{module.slug}/quiz/"

    def test_is_the_quiz_that_was_begun(self, reader, module, attempt):
        assert self.next_address(reader, module) == f"/en/learn/{module.slug}/quiz/"

    def test_is_another_module_when_one_is_finished(self, reader, trainee, module, attempt):
        other = make_module("other")
        for lesson in module.lessons["en"]:
            finish_lesson(trainee, lesson)
        answer_all(attempt, rightly=3)
        submit_attempt(attempt)

        assert f'class="button button--go" href="{other.lessons["en"][0].url}"' in html(
            reader.get("/en/learn/")
        )

    def test_is_the_module_last_worked_on(self, reader, trainee, module):
        other = make_module("other")
        open_lesson(trainee, other.lessons["en"][0])

        assert f'class="button button--go" href="{other.lessons["en"][0].url}"' in html(
            reader.get("/en/learn/")
        )

    def test_is_said_when_everything_is_finished(self, reader, trainee, module, attempt):
        for lesson in module.lessons["en"]:
            finish_lesson(trainee, lesson)
        answer_all(attempt, rightly=3)
        submit_attempt(attempt)

        assert "You have finished every module there is." in html(reader.get("/en/learn/"))

    def test_says_so_where_a_module_is_not_in_the_readers_language(self, reader):
        make_module(languages=("en",))

        page = html(reader.get("/fr/learn/"))

        assert 'lang="en" dir="ltr">Waste (en)' in page


def test_the_overview_takes_the_same_number_of_queries_for_many_modules(
    reader, module, django_assert_max_num_queries
):
    for number in range(3):
        make_module(f"more-{number}")
    reader.get("/en/learn/")

    with django_assert_max_num_queries(14):
        reader.get("/en/learn/")
