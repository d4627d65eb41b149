"""The things a recogniser is to name, as a tree: laptop < computers < electrical equipment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


class ItemsError(Exception):
    """The items don't fit together or don't fit the backbone. The message names the item."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing: its key, the backbone's names for it (or none), its parent's key (or None)."""

    key: str
    classes: tuple[str, ...] = ()
    parent: str | None = None


class ItemTree:
    """Items by key, with who is under whom."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items: Mapping[str, Item] = _by_key(items)
        self._children: dict[str | None, list[str]] = {}
        for item in self.items.values():
            self._children.setdefault(item.parent, []).append(item.key)
        self.lineages: Mapping[str, tuple[str, ...]] = {key: self._lineage(key) for key in self.items}

    def lineage(self, key: str) -> tuple[str, ...]:
        """The item, its parent, and so on up to the root."""
        return self.lineages[key]

    def rank(self, key: str) -> int:
        """0 for an item without a parent, 1 for its children, and so on."""
        return len(self.lineages[key]) - 1

    def children(self, parent: str | None) -> list[str]:
        """Keys of the items directly under it; the roots for None."""
        return list(self._children.get(parent, ()))

    def _lineage(self, key: str) -> tuple[str, ...]:
        line: list[str] = []
        step: str | None = key
        while step is not None:
            if step in line:
                raise ItemsError(f"{key}: its parents go round in a circle.")
            if step not in self.items:
                raise ItemsError(f"{line[-1]}: its parent {step} is not among the items.")
            line.append(step)
            step = self.items[step].parent
        return tuple(line)


def class_matrix(items: Sequence[Item], class_names: Sequence[str]) -> NDArray[np.float64]:
    """Classes × items, 1 where the class counts for the item. A class counts for one item."""
    position = {name: index for index, name in enumerate(class_names)}
    matrix = np.zeros((len(class_names), len(items)))
    for column, item in enumerate(items):
        for name in item.classes:
            if name not in position:
                raise ItemsError(f"{item.key}: the backbone has no class {name!r}.")
            if matrix[position[name]].any():
                raise ItemsError(f"{item.key}: the class {name!r} belongs to another item too.")
            matrix[position[name], column] = 1
    return matrix


def _by_key(items: Iterable[Item]) -> Mapping[str, Item]:
    by_key: dict[str, Item] = {}
    for item in items:
        if item.key in by_key:
            raise ItemsError(f"{item.key}: the key is used twice.")
        by_key[item.key] = item
    return by_key
