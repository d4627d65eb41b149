"""`manage.py load_content`: idempotent, and it never overwrites what an editor has changed."""

import yaml
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import TestCase
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from accounts.models import User
from accounts.roles import Role
from content.loading import library
from content.models import (
    CommonName,
    FieldMark,
    HomePage,
    LegalStatus,
    LessonPage,
    ModulePage,
    Question,
    ReferenceItem,
)
from tests.small_library import small_library

MODULE = "modules/e-waste-at-the-border"
LESSON = "used-or-waste"


def lesson(language: str = "en") -> LessonPage:
    return LessonPage.objects.get(slug=LESSON, locale__language_code=language)


class LibraryCase(TestCase):
    """Works on a copy of the library, which a test may change."""

    def setUp(self) -> None:
        self.files = self.enterContext(small_library())

    def change(self, name: str, *keys: str, to: object) -> None:
        path = self.files / name
        content = yaml.safe_load(path.read_text())
        place = content
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = to
        path.write_text(yaml.safe_dump(content, allow_unicode=True))
        library.read.cache_clear()

    def load(self) -> None:
        """Load, and publish as the end of the transaction would."""
        with self.captureOnCommitCallbacks(execute=True):
            call_command("load_content", verbosity=0)


class LoadedOnce(LibraryCase):
    """Starts with the library loaded."""

    @classmethod
    def setUpTestData(cls) -> None:
        with small_library(), cls.captureOnCommitCallbacks(execute=True):
            call_command("load_content", verbosity=0)


class LoadContentTests(LoadedOnce):
    def test_every_language_has_the_whole_module(self):
        for language in ("en", "fr", "es", "ru", "ar", "zh-hans"):
            module = ModulePage.objects.get(locale__language_code=language)
            assert module.live
            assert [page.slug for page in module.lessons] == [
                "used-or-waste",
                "how-the-label-lies",
                "testing-safely",
            ]
            assert all(page.alias_of_id is None for page in module.lessons)

    def test_the_side_by_side_editor_opens_with_every_segment_filled(self):
        source = TranslationSource.objects.get_for_instance(lesson())
        for translation in Translation.objects.filter(source=source):
            total, translated = translation.get_progress()
            assert total == translated > 20

    def test_blocks_have_the_same_ids_in_every_language(self):
        assert lesson("ar").block_ids() == lesson("en").block_ids()

    def test_loading_twice_changes_nothing(self):
        before = (lesson("fr").latest_revision_id, lesson().latest_revision_id, FieldMark.objects.count())
        self.load()
        assert before == (
            lesson("fr").latest_revision_id,
            lesson().latest_revision_id,
            FieldMark.objects.count(),
        )

    def test_a_changed_file_changes_the_page_and_its_translation(self):
        self.change(f"en/{MODULE}/{LESSON}.yaml", "summary", to="A new summary.")
        self.change(f"fr/{MODULE}/{LESSON}.yaml", "summary", to="Un nouveau résumé.")
        self.load()
        assert lesson().summary == "A new summary."
        assert lesson("fr").summary == "Un nouveau résumé."

    def test_a_page_that_an_editor_changed_is_left_alone(self):
        page = lesson()
        page.summary = "The trainer's own summary."
        page.save_revision().publish()
        self.change(f"en/{MODULE}/{LESSON}.yaml", "summary", to="A new summary.")
        self.load()
        assert lesson().summary == "The trainer's own summary."

    def test_a_page_with_an_editors_draft_is_left_alone(self):
        page = lesson()
        page.summary = "A draft."
        page.save_revision()
        self.change(f"en/{MODULE}/{LESSON}.yaml", "summary", to="A new summary.")
        self.load()
        page = lesson()
        assert page.has_unpublished_changes
        assert page.get_latest_revision_as_object().summary == "A draft."

    def test_a_translation_that_an_editor_changed_is_left_alone(self):
        editor = User.objects.create_user("editor@example.org")
        row = StringTranslation.objects.get(
            locale=Locale.objects.get(language_code="fr"), translation_of__data=lesson().summary
        )
        row.data, row.tool_name, row.last_translated_by = "Le résumé de la formatrice.", "", editor
        row.save()
        self.change(f"fr/{MODULE}/{LESSON}.yaml", "summary", to="Un nouveau résumé.")
        self.load()
        row.refresh_from_db()
        assert row.data == "Le résumé de la formatrice."

    def test_an_editors_unfinished_translation_is_not_published(self):
        row = StringTranslation.objects.get(
            locale=Locale.objects.get(language_code="fr"), translation_of__data=lesson().summary
        )
        row.data, row.tool_name = "Pas encore fini.", ""
        row.save()
        self.change(f"fr/{MODULE}/{LESSON}.yaml", "title", to="Un nouveau titre")
        self.load()
        assert lesson("fr").summary != "Pas encore fini."

    def test_a_record_that_an_editor_changed_is_left_alone(self):
        laptop = ReferenceItem.objects.get(key="laptop")
        laptop.set_words("summary", "fr", "Le résumé de la formatrice.")
        laptop.save()
        self.change("fr/guide/devices.yaml", "laptop", "summary", to="Un nouveau résumé.")
        self.change("es/guide/devices.yaml", "laptop", "summary", to="Un resumen nuevo.")
        self.load()
        laptop = ReferenceItem.objects.get(key="laptop")
        assert laptop.words("summary", "fr") == "Le résumé de la formatrice."
        assert laptop.words("summary", "es") == "Un resumen nuevo."

    def test_a_new_preferred_name_replaces_the_old_one(self):
        self.change("fr/guide/devices.yaml", "laptop", "names", to=["Portable", "Ordinateur portable"])
        self.load()
        assert ReferenceItem.objects.get(key="laptop").name_in("fr") == ("Portable", "fr")

    def test_names_that_an_editor_changed_are_left_alone(self):
        CommonName.objects.create(item=ReferenceItem.objects.get(key="laptop"), language="fr", name="Bécane")
        self.change("fr/guide/devices.yaml", "laptop", "names", to=["Portable"])
        self.load()
        assert ReferenceItem.objects.get(key="laptop").name_in("fr") != ("Portable", "fr")

    def test_a_permission_that_an_administrator_withdrew_stays_withdrawn(self):
        trainers = Group.objects.get(name=Role.TRAINER)
        trainers.permissions.clear()
        self.load()
        assert not trainers.permissions.exists()

    def test_a_row_that_an_editor_deleted_does_not_come_back(self):
        FieldMark.objects.filter(item__key="laptop", key="charger").delete()
        self.load()
        assert not FieldMark.objects.filter(item__key="laptop", key="charger").exists()

    def test_a_translation_of_older_english_is_known_to_be_stale(self):
        self.change("en/guide/devices.yaml", "laptop", "summary", to="Something else altogether.")
        self.load()
        laptop = ReferenceItem.objects.get(key="laptop")
        assert laptop.translation_state("summary", "en") == "complete"
        assert laptop.translation_state("summary", "fr") == "stale"

    def test_the_quiz_has_at_least_six_questions_and_every_question_a_right_and_a_wrong_choice(self):
        module = ModulePage.objects.get(locale__language_code="en")
        assert module.quiz.places.count() >= 6
        for question in Question.objects.all():
            assert 0 < len(question.right_choices()) < question.choices.count()

    def test_every_status_has_a_source_and_a_date(self):
        assert not LegalStatus.objects.filter(source="").exists()
        assert not LegalStatus.objects.filter(as_of=None).exists()


class BrokenLibraryTests(LibraryCase):
    def test_a_missing_translation_is_named_and_nothing_is_loaded(self):
        self.change("ru/guide/devices.yaml", "laptop", "summary", to="")
        with self.assertRaisesRegex(CommandError, r"ru/guide/devices\.yaml: laptop\.summary is missing"):
            self.load()
        assert not HomePage.objects.exists()

    def test_a_translation_with_another_number_of_paragraphs_is_named(self):
        self.change(
            f"es/{MODULE}/{LESSON}.yaml",
            "blocks",
            "opening",
            to="Un solo párrafo.\n\n- y\n- una\n- lista",
        )
        with self.assertRaisesRegex(
            CommandError, "es: page used-or-waste: paragraphs, lists or links differ"
        ):
            self.load()

    def test_a_broken_file_is_named(self):
        (self.files / "fr/site.yaml").write_text("home: [")
        library.read.cache_clear()
        with self.assertRaisesRegex(CommandError, r"fr/site\.yaml"):
            self.load()
