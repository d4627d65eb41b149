"""The records as they stand before loading: all of a kind are read together, not one by one."""

from typing import Any

from django.db.models import Model

Key = tuple[Any, ...]


class StoredRecords:
    """Finds a record by the values of some of its fields."""

    def __init__(self) -> None:
        self._kinds: dict[tuple[type[Model], tuple[str, ...]], dict[Key, Model]] = {}

    def find(self, model: type[Model], **lookup: Any) -> Model | None:
        """The record with these values as it was when the first of its kind was asked for."""
        columns = tuple(model._meta.get_field(name).attname for name in lookup)
        if (model, columns) not in self._kinds:
            # Of several the oldest counts: it comes last and stays.
            records = model._default_manager.order_by("-pk")
            self._kinds[model, columns] = {
                tuple(getattr(record, column) for column in columns): record for record in records
            }
        wanted = tuple(value.pk if isinstance(value, Model) else value for value in lookup.values())
        return self._kinds[model, columns].get(wanted)
