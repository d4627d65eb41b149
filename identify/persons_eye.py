"""Things that a photo alone can't find yet, so that a person has to look."""

from content.models import ReferenceItem


def things_for_a_persons_eye(kind: str = "") -> list[ReferenceItem]:
    """Items that the recogniser does not know, and under which it knows nothing; no demonstrations."""
    rows = list(ReferenceItem.objects.filter(live=True).values_list("pk", "parent_id", "backbone_classes"))
    parents = {pk: parent for pk, parent, _classes in rows}
    known: set[int] = set()
    for pk, _parent, classes in rows:
        above: int | None = pk if classes else None
        while above is not None and above not in known:
            known.add(above)
            above = parents[above]
    items = (
        ReferenceItem.objects.filter(live=True).for_answer().exclude(pk__in=known).exclude(demonstration=True)
    )
    return list(items.filter(kind=kind) if kind else items)
