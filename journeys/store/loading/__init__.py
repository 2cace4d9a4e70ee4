"""Bringing the store up to date: what changed, the lock, the batches."""
