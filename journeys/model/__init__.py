"""The schema in code: node and claim kinds, dates, identity, problems. Knows no file format and no database."""
