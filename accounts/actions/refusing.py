"""What all refusals have in common."""


class ActionRefused(Exception):
    """Nothing was done. The text says why and what to do, in the reader's language."""
