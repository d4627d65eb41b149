"""The form in which a trainer edits a protocol: saved only if every way through it ends in an outcome."""

from .guide_forms import WordsForm
from .protocol_graph import faults


class ProtocolForm(WordsForm):
    """Beside what each field says, checks the whole: the steps refer to each other by key."""

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        # Puts the rows of the form on the record, in memory only; saving does the same again.
        for fault in faults(self.save(commit=False)):
            self.add_error(None, fault)
        return not self.errors
