"""What a change of law touches: items, lessons, questions, open cases; and whose these are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry, Page, ReferenceIndex

from accounts.models import User

from .languages import SOURCE_LANGUAGE
from .models import LawChange, LessonPage, Question, ReferenceItem
from .signals import law_touches

QUESTION_LETTERS = 80


@dataclass(frozen=True)
class Share:
    """One thing of a person's that a change touches. Named and addressed in the language then in force."""

    kind: str | Promise
    name: Callable[[], str]
    address: Callable[[], str]


@dataclass(frozen=True)
class HeldElsewhere:
    """What an app above this one holds: how many by administration, for trainers; and whose they are."""

    label: str | Promise
    by_administration: dict[str, int]
    shares: list[tuple[int, Share]]


@dataclass(frozen=True)
class Touched:
    """Everything a change touches. `below` belongs to the items, which their law concerns too."""

    items: list[ReferenceItem]
    below: list[ReferenceItem]
    lessons: list[LessonPage]
    questions: list[Question]
    elsewhere: list[HeldElsewhere]
    shares: dict[int, list[Share]] = field(default_factory=dict)


def touched_by(change: LawChange) -> Touched:
    """In a number of queries that does not grow with what is touched."""
    items = _items_of(change)
    below = _below(items)
    pks = {item.pk for item in (*items, *below)}
    questions = list(Question.objects.filter(items__in=pks).distinct())
    lessons = _lessons_about(pks, {question.pk for question in questions})
    keys = {item.key for item in (*items, *below)}
    elsewhere = [answer for _receiver, answer in law_touches.send(sender=LawChange, keys=keys)]
    touched = Touched(items, below, lessons, questions, elsewhere)
    for person, share in _shares(touched):
        touched.shares.setdefault(person, []).append(share)
    return touched


def _items_of(change: LawChange) -> list[ReferenceItem]:
    items = ReferenceItem.objects.filter(law_provisions__provision__change=change).distinct()
    return list(items.prefetch_related("common_names"))


def _below(items: Iterable[ReferenceItem]) -> list[ReferenceItem]:
    pks = {item.pk for item in items}
    lines = ReferenceItem.objects.lineages()
    finer = {pk for pk, line in lines.items() if pk not in pks and line & pks}
    return list(ReferenceItem.objects.filter(pk__in=finer).prefetch_related("common_names"))


def _lessons_about(items: set[int], questions: set[int]) -> list[LessonPage]:
    """The lessons, in every language, whose body refers to the items or asks one of the questions."""
    references = ReferenceIndex.objects.none()
    for model, pks in ((ReferenceItem, items), (Question, questions)):
        references |= ReferenceIndex.objects.filter(
            to_content_type=ContentType.objects.get_for_model(model), to_object_id__in=[str(pk) for pk in pks]
        )
    pages = references.filter(base_content_type=ContentType.objects.get_for_model(Page))
    numbers = {int(pk) for pk in pages.values_list("object_id", flat=True)}
    return list(
        LessonPage.objects.filter(pk__in=numbers).select_related("locale", "owner", "latest_revision")
    )


# --- Whose they are -------------------------------------------------------------------------------


def _shares(touched: Touched) -> Iterable[tuple[int, Share]]:
    items = [*touched.items, *touched.below]
    revised = dict(
        ReferenceItem.objects.filter(pk__in=[item.pk for item in items]).values_list(
            "pk", "latest_revision__user"
        )
    )
    for item, person in _with_editors(items, revised):
        yield person, Share(_("Items of the guide"), partial(getattr, item, "name"), item.get_absolute_url)
    for question, person in _with_editors(touched.questions, {}):
        yield person, Share(_("Questions"), _start_of(question), _admin(question))
    for lesson in touched.lessons:
        for person in {lesson.latest_revision and lesson.latest_revision.user_id, lesson.owner_id} - {None}:
            yield person, Share(_("Lessons"), partial(getattr, lesson, "title"), _admin_page(lesson))
    for held in touched.elsewhere:
        yield from held.shares


def _with_editors(records: list[Any], revised: dict[int, int | None]) -> Iterable[tuple[Any, int]]:
    """Each record with who edited it last: the author of its latest draft, else of the last change noted."""
    noted = _last_editors(records)
    for record in records:
        person = revised.get(record.pk) or noted.get(str(record.pk))
        if person:
            yield record, person


def _last_editors(records: list[Any]) -> dict[str, int]:
    if not records:
        return {}
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(type(records[0])),
        object_id__in=[str(record.pk) for record in records],
        action__in=["wagtail.create", "wagtail.edit"],
        user__isnull=False,
    )
    return dict(entries.order_by("timestamp").values_list("object_id", "user_id"))


def _start_of(question: Question) -> Callable[[], str]:
    """The question itself, never what is right: a mail lies open."""
    return lambda: Truncator(question.words("text", SOURCE_LANGUAGE)).chars(QUESTION_LETTERS)


def _admin(record: Model) -> Callable[[], str]:
    return lambda: reverse(f"wagtailsnippets_content_{record._meta.model_name}:edit", args=[record.pk])


def _admin_page(page: Page) -> Callable[[], str]:
    return lambda: reverse("wagtailadmin_pages:edit", args=[page.pk])


def people_concerned(change: LawChange, touched: Touched) -> Iterable[User]:
    """The owners, those who entered and announced it, and every coordinator; as far as they may sign in."""
    approved = User.objects.filter(standing=User.Standing.APPROVED).select_related("administration")
    wanted = {*touched.shares, change.entered_by_id, change.announced_by_id} - {None}
    coordinators = approved.with_role("coordinator").values_list("pk", flat=True)
    return approved.filter(pk__in={*wanted, *coordinators}).order_by("pk")
