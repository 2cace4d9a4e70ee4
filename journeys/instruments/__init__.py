"""Blank forms out, filled-in forms and tables in: answers, each with its file, sheet and cell."""
