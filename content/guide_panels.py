"""How records with words in six languages are laid out in the Wagtail admin.

One tab for the record and what hangs on it, then a tab a language. A language's tab holds the words of the
record and of its parts, each beside its English, and says how many are to be read again.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.admin.panels.base import get_form_for_model

from .guide_forms import LinesTextarea, PartForm, PlainTextarea, PublishedForm, WordsForm
from .languages import SOURCE_LANGUAGE, direction_of
from .models.published import PublishedRecord
from .models.translated import TranslatedRecord

OTHER_LANGUAGES = [code for code, _name in settings.LANGUAGES if code != SOURCE_LANGUAGE]


class WordsPanel(FieldPanel):
    """A field in one language; in a translation with the English beside it."""

    heading: Any

    def __init__(self, field: str, language: str, **kwargs: Any) -> None:
        kwargs.pop("field_name", None)
        super().__init__(build_localized_fieldname(field, language), **kwargs)
        self.field, self.language = field, language

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "field": self.field, "language": self.language}

    def on_model_bound(self) -> None:
        super().on_model_bound()
        if not self.heading:
            self.heading = capfirst(self.model._meta.get_field(self.field).verbose_name)
        if isinstance(self.db_field, models.TextField):
            self.widget = PlainTextarea

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "content/admin/words_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            field, language = self.panel.field, self.panel.language
            context = super().get_context_data(parent_context)
            if language != SOURCE_LANGUAGE:
                context |= {
                    "english": self.instance.words(field, SOURCE_LANGUAGE),
                    "state": self.instance.translation_state(field, language),
                }
            return context


class KeptElsewhere(MultiFieldPanel):
    """Fields of a row that stand in another tab: part of the row's form, but not shown with it."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return False


class PartsPanel(InlinePanel):
    """Rows that hang on a record. Their translations stand in the languages' tabs (TranslatedParts)."""

    def __init__(self, relation_name: str, *args: Any, words: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(relation_name, *args, **kwargs)
        self.words = words

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "words": self.words}

    @cached_property
    def panel_definitions(self) -> list[Panel]:
        translations = [WordsPanel(field, code) for field in self.words for code in OTHER_LANGUAGES]
        return [*self.panels, KeptElsewhere(translations)] if self.words else list(self.panels)

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        of_rows = options["formsets"][self.relation_name]
        if issubclass(self.db_field.related_model, TranslatedRecord):
            deferred = of_rows["form"]._meta.defer_required_on_fields if "form" in of_rows else []
            of_rows["form"] = get_form_for_model(
                self.db_field.related_model, form_class=PartForm, defer_required_on_fields=deferred
            )
        return options


class TranslatedParts(Panel):
    """The words of the rows of one relation in one language."""

    def __init__(self, relation_name: str, words: Sequence[str], language: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.relation_name, self.words, self.language = relation_name, words, language

    def clone_kwargs(self) -> dict[str, Any]:
        own = {"relation_name": self.relation_name, "words": self.words, "language": self.language}
        return {**super().clone_kwargs(), **own}

    class BoundPanel(Panel.BoundPanel):
        template_name = "content/admin/translated_parts.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.rows = self._rows() if self.form is not None else []

        def _rows(self) -> list[tuple[str, list[Panel.BoundPanel]]]:
            found = []
            for row in self.form.formsets[self.panel.relation_name].initial_forms:
                panels = [
                    WordsPanel(field, self.panel.language)
                    .bind_to_model(type(row.instance))
                    .get_bound_panel(
                        instance=row.instance,
                        request=self.request,
                        form=row,
                        prefix=f"{self.prefix}-{row.prefix}-{field}",
                    )
                    for field in self.panel.words
                ]
                found.append((str(row.instance.key), panels))
            return found

        def is_shown(self) -> bool:
            return bool(self.rows)


class NamesInLanguage(Panel):
    """What the item is called in one language: kept with all names in the record's tab."""

    def __init__(self, language: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.language = language

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "language": self.language}

    class BoundPanel(Panel.BoundPanel):
        template_name = "content/admin/names_in_language.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            language = self.panel.language
            names = [name for name in self.instance.common_names.all() if name.language == language]
            context = super().get_context_data(parent_context)
            return {**context, "names": names, "language": language, "direction": direction_of(language)}


class StillRight(Panel):
    """The tick that says: what is stale in this language is right as it is."""

    def __init__(self, language: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.language = language

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "language": self.language}

    def get_form_options(self) -> dict[str, Any]:
        return {"fields": ["still_right"]}

    class BoundPanel(Panel.BoundPanel):
        template_name = "content/admin/still_right.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.stale, self.missing = self.instance.to_read_again(self.panel.language)

        def is_shown(self) -> bool:
            return bool(self.stale)


class LanguageTab(ObjectList):
    """A tab that says how many of its words are to be read again, or missing."""

    def __init__(
        self, children: Sequence[Panel] = (), language: str = SOURCE_LANGUAGE, **kwargs: Any
    ) -> None:
        super().__init__(children, **kwargs)
        self.language = language

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "language": self.language}

    class BoundPanel(ObjectList.BoundPanel):
        heading: Any

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if isinstance(self.instance, PublishedRecord) and self.panel.language != SOURCE_LANGUAGE:
                name = self.heading
                if direction_of(self.panel.language) == "rtl":
                    name = f"\u2068{name}\u2069"  # isolated: the numbers behind it stay behind it
                self.heading = tab_heading(name, *self.instance.to_read_again(self.panel.language))


def tab_heading(name: str, stale: int, missing: int) -> str:
    """ "Français · 3 to read again · 1 missing"."""
    parts = [name]
    if stale:
        parts.append(ngettext("%(count)d to read again", "%(count)d to read again", stale) % {"count": stale})
    if missing:
        parts.append(ngettext("%(count)d missing", "%(count)d missing", missing) % {"count": missing})
    return " · ".join(parts)


def record_tabs(
    record: Sequence[Panel],
    words: Sequence[str],
    form: type[WagtailAdminModelForm] = WordsForm,
    *,
    has_names: bool = False,
) -> TabbedInterface:
    """A tab for the record and its parts, then one a language for all words."""
    tabs: list[Panel] = [ObjectList(record, heading=_("Facts"))]
    parts = [panel for panel in record if isinstance(panel, PartsPanel) and panel.words]
    for code, name in settings.LANGUAGES:
        panels: list[Panel] = [WordsPanel(field, code) for field in words]
        if code != SOURCE_LANGUAGE:
            if issubclass(form, PublishedForm):
                panels.insert(0, StillRight(code))
            panels += [
                TranslatedParts(part.relation_name, part.words, code, heading=part.heading) for part in parts
            ]
        if has_names:
            panels.append(NamesInLanguage(code, heading=_("Common names")))
        tabs.append(LanguageTab(panels, language=code, heading=name))
    return TabbedInterface(tabs, base_form_class=form)


def english(*fields: str) -> list[Panel]:
    """The English words of a row, which stand with the row."""
    return [WordsPanel(field, SOURCE_LANGUAGE) for field in fields]


def one_a_line(field: str) -> FieldPanel:
    """A list kept as JSON, written one a line."""
    return FieldPanel(field, widget=LinesTextarea)
