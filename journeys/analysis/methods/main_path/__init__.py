"""Main path analysis of citation networks."""
