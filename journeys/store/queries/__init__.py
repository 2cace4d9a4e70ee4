"""The query library and ad hoc Cypher: headers, parameters, search, read-only execution."""
