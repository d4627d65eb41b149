"""Measures the recogniser on a folder of photos by the protocol of DESIGN.md."""

from dataclasses import dataclass
from pathlib import Path

from ml.metrics import Floats


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What came of one query (one photo, or several photos of one specimen).

    photos         the files that were asked about
    true_class     the folder they lie in
    classes        the classes that could be answered, in code-point order
    probabilities  (classes,), sums to 1; before roll-up and before anything is called unknown
    candidates     positions in `classes` of the 90 % candidate set, the likeliest first
    unknown_score  larger = more like something known; from the experiment in which only half
                   the classes are known. None with fewer than six classes
    known          whether `true_class` was among the known half; None likewise
    accepted       whether it was taken for something known at the stored threshold; None likewise
    """

    photos: tuple[Path, ...]
    true_class: str
    classes: tuple[str, ...]
    probabilities: Floats
    candidates: tuple[int, ...]
    unknown_score: float | None
    known: bool | None
    accepted: bool | None
    seed: int
    shots: int

    @property
    def answer(self) -> str:
        """The likeliest class; ties go to the first in code-point order."""
        return self.classes[int(self.probabilities.argmax())]
