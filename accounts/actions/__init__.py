"""Writes of this app, each a named unit with its own error."""

from .refusing import ActionRefused

__all__ = ["ActionRefused"]
