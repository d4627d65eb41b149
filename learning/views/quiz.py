"""The quiz: introduction, one question a screen, review, result.

Nothing here hands a template what is right before the attempt is closed: the pages of an open
attempt show texts and the reader's own choices only.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.actions import (
    AttemptClosedError,
    NothingToAskError,
    NotInAttemptError,
    save_answer,
    start_attempt,
    submit_attempt,
)
from learning.forms import AnswerForm
from learning.models import Attempt, AttemptAnswer
from learning.modules import Module, module_at_address
from learning.progress import progress_in


@require_safe
def intro(request: HttpRequest, slug: str) -> HttpResponse:
    """What the quiz asks, and the way into it."""
    module = _module_or_404(slug)
    context = {
        "module": module,
        "progress": progress_in(module, request.user),
        "questions": module.quiz.places.count() if module.quiz else 0,
    }
    return render(request, "learning/quiz_intro.html", context)


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Start an attempt or go on with the open one, at the first question without an answer."""
    module = _module_or_404(slug)
    if request.method == "GET" or module.quiz is None:
        return redirect("learning:quiz", slug)
    try:
        attempt = start_attempt(request.user, module.key, module.quiz)
    except NothingToAskError:
        messages.warning(request, _("This quiz has no questions yet. Come back later."))
        return redirect("learning:quiz", slug)
    first = attempt.answers.unanswered().first()
    if first is None:
        return redirect("learning:review", slug, attempt.number)
    return redirect("learning:question", slug, attempt.number, first.place)


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, slug: str, number: int, place: int) -> HttpResponse:
    """One question of an open attempt. Its answer is saved by each button, also by "back"."""
    places = AttemptAnswer.objects.of(request.user).at_address(slug, number)
    answer = get_object_or_404(places.select_related("attempt", "question"), place=place)
    if not answer.attempt.is_open:
        return _already_closed(request, slug, number)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        question=answer.question,
        choices=answer.choice_order,
    )
    if not form.is_valid():
        return _show_question(request, slug, answer, form)
    if form.chosen:
        try:
            save_answer(answer.attempt, place, form.chosen)
        except AttemptClosedError:
            return _already_closed(request, slug, number)
        except NotInAttemptError as error:
            raise Http404 from error
    return _turn(request, slug, answer)


def _show_question(request: HttpRequest, slug: str, answer: AttemptAnswer, form: AnswerForm) -> HttpResponse:
    places = list(answer.attempt.answers.all())
    context = {
        "module": _module_or_404(slug),
        "answer": answer,
        "choices": answer.choices_as_shown(),
        "form": form,
        "total": len(places),
        "percent": 100 * sum(place.answered for place in places) // len(places),
    }
    return render(request, "learning/quiz_question.html", context, status=422 if form.errors else 200)


def _turn(request: HttpRequest, slug: str, answer: AttemptAnswer) -> HttpResponse:
    """Go where the pressed button leads: back, to the review, or on."""
    number, wanted = answer.attempt.number, request.POST.get("to", "next")
    if wanted == "back" and answer.place > 1:
        return redirect("learning:question", slug, number, answer.place - 1)
    if wanted == "review" or not answer.attempt.answers.filter(place=answer.place + 1).exists():
        return redirect("learning:review", slug, number)
    return redirect("learning:question", slug, number, answer.place + 1)


@require_safe
def review(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """All questions with one's own answers, before they count."""
    attempt = _attempt_or_404(request, slug, number)
    if not attempt.is_open:
        return redirect("learning:result", slug, number)
    answers = list(attempt.answers.with_words())
    context = {
        "module": _module_or_404(slug),
        "attempt": attempt,
        "rows": [(answer, _own_choices(answer)) for answer in answers],
        "missing": sum(not answer.answered for answer in answers),
    }
    return render(request, "learning/quiz_review.html", context)


def _own_choices(answer: AttemptAnswer) -> list:
    return [choice for choice in answer.choices_as_shown() if choice.pk in (answer.chosen or [])]


@require_POST
def submit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Count the answers, once."""
    submit_attempt(_attempt_or_404(request, slug, number))
    return redirect("learning:result", slug, number)


@require_safe
def result(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The score; what was right and why, too, unless another attempt is open."""
    attempt = _attempt_or_404(request, slug, number)
    if attempt.is_open:
        return redirect("learning:review", slug, number)
    module = _module_or_404(slug)
    context = {
        "module": module,
        "progress": progress_in(module, request.user),
        "attempt": attempt,
        "answers": attempt.answers.with_words() if attempt.may_show_answers else None,
    }
    return render(request, "learning/quiz_result.html", context)


def _already_closed(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    messages.info(
        request, _("You have already finished this attempt. Your answers count as they stood then.")
    )
    return redirect("learning:result", slug, number)


def _module_or_404(slug: str) -> Module:
    module = module_at_address(slug)
    if module is None or module.quiz is None:
        raise Http404
    return module


def _attempt_or_404(request: HttpRequest, slug: str, number: int) -> Attempt:
    """An attempt of one's own; another person's can't be named."""
    return get_object_or_404(Attempt.objects.of(request.user).at_address(slug), number=number)
