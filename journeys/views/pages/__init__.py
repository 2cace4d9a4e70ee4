"""Pages that open offline: a journey, a network, the atlas."""
