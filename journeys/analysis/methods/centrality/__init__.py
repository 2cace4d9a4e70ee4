"""Centrality of actors and centralisation of networks."""
