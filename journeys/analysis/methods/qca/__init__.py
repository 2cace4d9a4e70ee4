"""Qualitative comparative analysis: truth tables, fit, minimisation."""
