"""How well each item of an index is recognised: photos of a specimen that was left out.

What is promised of few photos is little: the counts are kept beside the rate, so that whoever shows it can
say so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.describing import Blocks
from ml.folds import by_specimen, specimen_numbers, specimens_per_item
from ml.index import PhotoIndex, Reference
from ml.names import Classes
from ml.ridge import train


@dataclass(frozen=True, slots=True)
class ItemRecognition:
    """photos, specimens   what the item has in the index
    tested     photos that were scored while their specimen was left out; 0 where the item has one specimen
    right      of these, how many had the item first
    calibrated whether the item's own photos took part in fitting its probability
    """

    photos: int
    specimens: int
    tested: int
    right: int
    calibrated: bool


def recognition_by_item(
    index: PhotoIndex, references: Sequence[Reference], blocks: Blocks, meant: Mapping[str, Classes]
) -> dict[str, ItemRecognition]:
    """Every item of an index with photos, from the references that it was built from.

    The j-th specimen of every item is left out together, and all is learned anew (see `ml.folds`).
    """
    items = index.items
    position = {item: number for number, item in enumerate(items)}
    ordered = sorted(references, key=lambda each: (each.item, each.specimen, each.sha256, each.name))
    labels = np.array([position[each.item] for each in ordered], np.intp)
    descriptions = np.stack([each.description for each in ordered])
    numbers = specimen_numbers(labels, [each.specimen for each in ordered])
    meant_by_item = [meant.get(item, ()) for item in items]

    def left_out(kept: NDArray[np.bool_], out: NDArray[np.bool_]) -> NDArray[np.float64]:
        classifier = train(blocks, descriptions[kept], labels[kept], len(items), meant_by_item)
        return classifier.scores(descriptions[out]).astype(np.float64)

    seen = by_specimen(labels, numbers, len(items), left_out)
    tested = right = np.zeros(len(items), np.intp)
    if seen is not None:
        true = labels[seen.photos]
        tested = np.bincount(true, minlength=len(items))
        right = np.bincount(true[seen.scores.argmax(axis=1) == true], minlength=len(items))
    photos = np.bincount(labels, minlength=len(items))
    specimens = specimens_per_item(labels, numbers, len(items))
    return {
        item: ItemRecognition(
            int(photos[number]),
            int(specimens[number]),
            int(tested[number]),
            int(right[number]),
            index.confidence.calibrated[number],
        )
        for number, item in enumerate(items)
        if photos[number]
    }
