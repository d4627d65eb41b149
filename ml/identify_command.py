"""`python -m ml identify`: an answer in words, never more certain than it is."""

from collections.abc import Sequence
from pathlib import Path

from ml.recognition import Recognition

SHOWN = 5


def answer_in_words(found: Recognition, photos: Sequence[Path]) -> str:
    """Lines to read: the answer, the candidates, the nearest references."""
    lines = [_answer(found)]
    if not found.calibrated:
        lines.append("Not calibrated: too few specimens of these items to check the percentages.")
    lines += [f"{photos[number]} speaks against the other photos." for number in found.disagreeing]
    lines.append("Candidates:")
    lines += [
        f"  {candidate.probability:6.1%}  {candidate.item}{'' if _in_set(found, candidate.item) else '  -'}"
        for candidate in found.candidates[:SHOWN]
    ]
    lines.append("Most like these references:")
    lines += [f"  {nearest.similarity:6.2f}  {nearest.photo}" for nearest in found.nearest]
    return "\n".join(lines)


def _answer(found: Recognition) -> str:
    among = f"among the {found.things_known} things these references show"
    if found.unknown:
        return f"Unknown: unlike everything {among}."
    if found.answer is None:
        return f"Nothing is sure enough {among}."
    return f"Consistent with {found.answer.item} ({found.answer.probability:.0%} {among})."


def _in_set(found: Recognition, item: str) -> bool:
    return item in found.candidate_set
