"""State sequences: optimal matching and the typical order of states."""
