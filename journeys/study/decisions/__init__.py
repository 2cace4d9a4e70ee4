"""What the team decides in workbooks of ``decisions/``: which names are one, which rows of summary tables are met."""
