"""Answers become nodes and claims: registers, names, note markers, mappings."""
