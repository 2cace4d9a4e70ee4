"""Coding projects of other programs, as the study has imported them: read anew at each load."""
