"""Sums probability up the parents and answers at the deepest rank that is sure enough."""

from collections.abc import Mapping

from ml.items import ItemTree
from ml.recognition import Answer

# Children that hold less than this share of their parent are not worth naming.
WORTH_NAMING = 0.1


def roll_up(tree: ItemTree, by_item: Mapping[str, float], sure: float) -> Answer | None:
    """None where not even one root holds `sure` of the probability."""
    return deepest(tree, _totals(tree, by_item), sure)


def deepest(tree: ItemTree, totals: Mapping[str, float], sure: float) -> Answer | None:
    """The same from what each item holds with all below it; items that hold nearly nothing may be missing."""
    here = _likeliest(tree.children(None), totals)
    if here is None or totals[here] < sure:
        return None
    while True:
        children = [child for child in tree.children(here) if totals.get(child, 0) > 0]
        child = _likeliest(children, totals)
        if child is None:
            return Answer(here, tree.rank(here), totals[here], "nothing_deeper")
        if totals[child] < sure:
            between = sorted(children, key=lambda key: (-totals[key], key))
            named = tuple(key for key in between if totals[key] >= WORTH_NAMING * totals[here])
            return Answer(here, tree.rank(here), totals[here], "cannot_tell_apart", named)
        here = child


def _totals(tree: ItemTree, by_item: Mapping[str, float]) -> dict[str, float]:
    totals: dict[str, float] = {}
    for key, probability in by_item.items():
        for ancestor in tree.lineage(key):
            totals[ancestor] = totals.get(ancestor, 0.0) + probability
    return totals


def _likeliest(keys: list[str], totals: Mapping[str, float]) -> str | None:
    known = [key for key in keys if key in totals]
    return min(known, key=lambda key: (-totals[key], key)) if known else None
