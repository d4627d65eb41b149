"""Records that have a history in the admin: what `load_content` owes to it."""

from collections.abc import Iterator
from contextlib import contextmanager

from content.models.published import PublishedRecord

from .ledger import Ledger


def editor_is_at_work(ledger: Ledger, record: PublishedRecord, prefix: str) -> bool:
    """Whether an editor has a draft that is not published: it started from what is live, and decides."""
    if record.pk is None or not record.has_unpublished_changes:
        return False
    ledger.kept.append(f"{prefix} (a draft)")
    return True


@contextmanager
def noted_in_history(record: PublishedRecord) -> Iterator[None]:
    """A record with a history, if it changes inside, gets a revision of what is live then.

    The next edit, comparison and return to an earlier version then start from what readers see.
    """
    if record.pk is None or record.latest_revision_id is None:
        yield
        return
    before = type(record)._default_manager.get(pk=record.pk).serializable_data()
    yield
    # Fetched anew: its parts were written one by one.
    now = type(record)._default_manager.get(pk=record.pk)
    if now.serializable_data() != before:
        now.live_revision = now.save_revision(changed=False, clean=False, log_action=True)
        now.save(update_fields=["live_revision"])
