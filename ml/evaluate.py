"""Measures the recogniser on a folder of photos by the protocol of DESIGN.md."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ml.backbone import LoadedBackbone
from ml.confidence import energy
from ml.describing import Blocks
from ml.description_cache import DescriptionCache, PhotoUnusable, Stored
from ml.learning import Learned, learn
from ml.metrics import Floats
from ml.names import classes_meant
from ml.photo_sets import PhotoClass, only, read_classes, specimen_of
from ml.protocol import ClassSplit, Draw, draw, query_groups


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
    calibrated     whether every class's own references took part in fitting the probabilities
    """

    photos: tuple[Path, ...]
    true_class: str
    classes: tuple[str, ...]
    probabilities: Floats
    candidates: tuple[int, ...]
    unknown_score: float | None
    known: bool | None
    accepted: bool | None
    calibrated: bool
    seed: int
    shots: int

    @property
    def answer(self) -> str:
        """The likeliest class; ties go to the first in code-point order."""
        return self.classes[int(self.probabilities.argmax())]

    @property
    def true_position(self) -> int:
        return self.classes.index(self.true_class)


@dataclass(frozen=True, slots=True)
class Described:
    """The classes with their readable photos, each photo's description, and what was left out."""

    classes: tuple[PhotoClass, ...]
    by_file: dict[Path, Stored]
    left_out: tuple[str, ...]

    def of(self, files: Sequence[Path]) -> NDArray[np.float16]:
        return np.stack([self.by_file[file] for file in files])


def run(
    photos: Path,
    shots: Sequence[int],
    seeds: int,
    *,
    backbone: LoadedBackbone,
    cache: DescriptionCache | None = None,
    photos_per_query: int = 1,
    names: bool = False,
) -> Iterator[QueryResult]:
    """Every query of every draw. Raises PhotoSetError where the folder holds no photos."""
    described = describe_all(photos, cache or DescriptionCache(backbone))
    for number in shots:
        for seed in range(seeds):
            yield from results_of(
                draw(described.classes, number, seed), described, backbone, photos_per_query, names
            )


def describe_all(photos: Path, cache: DescriptionCache) -> Described:
    """Looks at each photo once, or takes it from the cache."""
    classes = read_classes(photos)
    by_file: dict[Path, Stored] = {}
    left_out: list[str] = []
    for file in (file for group in classes for file in group.files):
        try:
            by_file[file] = cache.of(file).description
        except PhotoUnusable as error:
            left_out.append(str(error))
    return Described(only(classes, by_file.__contains__), by_file, tuple(left_out))


def results_of(
    drawn: Draw, described: Described, backbone: LoadedBackbone, photos_per_query: int, names: bool
) -> Iterator[QueryResult]:
    """All queries of one draw, in the order of classes and files."""
    if not drawn.classes:
        return
    learned = learned_from(drawn.classes, described, backbone, names)
    half = None
    if drawn.known is not None:
        known_names = {drawn.classes[position].name for position in drawn.known}
        known_classes = [drawn.classes[position] for position in sorted(drawn.known)]
        half = learned_from(known_classes, described, backbone, names)
    classes = tuple(split.name for split in drawn.classes)
    for split in drawn.classes:
        for files in query_groups(split, photos_per_query):
            looks = described.of(files)
            probabilities = learned.confidence.probabilities(learned.scores(looks).mean(axis=0))
            score = None if half is None else float(energy(half.scores(looks).mean(axis=0)))
            yield QueryResult(
                photos=files,
                true_class=split.name,
                classes=classes,
                probabilities=probabilities,
                candidates=learned.confidence.candidates(probabilities),
                unknown_score=score,
                known=None if half is None else split.name in known_names,
                accepted=None if half is None or score is None else score >= half.confidence.known_above,
                calibrated=all(learned.confidence.calibrated),
                seed=drawn.seed,
                shots=drawn.shots,
            )


def learned_from(
    splits: Sequence[ClassSplit], described: Described, backbone: LoadedBackbone, names: bool
) -> Learned:
    """A recogniser of these classes, from their references alone (and their names, if asked)."""
    files = [file for split in splits for file in split.references]
    labels = np.repeat(np.arange(len(splits)), [len(split.references) for split in splits])
    return learn(
        Blocks.of(backbone.spec),
        described.of(files),
        labels,
        [specimen_of(file) for file in files],
        len(splits),
        [classes_meant(split.name, backbone.class_names) for split in splits] if names else (),
    )
