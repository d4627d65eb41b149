"""Feeding the library's translations to wagtail-localize, so that its editor opens filled.

Rows that we write bear TOOL as their tool name. An editor's rows bear none, and are never touched.
"""

from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.models import (
    MissingTranslationError,
    String,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments

from content.languages import SOURCE_LANGUAGE

from .ledger import Ledger
from .library import LibraryError

TOOL = "Quaymark library"


class TranslationLoader:
    """Writes the translations of one page after another."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._locales = {locale.language_code: locale for locale in Locale.objects.all()}

    def load(self, page: Page, fields: dict[str, dict[str, Any]]) -> None:
        """Translate a live English page into every other language of `fields`, and publish."""
        source, _ = TranslationSource.update_or_create_from_instance(page)
        for language, translated in fields.items():
            if language != SOURCE_LANGUAGE:
                self._load_language(source, page, language, translated)

    def _load_language(
        self, source: TranslationSource, page: Page, language: str, fields: dict[str, Any]
    ) -> None:
        locale = self._locales[language]
        translation, created = Translation.objects.get_or_create(source=source, target_locale=locale)
        changed = created
        for path, english, text in paired_strings(page, _with_fields(page, fields), language):
            changed |= self._write_string(source, locale, path, english, text)
        if not changed or not translation.enabled:
            return
        if self._editor_is_at_work(source, locale):
            self._ledger.kept.append(f"page:{page.slug}:{language}")
            return
        self._publish(source, locale, page)

    @staticmethod
    def _write_string(source: TranslationSource, locale: Locale, path: str, english: str, text: str) -> bool:
        string = String.objects.get(locale=source.locale, data_hash=String._get_data_hash(english))
        context = TranslationContext.objects.get(object=source.object, path=path)
        row, created = StringTranslation.objects.get_or_create(
            translation_of=string,
            locale=locale,
            context=context,
            defaults={"data": text, "tool_name": TOOL},
        )
        if created or row.tool_name != TOOL or row.data == text:
            return created
        row.data, row.has_error, row.field_error = text, False, ""
        row.save()
        return True

    @staticmethod
    def _editor_is_at_work(source: TranslationSource, locale: Locale) -> bool:
        """Whether an editor has strings that are not published yet: they decide when."""
        last = TranslationLog.objects.filter(source=source, locale=locale).order_by("-created_at").first()
        if last is None:
            return False
        return (
            StringTranslation.objects.filter(
                locale=locale, context__object=source.object, updated_at__gt=last.created_at
            )
            .exclude(tool_name=TOOL)
            .exists()
        )

    @staticmethod
    def _publish(source: TranslationSource, locale: Locale, page: Page) -> None:
        # A freshly fetched source: wagtail-localize crashes on one that has cached its relations.
        fresh = TranslationSource.objects.get(pk=source.pk)
        try:
            fresh.create_or_update_translation(locale, publish=True, fallback=False)
        except MissingTranslationError as error:
            raise LibraryError(f"{locale.language_code}: page {page.slug}: {error}") from error


def paired_strings(page: Page, translated: Page, language: str) -> list[tuple[str, str, str]]:
    """Path, English and translation of every string of a page.

    Raise LibraryError where the two don't have the same paragraphs, lists and links.
    """
    ours = _translatable(page)
    theirs = _translatable(translated)
    if [_shape(segment) for segment in ours] != [_shape(segment) for segment in theirs]:
        place = next(
            (
                ours[i].path
                for i in range(min(len(ours), len(theirs)))
                if _shape(ours[i]) != _shape(theirs[i])
            ),
            "its end",
        )
        raise LibraryError(
            f"{language}: page {page.slug}: paragraphs, lists or links differ from English at {place}."
        )
    return [
        (mine.path, mine.string.data, their.string.data)
        for mine, their in zip(ours, theirs, strict=True)
        if isinstance(mine, StringSegmentValue)
    ]


def _translatable(page: Page) -> list[Any]:
    return [
        segment
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue | TemplateSegmentValue)
    ]


def _shape(segment: Any) -> tuple[str, str, str]:
    template = segment.template if isinstance(segment, TemplateSegmentValue) else ""
    return type(segment).__name__, segment.path, template


def _with_fields(page: Page, fields: dict[str, Any]) -> Page:
    """The page as it would be with other fields, unsaved, only to extract its strings."""
    return type(page)(slug=page.slug, locale=page.locale, **fields)
