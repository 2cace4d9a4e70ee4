"""Coding projects of other programs: REFI-QDA (.qdpx, .qdc) and the Discourse Network Analyzer (.dna), as they are."""
