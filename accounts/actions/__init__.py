"""Writes of this app, each a named unit with its own error."""
