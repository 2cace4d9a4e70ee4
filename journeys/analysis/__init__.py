"""NetworkX graphs out of the store, and the measures on them."""
