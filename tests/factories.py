"""Plain functions that make what tests are about."""

import uuid
from dataclasses import dataclass, field
from itertools import count

from django.contrib.auth.models import Group, Permission
from wagtail.models import Locale, Page, Site

from accounts.models import User
from content.models import (
    Choice,
    HomePage,
    LessonPage,
    ModuleIndexPage,
    ModulePage,
    Objective,
    Question,
    Quiz,
    QuizQuestion,
)

PASSWORD = "correct horse battery staple"

PARTS = ("teaching", "identifying", "honesty")  # of the home page

_numbers = count(1)


def make_user(email: str = "", roles: tuple[str, ...] = ("trainee",), **fields: object) -> User:
    """A person with roles, whose password is PASSWORD."""
    user = User.objects.create_user(email or f"person-{next(_numbers)}@example.org", PASSWORD, **fields)
    user.groups.set(Group.objects.get_or_create(name=role)[0] for role in roles)
    return user


def make_editor() -> User:
    """A trainer who may enter the admin."""
    trainer = make_user(roles=("trainer",))
    trainer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return trainer


def make_question(text: str = "", kind: str = Question.Kind.SINGLE, right: str = "b") -> Question:
    """A question in English and French with the choices a, b and c; `right` names those that are right."""
    number = next(_numbers)
    text = text or f"Question {number}"
    objective = Objective.objects.get_or_create(
        key="tell-waste", defaults={"text_en": "Tell waste from goods."}
    )[0]
    question = Question(key=f"question-{number}", kind=kind, objective=objective, source="A source")
    question.set_words("text", "en", text)
    question.set_words("text", "fr", f"{text} (français)")
    question.set_words("explanation", "en", f"Explanation of {number}")
    question.set_words("explanation", "fr", f"Explication de {number}")
    question.save()
    for position, key in enumerate("abc"):
        choice = Choice(question=question, key=key, position=position, right=key in right)
        for language in ("en", "fr"):
            choice.set_words("text", language, f"Choice {key} of {number} ({language})")
            choice.set_words("feedback", language, f"Feedback {key} of {number} ({language})")
        choice.save()
    return question


def make_quiz(questions: list[Question], pass_mark: int = 80) -> Quiz:
    """A quiz of these questions, in this order."""
    quiz = Quiz(key=f"quiz-{next(_numbers)}", pass_mark=pass_mark)
    for language, title in (("en", "The quiz"), ("fr", "Le questionnaire")):
        quiz.set_words("title", language, title)
        quiz.set_words("intro", language, f"{title}: intro")
    quiz.save()
    for position, question in enumerate(questions):
        QuizQuestion.objects.create(quiz=quiz, question=question, position=position)
    return quiz


@dataclass
class MadeModule:
    """A module with two lessons and a quiz in English and French; pages by language."""

    pages: dict[str, ModulePage] = field(default_factory=dict)
    lessons: dict[str, list[LessonPage]] = field(default_factory=dict)
    quiz: Quiz | None = None
    practice: Question | None = None

    @property
    def slug(self) -> str:
        return self.pages["en"].slug

    @property
    def key(self) -> uuid.UUID:
        return self.pages["en"].translation_key


def make_module(
    slug: str = "waste", languages: tuple[str, ...] = ("en", "fr"), questions: int = 3
) -> MadeModule:
    """A module with two lessons (the first asks a question) and a quiz, live in each language."""
    made = MadeModule(
        practice=make_question("In the lesson"), quiz=make_quiz([make_question() for _ in range(questions)])
    )
    index = _index()
    made.pages["en"] = index.add_child(
        instance=ModulePage(
            title="Waste (en)", slug=slug, topic="e-waste", summary="About waste", quiz=made.quiz
        )
    )
    made.lessons["en"] = [_add_lesson(made, number) for number in (1, 2)]
    for language in languages:
        if language != "en":
            made.pages[language] = _translated(made.pages["en"], language, f"Waste ({language})")
            made.lessons[language] = [
                _translated(lesson, language, lesson.title.replace("(en)", f"({language})"))
                for lesson in made.lessons["en"]
            ]
    return made


def make_root() -> Page:
    """The root of all pages, which a flushed database has lost together with its first language."""
    Locale.objects.get_or_create(language_code="en")
    return Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))


def _index() -> ModuleIndexPage:
    existing = ModuleIndexPage.objects.filter(locale__language_code="en").first()
    if existing is not None:
        return existing
    words = dict.fromkeys(
        ("lead", *(f"{part}_{field}" for part in PARTS for field in ("title", "text"))), "Words"
    )
    home = make_root().add_child(instance=HomePage(title="Home", slug="quaymark-home", **words))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home}
    )
    return home.add_child(instance=ModuleIndexPage(title="Modules", slug="modules", intro="Choose one."))


def _add_lesson(made: MadeModule, number: int) -> LessonPage:
    body = [_block("heading", f"Heading {number}"), _block("text", f"<p>Text {number}</p>")]
    if number == 1:
        body.append(_block("question", made.practice.pk))
    body.append(_block("text", f"<p>The end of {number}</p>"))
    lesson = LessonPage(
        title=f"Lesson {number} (en)", slug=f"lesson-{number}", summary=f"Summary {number}", minutes=number
    )
    lesson.body = LessonPage.body.field.to_python(body)
    return made.pages["en"].add_child(instance=lesson)


def _block(kind: str, value: object) -> dict[str, object]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def _translated(page: Page, language: str, title: str) -> Page:
    locale = Locale.objects.get_or_create(language_code=language)[0]
    copy = page.copy_for_translation(locale, copy_parents=True)
    copy.title = title
    copy.live = True
    copy.save()
    for parent in copy.get_ancestors().filter(locale=locale, live=False):
        parent.live = True
        parent.save()
    return copy
