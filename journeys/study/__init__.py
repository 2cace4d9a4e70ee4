"""The facade: everything the product does, one method each, for notebooks and for the command line."""
