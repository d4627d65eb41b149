"""What all refusals have in common."""


class ActionRefused(Exception):  # noqa: N818
    """Nothing was done. The text says why and what to do, in the reader's language."""
