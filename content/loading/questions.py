"""Writing the question bank and the quizzes."""

from typing import Any

from content.languages import LANGUAGES
from content.models import Choice, Objective, Question, Quiz, QuizQuestion, ReferenceItem

from . import library
from .ledger import Ledger
from .records import Words, get_or_new, save_if, write_words


def load_objectives(ledger: Ledger, module: str) -> dict[str, Objective]:
    """The objectives of a module, by key."""
    structure = library.structure(f"modules/{module}")
    texts = {language: library.words(language, f"modules/{module}/module") for language in LANGUAGES}
    objectives = {}
    for key in structure["objectives"]:
        prefix = f"objective:{key}"
        objective = get_or_new(ledger, Objective, prefix, key=key)
        if objective is None:
            continue
        of_module = {language: texts[language]["objectives"] for language in LANGUAGES}
        save_if(write_words(ledger, objective, prefix, of_module, {"text": key}), objective)
        objectives[key] = objective
    return objectives


def load_bank(ledger: Ledger, bank: str) -> None:
    """All questions of one file of the bank. Their objectives must be there already."""
    texts = {language: library.words(language, f"questions/{bank}") for language in LANGUAGES}
    for entry in library.structure(f"questions/{bank}"):
        _load_question(ledger, entry, {language: texts[language][entry["key"]] for language in LANGUAGES})


def _load_question(ledger: Ledger, entry: dict[str, Any], texts: dict[str, Words]) -> None:
    prefix = f"question:{entry['key']}"
    question = get_or_new(ledger, Question, prefix, key=entry["key"])
    if question is None:
        return
    is_new = question.pk is None
    objective = Objective.objects.get(key=entry["objective"])
    changed = ledger.set_value(question, prefix, "kind", entry["kind"])
    changed |= ledger.set_value(question, prefix, "objective_id", objective.pk)
    changed |= ledger.set_value(question, prefix, "source", entry["source"])
    fields = {"text": "text", "explanation": "explanation"}
    save_if(write_words(ledger, question, prefix, texts, fields) or changed, question)
    if is_new:
        question.items.set(ReferenceItem.objects.filter(key__in=entry["items"]))
        question.save()
    for position, (key, right) in enumerate(entry["choices"].items()):
        _load_choice(ledger, question, position, key, right, texts)


def _load_choice(
    ledger: Ledger, question: Question, position: int, key: str, right: bool, texts: dict[str, Words]
) -> None:
    prefix = f"question:{question.key}:choice:{key}"
    choice = get_or_new(ledger, Choice, prefix, question=question, key=key)
    if choice is None:
        return
    changed = ledger.set_value(choice, prefix, "position", position)
    changed |= ledger.set_value(choice, prefix, "right", right)
    of_choice = {language: texts[language]["choices"][key] for language in LANGUAGES}
    fields = {"text": "text", "feedback": "feedback"}
    save_if(write_words(ledger, choice, prefix, of_choice, fields) or changed, choice)


def load_quiz(ledger: Ledger, module: str) -> Quiz | None:
    """The quiz at the end of a module, with its questions in order."""
    structure = library.structure(f"modules/{module}")
    texts = {language: library.words(language, f"modules/{module}/module")["quiz"] for language in LANGUAGES}
    prefix = f"quiz:{module}"
    quiz = get_or_new(ledger, Quiz, prefix, key=module)
    if quiz is None:
        return None
    changed = ledger.set_value(quiz, prefix, "pass_mark", structure["pass_mark"])
    save_if(write_words(ledger, quiz, prefix, texts, {"title": "title", "intro": "intro"}) or changed, quiz)
    for position, key in enumerate(structure["quiz"]["questions"]):
        place_prefix = f"{prefix}:place:{key}"
        question = Question.objects.get(key=key)
        place = get_or_new(ledger, QuizQuestion, place_prefix, quiz=quiz, question=question)
        if place is not None:
            save_if(ledger.set_value(place, place_prefix, "position", position), place)
    return quiz
