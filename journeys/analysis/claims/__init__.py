"""Claims for analyses: reading them, selecting those that count, and their dates."""
