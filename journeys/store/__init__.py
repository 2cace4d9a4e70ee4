"""The graph store behind one Neo4j driver: connect, embedded engine, constraints, load, read."""
