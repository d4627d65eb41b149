"""Writing the installation's own terms and privacy notice."""

from content.languages import LANGUAGES
from content.models import Notice

from . import library
from .ledger import Ledger
from .records import get_or_new, save_if, write_words


def load_notices(ledger: Ledger) -> None:
    """The version that the library has. What somebody has accepted keeps its words."""
    texts = {language: library.words(language, "notices") for language in LANGUAGES}
    for kind, entry in library.structure("notices").items():
        prefix = f"notice:{kind}:{entry['version']}"
        notice = get_or_new(ledger, Notice, prefix, administration=None, kind=kind, version=entry["version"])
        if notice is None or (notice.pk is not None and notice.acceptances.exists()):
            continue
        changed = ledger.set_value(notice, prefix, "valid_from", entry["valid_from"])
        of_kind = {language: texts[language][kind] for language in LANGUAGES}
        changed |= write_words(ledger, notice, prefix, of_kind, {"title": "title", "text": "text"})
        save_if(changed, notice)
