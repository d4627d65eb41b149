"""Records that go through a draft, a review and publication in the Wagtail admin."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import override
from modelcluster.models import get_all_child_relations
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
)

from content.languages import SOURCE_LANGUAGE

from .translated import TranslatedRecord


class PublishedRecord(
    PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, TranslatedRecord
):
    """A translated record of which readers see the published state only."""

    # The function that shows readers the record, by its path: models import no views.
    preview_page: ClassVar[str]

    class Meta:
        abstract = True

    def publishing_problems(self) -> Iterable[str]:
        """Why it can't be published as it stands in memory (content/guide_rules.py). Empty where it can."""
        raise NotImplementedError

    def check_publishable(self) -> None:
        """Raise ValidationError that says everything that is wrong."""
        problems = list(self.publishing_problems())
        if problems:
            raise ValidationError(problems)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Every way to publish leads through here. Raises ValidationError."""
        revision.as_object().check_publishable()
        super().publish(revision, *args, **kwargs)

    def translated_parts(self) -> list[TranslatedRecord]:
        """The record itself and everything with words that hangs on it."""
        relations = get_all_child_relations(type(self))
        return [
            self,
            *(
                part
                for relation in relations
                if issubclass(relation.related_model, TranslatedRecord)
                for part in getattr(self, relation.get_accessor_name()).all()
            ),
        ]

    def to_read_again(self, language: str) -> tuple[int, int]:
        """How many of its texts are stale in a language, and how many are missing."""
        parts = self.translated_parts()
        stale, missing = (
            sum(len(part.words_in_state(state, language)) for part in parts) for state in ("stale", "missing")
        )
        return stale, missing

    def confirm_translations(self, language: str) -> None:
        """All its stale words in a language are right as they are."""
        for part in self.translated_parts():
            part.confirm_words(language)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """A page for each language."""
        return list(settings.LANGUAGES)

    @property
    def default_preview_mode(self) -> str:
        return SOURCE_LANGUAGE

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page that readers would see, in a language. Rendered here, while the language is in force."""
        known = dict(self.preview_modes)
        with override(mode_name if mode_name in known else self.default_preview_mode):
            return import_string(self.preview_page)(request, self)
