"""The answer to a question, as it comes from a page."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from content.models import Question


class AnswerForm(forms.Form):
    """Choices of one question; `chosen` holds their ids.

    Templates draw the fields themselves, because the words may be in another language than the page.
    """

    choice = forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        error_messages={
            "invalid_choice": _("This question has no such answer. Choose one of the answers shown."),
            "invalid_list": _("This question has no such answer. Choose one of the answers shown."),
        },
    )

    def __init__(self, *args: Any, question: Question, choices: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields["choice"].choices = [(choice, str(choice)) for choice in choices]

    def clean_choice(self) -> list[int]:
        chosen = sorted(set(self.cleaned_data["choice"]))
        if self.question.kind == Question.Kind.SINGLE and len(chosen) > 1:
            raise forms.ValidationError(_("This question has one right answer. Choose only one."))
        return chosen

    @property
    def chosen(self) -> list[int]:
        return list(self.cleaned_data["choice"])


class PracticeForm(AnswerForm):
    """An answer that must not be empty."""

    def clean_choice(self) -> list[int]:
        chosen = super().clean_choice()
        if not chosen:
            raise forms.ValidationError(
                _("Choose an answer first. Then you see whether it is right, and why.")
            )
        return chosen
