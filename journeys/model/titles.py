"""Titles of people, which are no part of their names."""

TITLES = frozenset({
    "dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "cllr", "councillor", "sir", "dame", "rev", "lord",
    "lady",
})  # fmt: skip
"""As they are written before a name, folded."""
