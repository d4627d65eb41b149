"""Writes that are more than one row."""

from collections.abc import Iterable

from accounts.models import User

from .languages import SOURCE_LANGUAGE
from .models import Acceptance, Notice


def accept_notices(person: User, notices: Iterable[Notice]) -> None:
    """Write down that a person accepts these, in the language they read them in; twice is once."""
    Acceptance.objects.bulk_create(
        [Acceptance(person=person, notice=notice, language=notice.language) for notice in notices],
        ignore_conflicts=True,
    )


def write_notice(notice: Notice, language: str, title: str, text: str) -> Notice:
    """Save the next version of an administration's notice, in the one language it is written in.

    Raises IntegrityError where somebody else has just written that version.
    """
    earlier = Notice.objects.filter(administration=notice.administration, kind=notice.kind)
    notice.version = (earlier.order_by("-version").values_list("version", flat=True).first() or 0) + 1
    for field, words in (("title", title), ("text", text)):
        if language == SOURCE_LANGUAGE:
            notice.set_words(field, language, words)
        else:
            notice.set_words(field, language, words, english="")
    notice.save()
    return notice
