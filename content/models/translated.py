"""Records whose words exist in six languages, a column a language (django-modeltranslation)."""

import hashlib
from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from content.languages import LANGUAGES, SOURCE_LANGUAGE

Words = Mapping[tuple[str, str], str]


def digest(text: str) -> str:
    """A short fingerprint of a text, to know later whether it has changed."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class TranslatedRecord(models.Model):
    """A record with translated fields that knows which translations are stale.

    `translated_from` holds, by language and field, the digest of the English text that was translated;
    `reviewed` holds the same digests for translations that a native expert has read.
    """

    translated_from = models.JSONField(_("translated from"), default=dict, blank=True, editable=False)
    reviewed = models.JSONField(_("read by a native expert"), default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def needs_translation(self) -> bool:
        """Whether it is one of the records that are meant to exist in every language."""
        return True

    @classmethod
    def translated_fields(cls) -> list[str]:
        return sorted(translator.get_options_for_model(cls).get_field_names())

    def words(self, field: str, language: str) -> str:
        """The text of a field in a language; empty where it has not been translated."""
        return getattr(self, build_localized_fieldname(field, language)) or ""

    def set_words(self, field: str, language: str, text: str, *, english: str | None = None) -> None:
        """Set a text in a language; `english` is the text it translates, if not the one that stands now."""
        if text != self.words(field, language):
            # Whoever has read the old words has not read these.
            self.reviewed.get(language, {}).pop(field, None)
        setattr(self, build_localized_fieldname(field, language), text)
        if language != SOURCE_LANGUAGE:
            of_language = self.translated_from.setdefault(language, {})
            of_language[field] = digest(self.words(field, SOURCE_LANGUAGE) if english is None else english)

    def all_words(self) -> Words:
        """Every text by field and language, to know after an edit what has changed."""
        fields = self.translated_fields()
        return {(field, language): self.words(field, language) for field in fields for language in LANGUAGES}

    def follow_edit(self, before: Words) -> None:
        """After an edit: a translation that was changed is made from the English that stands now."""
        for (field, language), text in self.all_words().items():
            if language == SOURCE_LANGUAGE or text == before[field, language]:
                continue
            if text:
                self.set_words(field, language, text)
            else:
                self.translated_from.get(language, {}).pop(field, None)

    def confirm_words(self, language: str) -> None:
        """Somebody has read the stale translations beside the English of now: they are right as they are."""
        for field in self.words_in_state("stale", language):
            self.set_words(field, language, self.words(field, language))

    def words_in_state(self, state: str, language: str) -> list[str]:
        """The fields that stand so in a language."""
        return [
            field for field in self.translated_fields() if self.translation_state(field, language) == state
        ]

    def translation_state(self, field: str, language: str) -> str:
        """Say how a field stands in a language: "complete", "stale" or "missing"."""
        english = self.words(field, SOURCE_LANGUAGE)
        if not english:
            return "complete"
        if not self.words(field, language):
            return "missing"
        if language == SOURCE_LANGUAGE:
            return "complete"
        made_from = self.translated_from.get(language, {}).get(field)
        return "complete" if made_from == digest(english) else "stale"

    def is_reviewed(self, field: str, language: str) -> bool:
        """Whether a native expert has read this translation of the English as it stands now."""
        if language == SOURCE_LANGUAGE:
            return True
        return self.reviewed.get(language, {}).get(field) == digest(self.words(field, SOURCE_LANGUAGE))
