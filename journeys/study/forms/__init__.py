"""Forms out: blank, pre-filled from registers and the graph, brought up to date; and how far each is filled in."""
