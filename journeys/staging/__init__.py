"""The hand-over between reading and loading: one SQLite file, whose tables are declared here."""
