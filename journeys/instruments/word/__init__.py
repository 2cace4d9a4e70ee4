"""Forms as Word documents: written blank, read filled in."""
