"""What a cell may hold, before anybody asks what it means."""

import re

from django.utils.translation import gettext as _

# The longest text that the guide's longest pages need, many times over.
LONGEST_TEXT = 20_000
# A tag, not a sign of comparison: "< 5 kg" and "a<b" pass.
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|<!\[|<[?!][a-zA-Z]")
# What neither a spreadsheet nor a database holds. Tabs and ends of lines are text.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class CellRefused(Exception):  # noqa: N818
    """A cell can't be taken. The text says why and what to do."""


def tidy(text: str) -> str:
    """A text as files hold it: one kind of line end, nothing around it, no signs that can't be seen."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def check_signs(text: str) -> None:
    """Raise CellRefused where a text holds what no text may. Long ones are not searched."""
    if len(text) <= LONGEST_TEXT and _CONTROL.search(text):
        raise CellRefused(_("There are signs in it that can't be seen. Type the text anew."))


def check_text(text: str, longest: int, *, one_line: bool) -> None:
    """Raise CellRefused where words are too long, hold markup, or have lines where there is one."""
    if len(text) > longest:
        raise CellRefused(
            _("It has %(number)d characters; there is room for %(longest)d. Make it shorter.")
            % {"number": len(text), "longest": longest}
        )
    if _TAG.search(text):
        raise CellRefused(_("There is HTML in it. Write plain words: readers would see the signs."))
    if one_line and "\n" in text:
        raise CellRefused(_("It has more than one line. Write it in one."))
