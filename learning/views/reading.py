"""Modules and lessons as a signed-in reader sees them, and what they do there."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from content.lessons import Part, parts_of, place_of
from content.models import LessonPage, ModulePage, Question
from learning.actions import NotInLessonError, answer_practice, finish_lesson, open_lesson, record_position
from learning.forms import PracticeForm
from learning.models import Enrolment, PracticeAnswer
from learning.modules import lesson_with_key, module_with_key
from learning.progress import progress_in


@dataclass(frozen=True)
class Practice:
    """A question in a lesson, with this reader's answer once there is one."""

    question: Question
    answer: PracticeAnswer | None
    form: PracticeForm | None = None


@dataclass(frozen=True)
class ReaderPart(Part):
    """A block of a lesson for a signed-in reader."""

    practice: Practice | None


def module(request: HttpRequest, page: ModulePage) -> HttpResponse:
    """A module with one's own progress."""
    context = page.get_context(request)
    found = module_with_key(page.translation_key)
    if found is not None:
        context["progress"] = progress_in(found, request.user)
    return render(request, "learning/module.html", context)


def lesson(
    request: HttpRequest, page: LessonPage, refused: PracticeForm | None = None, status: int = 200
) -> HttpResponse:
    """A lesson that keeps the reader's place and takes their answers."""
    progress = open_lesson(request.user, page)
    found = module_with_key(page.module.translation_key)
    if found is None:
        raise Http404
    context = page.get_context(request)
    context |= {
        "progress": progress,
        "module": progress_in(found, request.user),
        "place": place_of(page, found.lessons),
        "parts": _reader_parts(page, progress.enrolment, refused),
        "resume_block": _worth_resuming(page, progress.block),
    }
    return render(request, "learning/lesson.html", context, status=status)


def _reader_parts(page: LessonPage, enrolment: Enrolment, refused: PracticeForm | None) -> list[ReaderPart]:
    questions = Question.objects.prefetch_related("choices").in_bulk(page.question_ids())
    answers = {
        answer.question_id: answer for answer in enrolment.practice_answers.filter(question__in=questions)
    }
    practices = {
        pk: Practice(question, answers.get(pk), refused if refused and refused.question == question else None)
        for pk, question in questions.items()
    }
    return [
        ReaderPart(part.block, part.level, practices.get(part.block.value.pk) if _asks(part) else None)
        for part in parts_of(page.body)
    ]


def _asks(part: Part) -> bool:
    return part.block.block_type == "question" and part.block.value is not None


def _worth_resuming(page: LessonPage, block: str) -> str:
    """The block to offer a way back to: not the first one, and not one that is gone."""
    return block if block in page.block_ids()[1:] else ""


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, lesson_key: UUID, question_id: int) -> HttpResponse:
    """Keep an answer and go back to its question, which now shows why."""
    page = _lesson_or_404(lesson_key)
    if request.method == "GET":
        return redirect(page.url)
    question = Question.objects.prefetch_related("choices").filter(pk=question_id).first()
    if question is None:
        raise Http404
    offered = [choice.pk for choice in question.choices.all()]
    form = PracticeForm(request.POST, question=question, choices=offered)
    if not form.is_valid():
        return lesson(request, page, refused=form, status=422)
    try:
        answer_practice(request.user, page, question, form.chosen)
    except NotInLessonError as error:
        raise Http404 from error
    block = next(block.id for block in page.body if block.value == question)
    return redirect(f"{page.url}#block-{block}")


@require_http_methods(["GET", "POST"])
def done(request: HttpRequest, lesson_key: UUID) -> HttpResponse:
    """Mark a lesson as done and go to what comes after it."""
    page = _lesson_or_404(lesson_key)
    if request.method == "GET":
        return redirect(page.url)
    finish_lesson(request.user, page)
    return redirect(_after(page))


def _after(page: LessonPage) -> str:
    found = module_with_key(page.module.translation_key)
    if found is None:
        return reverse("learning:mine")
    following = place_of(page, found.lessons).next
    if following is not None:
        return following.url
    if found.quiz is not None:
        return reverse("learning:quiz", args=[found.page.slug])
    return found.page.url


@require_POST
def position(request: HttpRequest, lesson_key: UUID) -> HttpResponse:
    """Remember the block someone is reading; called by position.js."""
    try:
        record_position(request.user, _lesson_or_404(lesson_key), request.POST.get("block", ""))
    except NotInLessonError:
        return HttpResponseBadRequest()
    return HttpResponse(status=204)


def _lesson_or_404(lesson_key: UUID) -> LessonPage:
    page = lesson_with_key(lesson_key)
    if page is None:
        raise Http404
    return page
