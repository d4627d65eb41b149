"""Checks of what is declared: a customs code, a CITES paper, a waste paper, a licence. Nothing is stored."""
