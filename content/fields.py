"""A StreamField whose block definitions stay out of migrations."""

from typing import Any

from wagtail.fields import StreamField


class BodyField(StreamField):
    """StreamField that migrations see without its blocks.

    A changed block is then no migration. A data migration must not save a historical model
    (that would empty the body): use MigrateStreamData or `.update()`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        super().__init__(*(args or ([],)), **kwargs)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, _, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
