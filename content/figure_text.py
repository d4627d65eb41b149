"""How wide a label will be, and where its lines break.

SVG text does not wrap, and the server has no fonts to measure with: widths are
sensible averages for the letters of each script, a little on the wide side.
tests/browser/test_figures.py measures the result in a real browser.
"""

import re
import unicodedata
from itertools import pairwise

NARROW = set("ijlIftr.,:;'’|!()[]-· \u00a0\u202f")
WIDE = set("mwMWОЖШЩЮЫФМДжшщюыфм@%—…")
# A line may not begin with these, nor end with those (Chinese punctuation).
NOT_FIRST = set("、。，．；：？！）》」』】〕’”…—·")
NOT_LAST = set("（《「『【〔‘“")
PAUSES = set(",:;،؛，、：；。")


def width_in_ems(text: str) -> float:
    return sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    if _is_full_width(letter):
        return 1.0
    if letter in NARROW:
        return 0.34
    if letter in WIDE:
        return 0.88
    if "\u0600" <= letter <= "\u06ff":
        return 0.52
    if "\u0400" <= letter <= "\u04ff":
        return 0.7 if letter.isupper() else 0.61
    return 0.68 if letter.isupper() else 0.58


def wrap(text: str, width: float) -> list[str]:
    """The fewest lines no wider than `width` ems, broken where the sentence pauses or else evenly."""
    atoms = _atoms(text)
    lines = _fill(atoms, width)
    widest_atom = max((width_in_ems(atom.strip(" ")) for atom in atoms), default=0.0)
    narrower = max(width_in_ems(text) / max(len(lines), 1), widest_atom)
    fitting = []
    while narrower < width:
        fitting.append(_fill(atoms, narrower))
        narrower += 0.25
    as_few = [found for found in fitting if len(found) <= len(lines)] + [lines]
    return next((found for found in as_few if _breaks_at_pauses(found)), as_few[0])


def _breaks_at_pauses(lines: list[str]) -> bool:
    return all(line[-1] in PAUSES for line in lines[:-1])


def _fill(atoms: list[str], width: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for atom in atoms:
        if line and width_in_ems((line + atom).rstrip(" ")) > width:
            lines.append(line.rstrip(" "))
            line = ""
        line += atom
    if line.strip(" "):
        lines.append(line.rstrip(" "))
    return lines


def _atoms(text: str) -> list[str]:
    """The pieces a line may end after; a word keeps the space that follows it."""
    atoms: list[str] = []
    # A no-break space is no place to break: only plain white space parts words.
    for word in re.findall(r"[^ \n\t]+", text):
        pieces = _pieces(word)
        atoms += [*pieces[:-1], pieces[-1] + " "]
    return atoms


def _pieces(word: str) -> list[str]:
    pieces = [word[0]]
    for before, letter in pairwise(word):
        if _may_break_between(before, letter):
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces


def _may_break_between(before: str, after: str) -> bool:
    if after in NOT_FIRST or before in NOT_LAST:
        return False
    return _is_full_width(before) or _is_full_width(after)


def _is_full_width(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"
