"""What `load_content` wrote last time, so that what an editor has changed since is left alone."""

from django.db.models import Model

from content.models import LoadedValue
from content.models.translated import TranslatedRecord, digest

from .stored import StoredRecords


class Ledger:
    """Decides, value by value, whether it is still ours to write."""

    def __init__(self) -> None:
        self._loaded = dict(LoadedValue.objects.values_list("key", "digest"))
        self._new: dict[str, str] = {}
        self.stored = StoredRecords()
        self.kept: list[str] = []

    def knows(self, key: str) -> bool:
        return key in self._loaded or key in self._new

    def is_ours(self, key: str, current: str) -> bool:
        """Whether the value is as we last wrote it, or was never written by anyone."""
        known = self._loaded.get(key)
        ours = known == digest(current) if known else not current
        if not ours:
            self.kept.append(key)
        return ours

    def wrote(self, key: str, value: str) -> None:
        self._new[key] = digest(value)

    def is_as_loaded(self, key: str, value: str) -> bool:
        """Whether this very value is what we wrote last time."""
        return self._loaded.get(key) == digest(value)

    def save(self) -> None:
        LoadedValue.objects.bulk_create(
            [
                LoadedValue(key=key, digest=value)
                for key, value in self._new.items()
                if self._loaded.get(key) != value
            ],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["digest"],
        )
        self._loaded |= self._new
        self._new = {}

    def set_value(self, record: Model, prefix: str, field: str, value: object) -> bool:
        """Set a plain field, if it is ours; say whether the record changed."""
        key, current = f"{prefix}.{field}", getattr(record, field)
        if current == value:
            self.wrote(key, _as_text(record, field))
            return False
        if record.pk is not None and not self.is_ours(key, _as_text(record, field)):
            return False
        setattr(record, field, value)
        self.wrote(key, _as_text(record, field))
        return True

    def set_words(
        self, record: TranslatedRecord, prefix: str, field: str, language: str, text: str, english: str
    ) -> bool:
        """Set a translated field in one language, if it is ours; say whether the record changed.

        A translation that stays as it was while its English has changed stays marked with the old English:
        it is stale, and shown so.
        """
        key, current = f"{prefix}.{field}.{language}", record.words(field, language)
        if self.is_as_loaded(key, text) and current == text:
            return False
        if current != text and not self.is_ours(key, current):
            return False
        record.set_words(field, language, text, english=english)
        self.wrote(key, text)
        return True


def _as_text(record: Model, field: str) -> str:
    value = getattr(record, field)
    return "" if value in (None, [], {}, "") else str(value)
