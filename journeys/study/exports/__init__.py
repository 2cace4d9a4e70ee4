"""The study, or a network of it, for other programs and for archives."""
