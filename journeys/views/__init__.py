"""Pages, pictures and terminal tables."""
