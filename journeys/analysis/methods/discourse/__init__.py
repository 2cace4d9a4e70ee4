"""Discourse network analysis: congruence and conflict, side changes, polarisation."""
