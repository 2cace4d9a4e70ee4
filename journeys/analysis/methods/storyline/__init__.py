"""Storylines: people as lines over time that run together where they meet, with as few crossings as can be."""
