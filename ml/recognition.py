"""The answer of a recogniser: plain data, nothing of how it was reached."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

UnknownReason = Literal["outside_the_guide", "unlike_what_it_knows"]
StopReason = Literal["nothing_deeper", "cannot_tell_apart"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One item and the share of the guide's probability that it holds, from 0 to 1.

    `calibrated`: whether photos of this very item took part in fitting the probabilities.
    """

    item: str
    probability: float
    calibrated: bool = False


@dataclass(frozen=True, slots=True)
class NearestPhoto:
    """A reference photo like the one asked about. `similarity` is a cosine, from -1 to 1."""

    item: str
    photo: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The deepest item that is sure enough.

    `rank` is 0 for an item without a parent, 1 for its children, and so on.
    `stopped` says why it goes no deeper: `nothing_deeper` (the item has no children that
    the photo could mean) or `cannot_tell_apart` (its children share the probability; they
    are in `between`, the likeliest first).
    """

    item: str
    rank: int
    probability: float
    stopped: StopReason
    between: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognition:
    """What one to six photos of one thing look like.

    candidates   the items that the recogniser can name, the likeliest first (of thousands, only
                 the first hundred); all probabilities together are 1 "among the N things this
                 guide knows"
    things_known N
    outside      share of the probability that went to things outside the guide, 0 to 1
    unknown      the recogniser does not know this thing; then `answer` is None
    reason       why it is unknown: most of the probability lies outside the guide, or
                 the photo is unlike what the backbone knows at all. None when known
    score        the unknown score, larger = more like something known; `threshold` is
                 the fitted limit below which the thing is called unknown
    answer       where the roll-up along the parents stops. None when unknown, or when
                 no item and no parent is sure enough
    calibrated   whether the probabilities were fitted on photos of these very items: of all in the
                 candidate set. By name they never are: the constants come from a few other items
                 (see the model card)
    candidate_set  the items that hold the true one in 90 of 100 cases, the likeliest first (for a
                 thing among those known, and where `calibrated`); empty by name
    disagreeing  positions, from 0, of the photos that speak against the answer of them all
    nearest      the reference photos most like these, among the candidate set only
    versions     backbone, its file's SHA-256, calibration, and what else decides the answer
    """

    candidates: tuple[Candidate, ...]
    things_known: int
    outside: float
    unknown: bool
    reason: UnknownReason | None
    score: float
    threshold: float
    answer: Answer | None
    calibrated: bool
    photos: int
    versions: Mapping[str, str]
    candidate_set: tuple[str, ...] = ()
    disagreeing: tuple[int, ...] = ()
    nearest: tuple[NearestPhoto, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The same as dicts, lists and numbers, ready to store."""
        return {**asdict(self), "versions": dict(self.versions)}
