"""Claims as analyses see them: which there are, which count, and when they hold."""
