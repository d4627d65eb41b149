"""The forms in which trainers keep records with words in six languages."""

import json
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from .figures import figure_choices
from .guide_rules import LONGEST_TEXT, preferred_twice
from .languages import LANGUAGES, SOURCE_LANGUAGE, direction_of


class PlainTextarea(AdminAutoHeightTextInput):
    """Text with the line ends that it is kept with.

    Browsers send others; taken as they come, every text would count as changed, and with the English all of
    its translations as stale.
    """

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        value = super().value_from_datadict(data, files, name)
        return None if value is None else value.replace("\r\n", "\n")


class LinesTextarea(PlainTextarea):
    """A list (of scientific names, of countries) as a person writes it: one a line."""

    def format_value(self, value: Any) -> str | None:
        try:
            found = json.loads(value) if isinstance(value, str) else value
        except ValueError:
            return str(value)
        return "\n".join(map(str, found)) if isinstance(found, list) else value

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        value = super().value_from_datadict(data, files, name)
        if value is None:
            return None
        return json.dumps([line.strip() for line in value.split("\n") if line.strip()], ensure_ascii=False)


class WordsForm(WagtailAdminModelForm):
    """Marks a translation that was changed as made from the English of now."""

    longest = 50_000  # characters of a text; terms and notices run long

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._words_before = self.instance.all_words()
        for field in self.instance.translated_fields():
            for language in LANGUAGES:
                self._prepare(build_localized_fieldname(field, language), language)

    def _prepare(self, name: str, language: str) -> None:
        field = self.fields.get(name)
        if field is None:
            return
        field.widget.attrs |= {"lang": language, "dir": direction_of(language)}
        if isinstance(field, forms.CharField) and field.max_length is None:
            # Not as the browser's own limit, which would cut off what is pasted without a word.
            field.validators.append(MaxLengthValidator(self.longest))

    def _post_clean(self) -> None:
        """Where Django puts what was typed on the record; only then do the words differ."""
        super()._post_clean()
        self.instance.follow_edit(self._words_before)


class PartForm(WordsForm):
    """Something that hangs on a record; a key that was left empty is made up."""

    longest = LONGEST_TEXT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False

    def clean_key(self) -> str:
        return self.cleaned_data["key"] or self.instance.key or uuid4().hex[:8]


class PublishedForm(WordsForm):
    """A draft may be incomplete; what is published or submitted passes the rules, and says why it doesn't."""

    longest = LONGEST_TEXT
    still_right = forms.MultipleChoiceField(
        label=_("Still right as it is"),
        choices=[choice for choice in settings.LANGUAGES if choice[0] != SOURCE_LANGUAGE],
        required=False,
    )

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        # Puts the rows of the form on the record, in memory only; saving does the same again.
        record = self.save(commit=False)
        for language in self.cleaned_data.get("still_right", []):
            record.confirm_translations(language)
        for problem in self.problems():
            self.add_error(None, problem)
        return not self.errors

    def problems(self) -> list[str]:
        return [] if self.is_deferred_validation else list(self.instance.publishing_problems())


class ItemForm(PublishedForm):
    """A drawing is chosen among those there are; one that is gone stays until somebody chooses another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict(figure_choices())
        gone = {self.instance.figure: self.instance.figure} if self.instance.figure not in known else {}
        self.fields["figure"].widget = forms.Select(choices=list({"": "–", **gone, **known}.items()))

    def problems(self) -> list[str]:
        # The database refuses this one in a draft too.
        twice = list(preferred_twice(self.instance.common_names.all()))
        return twice if self.is_deferred_validation else super().problems()


class PairForm(PublishedForm):
    """The key of a pair is made of its sides'."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, second = cleaned.get("first"), cleaned.get("second")
        if not cleaned.get("key") and first and second:
            cleaned["key"] = f"{first.key}--{second.key}"[:100]
        return cleaned
