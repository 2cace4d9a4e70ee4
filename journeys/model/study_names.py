"""What a study folder's files and folders are called, apart from the modules that read them and take long to import."""

from __future__ import annotations

from typing import Literal

STUDY_FILE = "study.yaml"
"""Makes a folder a study folder."""
CODEBOOK_FILE = "codebook.yaml"
"""The study's changes to the codebook."""
SUMMARY_TABLES_FILE = "summary_tables.yaml"
"""What a study changes in the summary tables."""
SHIPPED_CODEBOOK = "the shipped codebook"
"""What a study's codebook is called that changes nothing."""
INSTRUMENT_FOLDER = "instruments"
"""A study's own instruments."""
IMPORT_FOLDER = "imports"
"""Projects of other programs."""

DateOrder = Literal["day_first", "month_first"]
"""What study.yaml and a map say of 03/05/2011."""
