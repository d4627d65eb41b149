"""In the admin, the names of people of other administrations stay unsaid: in histories, reports, filters."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import User

_reader: ContextVar["User | None"] = ContextVar("reader_of_names", default=None)


@contextmanager
def names_as_seen_by(reader: "User") -> Iterator[None]:
    """Within, `User.get_full_name` tells only the names that this person may know."""
    before = _reader.set(reader)
    try:
        yield
    finally:
        _reader.reset(before)


def is_somebody_elses(person: "User") -> bool:
    """Whether whoever reads now works for another administration; never to an administrator."""
    reader = _reader.get()
    if reader is None or reader.is_superuser or reader.pk == person.pk:
        return False
    return reader.administration_id is None or reader.administration_id != person.administration_id
