"""Forms as plain text and YAML: written blank, read filled in."""
